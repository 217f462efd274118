# Two images from one build: `edge` (the app and its API, alone) and `web` (nginx with the app's files, before the edge).
#   docker build --target edge -t papel-edge:local .
#   docker build --target web -t papel-web:local .
# Bases are pinned by digest; `node scripts/pin-images.mjs` prints today's (deploy/README.md).

FROM node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d AS build
WORKDIR /src
# tini is the edge's init, strip makes Node 18 MB smaller.
RUN apt-get update \
 && apt-get install -y --no-install-recommends binutils tini \
 && rm -rf /var/lib/apt/lists/*
# All packages: those for development build the app.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node scripts/build.mjs
# What the page may ask besides the edge goes into nginx's headers, too.
ARG PAPEL_CDN_BASE=""
ARG PAPEL_API_BASE=""
RUN node scripts/generate-deployment.mjs deploy/docker/nginx/security-headers.conf
# Of what was built, what the edge does not make itself; of all packages, those that it still looks for; and what is in it,
# for whoever has to know.
RUN mkdir -p /out/data \
 && node scripts/copy-edge-dist.mjs /out/dist \
 && node scripts/copy-edge-packages.mjs /out/node_modules \
 && npm sbom --omit=dev --sbom-format cyclonedx > /out/sbom.cdx.json \
 && strip --strip-unneeded -o /out/node /usr/local/bin/node

# No shell, no package manager, no user that owns anything but /data.
FROM gcr.io/distroless/cc-debian13:nonroot@sha256:e792ab3d241a468a4fd7519ddbbebe66b49b5f365771716ea688ad40b6c6f1c2 AS edge
ARG VERSION=local
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Papel edge" \
      org.opencontainers.image.description="Serves Papel and its API; all image work happens in browsers." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /usr/bin/tini-static /usr/local/bin/tini
COPY --from=build /out/node /usr/local/bin/node
COPY --from=build /out/node_modules /app/node_modules
COPY --from=build /out/sbom.cdx.json /app/sbom.cdx.json
COPY --from=build /out/dist /app/dist
COPY --from=build --chown=65532:65532 /out/data /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["/usr/local/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/usr/local/bin/tini", "--", "/usr/local/bin/node"]
CMD ["dist/edge/node.js"]

# Debian 12's nginx, as the tests run it, with brotli.
FROM debian:bookworm-slim@sha256:7b140f374b289a7c2befc338f42ebe6441b7ea838a042bbd5acbfca6ec875818 AS web
ARG VERSION=local
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Papel web" \
      org.opencontainers.image.description="nginx with Papel's files, TLS and headers, before the edge." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
RUN apt-get update \
 && apt-get upgrade -y \
 && apt-get install -y --no-install-recommends nginx-light libnginx-mod-http-brotli-static \
 && rm -rf /var/lib/apt/lists/* /etc/nginx/sites-enabled /etc/nginx/modules-enabled
COPY deploy/docker/nginx/nginx.conf /etc/nginx/nginx.conf
COPY --from=build /src/deploy/docker/nginx/security-headers.conf /etc/nginx/security-headers.conf
COPY --from=build /out/sbom.cdx.json /usr/share/papel/sbom.cdx.json
COPY --from=build /src/dist/app /srv/papel
USER 33:33
EXPOSE 8080 8443
STOPSIGNAL SIGQUIT
# There is Perl in every Debian, and no curl in this one. Port 8080 sends everybody to TLS.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["perl", "-MIO::Socket::INET", "-e", "my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1:8080', Timeout => 2) or exit 1; print $s \"GET / HTTP/1.0\\r\\n\\r\\n\"; exit(<$s> =~ / 301 / ? 0 : 1)"]
CMD ["nginx", "-e", "stderr"]
