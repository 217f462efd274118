/**
 * Cross-origin requests (https://fetch.spec.whatwg.org/#http-cors-protocol) of apps that are served from elsewhere: from the
 * origins that are set, letter by letter, for addresses below `/api/`, without cookies. To all others nothing is said.
 */
import type { Context } from 'hono';

/** Methods and headers that the app uses. */
const allowedMethods = 'GET, POST';
const allowedHeaders = 'Authorization, Content-Type';
/** What the app reads of an answer, besides what anyone may. */
const exposedHeaders = 'Retry-After, X-Request-Id';
/** Browsers ask again after a day at the latest; Chromium after two hours. */
const rememberSeconds = 86_400;

function isOfApi(url: string): boolean {
  return url.startsWith('/api/', url.indexOf('/', url.indexOf('://') + 3));
}

/**
 * Marks an answer for the app that it is for. Caches keep one for each origin, also of answers without the mark: they would
 * be refused to the app otherwise.
 *
 * @param origins of apps that may ask, such as `https://papel.example`
 */
export function allowOrigin(request: Request, response: Response, origins: ReadonlySet<string>): void {
  if (origins.size === 0 || !isOfApi(request.url)) return;
  // Not before: Node's adapter writes an answer whose headers nobody looked at twice as fast.
  const { headers } = response;
  headers.append('Vary', 'Origin');
  const origin = request.headers.get('Origin');
  if (origin === null || !origins.has(origin)) return;
  headers.set('Access-Control-Allow-Origin', origin);
  headers.set('Access-Control-Expose-Headers', exposedHeaders);
}

/** Answers a browser's question before the request itself; `undefined` where it is none, or not of an app that may ask. */
export function answerPreflight(context: Context, origins: ReadonlySet<string>): Response | undefined {
  const isAsked = context.req.header('Access-Control-Request-Method') !== undefined;
  const isKnown = origins.has(context.req.header('Origin') ?? '') && isOfApi(context.req.url);
  if (context.req.method !== 'OPTIONS' || !isAsked || !isKnown) return undefined;
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': allowedMethods,
      'Access-Control-Allow-Headers': allowedHeaders,
      'Access-Control-Max-Age': String(rememberSeconds),
    },
  });
}
