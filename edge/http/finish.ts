import { allowOrigin } from './cors.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { securityHeaders, type OtherServers } from './security-headers.ts';

/** All addresses that answer something else than a file; as labels, so a closed list. */
const routes = new Set(['/health', '/ready', '/metrics', '/api/config', '/api/telemetry', '/api/telemetry/summary']);
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function nameRoute(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const end = url.indexOf('?', start);
  const path = url.slice(start, end < 0 ? undefined : end);
  return routes.has(path) ? path : 'file';
}

/** On the answer itself: a WeakSet of answers is work for the garbage collector with each of them. */
const finished = Symbol('finished');
type MarkedResponse = Response & { [finished]?: true };

/**
 * Says of an answer that it has the security headers already. Setting headers on an answer makes the server build it anew,
 * which costs more than all the rest of a small one. Caches keep such answers, so they have no request's id.
 */
export function markFinished(answer: MarkedResponse): Response {
  answer[finished] = true;
  return answer;
}

const ids = new WeakMap<Request, string>();

/** A request's id, in its answer and in the log. Never the caller's: it could be of any kind, and name someone. */
export function requestIdOf(request: Request): string {
  const known = ids.get(request);
  if (known !== undefined) return known;
  const id = crypto.randomUUID();
  ids.set(request, id);
  return id;
}

interface FinishOptions {
  readonly deployment: OtherServers;
  /** Of apps elsewhere: edge/http/cors.ts. */
  readonly appOrigins: ReadonlySet<string>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Whether answers that went well are logged too. */
  readonly logsEveryRequest: boolean;
}

/**
 * What happens to every answer, errors and 304 included: security headers, the request's id, the counts, the log. It stands
 * around the app in place of inside it: even empty middleware takes a third of the speed of `GET /api/config`.
 */
export function finishAnswers<Rest extends readonly unknown[]>(
  answer: (request: Request, ...rest: Rest) => Response | Promise<Response>,
  { deployment, appOrigins, metrics, log, logsEveryRequest }: FinishOptions,
): (request: Request, ...rest: Rest) => Response | Promise<Response> {
  const headers = Object.entries(securityHeaders(deployment));
  const requests = metrics.addCounter('papel_http_requests_total', 'Requests that were answered.', [
    'method',
    'route',
    'status',
  ]);
  const durations = metrics.addHistogram(
    'papel_http_request_duration_seconds',
    'Time until the answer began.',
    ['route'],
    [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
  );

  /** Of all methods, routes and statuses so far. */
  const counts = new Map<string, (ms: number) => void>();
  function countOf(method: string, route: string, status: number): (ms: number) => void {
    const key = `${method} ${route} ${status}`;
    const known = counts.get(key);
    if (known !== undefined) return known;
    const count = requests.of([method, route, String(status)]);
    const observe = durations.of([route]);
    const both = (ms: number) => {
      count();
      observe(ms / 1_000);
    };
    counts.set(key, both);
    return both;
  }

  function finish(request: Request, response: MarkedResponse, startedAt: number): Response {
    const { status } = response;
    const ms = performance.now() - startedAt;
    const method = methods.has(request.method) ? request.method : 'other';
    const route = nameRoute(request.url);
    countOf(method, route, status)(ms);
    if (logsEveryRequest || status >= 500) {
      const level = status >= 500 ? 'error' : 'info';
      const rounded = Math.round(ms * 10) / 10;
      log(level, 'request', { requestId: requestIdOf(request), method, route, status, ms: rounded });
    }
    allowOrigin(request, response, appOrigins);
    if (response[finished] === true) return response;
    response.headers.set('X-Request-Id', requestIdOf(request));
    for (const [name, value] of headers) response.headers.set(name, value);
    return response;
  }

  return (request, ...rest) => {
    const startedAt = performance.now();
    const answered = answer(request, ...rest);
    if (answered instanceof Promise) return answered.then((response) => finish(request, response, startedAt));
    return finish(request, answered, startedAt);
  };
}
