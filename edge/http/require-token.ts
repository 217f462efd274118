import type { Context, MiddlewareHandler } from 'hono';
import { answerProblem } from './problem.ts';

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

/** Compares digests, all of them to the end: how long it takes says nothing of how much was right. */
async function isSame(given: string, expected: string): Promise<boolean> {
  const [one, other] = await Promise.all([digest(given), digest(expected)]);
  let difference = 0;
  for (const [at, byte] of one.entries()) difference |= byte ^ (other[at] ?? 0);
  return difference === 0;
}

/** Whether a request brings the bearer token of whoever runs this edge. Where none is set, nobody has it. */
export async function hasToken(context: Context, token: string | undefined): Promise<boolean> {
  const given = /^Bearer ([\w.~+/=-]{1,512})$/i.exec(context.req.header('Authorization') ?? '')?.[1];
  return given !== undefined && token !== undefined && isSame(given, token);
}

/** Lets only those pass who bring the token. Where none is set, the address is not there at all. */
export function requireToken(token: string | undefined): MiddlewareHandler {
  return async (context, next) => {
    if (token === undefined) return answerProblem(context, 404, 'There is nothing at this address.');
    if (!(await hasToken(context, token))) {
      return answerProblem(context, 401, 'This address needs the token of whoever runs this server.', {
        headers: { 'WWW-Authenticate': 'Bearer' },
      });
    }
    await next();
    return undefined;
  };
}
