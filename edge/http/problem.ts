import type { Context } from 'hono';

const titles = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;
export type ProblemStatus = keyof typeof titles;

interface Additions {
  /** Members of the problem besides the usual ones. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An error as problem details (RFC 9457). `about:blank` says that the status is all there is to know of the kind; the
 * detail is a sentence for whoever called. It never has in it what was sent.
 */
export function answerProblem(
  context: Context,
  status: ProblemStatus,
  detail: string,
  { members, headers }: Additions = {},
): Response {
  const problem = { type: 'about:blank', title: titles[status], status, detail, ...members };
  return context.body(JSON.stringify(problem), status, {
    ...headers,
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  });
}

/** @param allow the methods that there are, for the header of that name */
export function refuseMethod(context: Context, allow: string): Response {
  return answerProblem(context, 405, 'This address does not take that method.', { headers: { Allow: allow } });
}
