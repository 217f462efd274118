import type { Context } from 'hono';

function originOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/**
 * Whether a request comes from a page of this server: what the browser says of itself, which a page cannot change. Hono's
 * own `csrf()` lets JSON from elsewhere pass. Whether TLS ends here or in a proxy cannot be told, so the page's scheme is
 * not compared, only its host and port.
 *
 * - With Origin: its host is the Host that was asked for, or the host of `publicBase` where a proxy rewrites Host.
 * - Without: only where Sec-Fetch-Site says `same-origin`.
 */
export function isSameOrigin(context: Context, publicBase: string | null): boolean {
  const origin = context.req.header('Origin');
  if (origin === undefined) return context.req.header('Sec-Fetch-Site') === 'same-origin';
  const from = originOf(origin);
  if (from === undefined || !['http:', 'https:'].includes(from.protocol)) return false;
  if (publicBase !== null && from.origin === new URL(publicBase).origin) return true;
  return from.host === new URL(context.req.url).host;
}
