import type { Context, MiddlewareHandler } from 'hono';
import type { Metrics } from './metrics.ts';

type Level = 'info' | 'warning' | 'error';

/** One line of the log: words and numbers of ours only. No address, no query, no path, no user agent, no body. */
export type LogEntry = Readonly<Record<string, string | number | readonly string[]>>;
export type Log = (level: Level, event: string, entry?: LogEntry) => void;

/** JSON, one entry a line: JSON escapes line ends and control characters, so no entry can look like two. */
export function logAsJson(write: (line: string) => void, now: () => number = Date.now): Log {
  return (level, event, entry = {}) => {
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...entry })}\n`);
  };
}

/**
 * What may be said of an error: its kind, its code and the places in the code that it passed. Messages may hold what was
 * sent: those of databases do.
 */
export function describeError(cause: unknown): LogEntry {
  if (!(cause instanceof Error)) return { error: typeof cause };
  const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {};
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const inner = cause.cause instanceof Error ? { because: cause.cause.name } : {};
  return { error: cause.name, ...code, ...inner, frames: frames.slice(0, 6).map((line) => line.trim()) };
}

/** All addresses that answer something else than a file; as labels, so a closed list. */
const routes = new Set(['/health', '/ready', '/metrics', '/api/config', '/api/telemetry', '/api/telemetry/summary']);
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function nameRoute(context: Context): string {
  return routes.has(context.req.path) ? context.req.path : 'file';
}

interface ObserveOptions {
  readonly metrics: Metrics;
  readonly log: Log;
  /** Whether answers that went well are logged too. */
  readonly logsEveryRequest: boolean;
}

/** Gives each request an id of its own, counts it and writes it to the log. */
export function observeRequests({ metrics, log, logsEveryRequest }: ObserveOptions): MiddlewareHandler {
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
  return async (context, next) => {
    // Never the caller's: it could be of any kind, and name someone.
    const id = crypto.randomUUID();
    context.header('X-Request-Id', id);
    const startedAt = performance.now();
    await next();
    const { status } = context.res;
    const ms = performance.now() - startedAt;
    const method = methods.has(context.req.method) ? context.req.method : 'other';
    const route = nameRoute(context);
    requests.add([method, route, String(status)]);
    durations.observe([route], ms / 1_000);
    if (logsEveryRequest || status >= 500) {
      const level = status >= 500 ? 'error' : 'info';
      log(level, 'request', { requestId: id, method, route, status, ms: Math.round(ms * 10) / 10 });
    }
  };
}
