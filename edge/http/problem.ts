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

/** Of every problem, besides the status. */
export const problemHeaders = { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' } as const;

/**
 * An error as problem details (RFC 9457). `about:blank` says that the status is all there is to know of the kind; the
 * detail is a sentence for whoever called. It never has in it what was sent.
 */
export function writeProblem(status: ProblemStatus, detail: string, members: Additions['members'] = {}): string {
  return JSON.stringify({ type: 'about:blank', title: titles[status], status, detail, ...members });
}

export function answerProblem(
  context: Context,
  status: ProblemStatus,
  detail: string,
  { members, headers }: Additions = {},
): Response {
  return context.body(writeProblem(status, detail, members), status, { ...headers, ...problemHeaders });
}

/** @param allow the methods that there are, for the header of that name */
export function refuseMethod(context: Context, allow: string): Response {
  return answerProblem(context, 405, 'This address does not take that method.', { headers: { Allow: allow } });
}
