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
  // The stack begins with the message, which may look like a place itself.
  const stack = cause.stack ?? '';
  const places = stack.slice(stack.indexOf(cause.message) + cause.message.length);
  const frames = places.split('\n').filter((line) => /^ {4}at /.test(line));
  const inner = cause.cause instanceof Error ? { because: cause.cause.name } : {};
  return { error: cause.name, ...code, ...inner, frames: frames.slice(0, 6).map((line) => line.trim()) };
}
