import type { Context } from 'hono';

/**
 * An error as problem details (RFC 9457). `about:blank` says that the status is all there is to know of the kind; the
 * detail is a sentence for whoever called. It never has in it what was sent.
 */
export function answerProblem(
  context: Context,
  status: 404,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  const titles = { 404: 'Not Found' } as const;
  return context.body(JSON.stringify({ type: 'about:blank', title: titles[status], status, detail, ...more }), status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}
