let cdnBase: string | undefined;

/**
 * Where runtimes and models are fetched from first.
 *
 * @param base an address without a slash at its end, below which the CDN has the app's files under their own paths;
 *   `undefined` for the app's own origin alone
 */
export function setCdnBase(base: string | undefined): void {
  cdnBase = base;
}

/** Where to ask for a file, in order. Several have the same content, which its digest proves. */
export function sourcesOf(path: string): readonly string[] {
  // Scripts are run by their address under the policy that comes with them, which only the app's own server sends.
  const isScript = /\.(?:m?js|css)$/.test(path);
  return cdnBase === undefined || isScript || !path.startsWith('/') ? [path] : [`${cdnBase}${path}`, path];
}
