import { getRequestListener } from '@hono/node-server';
import type { Plugin } from 'vite';
import { createApp } from '../edge/app.ts';
import { readDeployment, readMarket } from '../edge/config/read-deployment.ts';
import { securityHeaders } from '../edge/http/security-headers.ts';

/** Addresses that the edge answers itself; everything else is Vite's in development. */
const edgePaths = ['/health', '/ready', '/metrics', '/api/config', '/api/telemetry'];

/** What development shares with production: cross-origin isolation. Vite's own inline scripts forbid the rest. */
const sharedHeaders = ['Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy', 'Cross-Origin-Resource-Policy'];

/** Mounts the edge into Vite's development server, so that `npm run dev` has app and edge on one address too. */
export function edgeInDevelopment(): Plugin {
  return {
    name: 'papel:edge',
    apply: 'serve',
    configureServer(server) {
      const app = createApp({
        assets: { find: () => undefined },
        market: readMarket(process.env),
        deployment: readDeployment(process.env, null),
      });
      const listener = getRequestListener(app.fetch);
      for (const path of edgePaths) {
        server.middlewares.use(path, (request, response) => {
          request.url = request.originalUrl ?? path;
          void listener(request, response);
        });
      }
      const headers = securityHeaders();
      server.middlewares.use((_request, response, next) => {
        for (const name of sharedHeaders) response.setHeader(name, headers[name] ?? '');
        next();
      });
    },
  };
}
