import * as v from 'valibot';
import { acceptanceSchema } from '#contract/telemetry.ts';
import type { Answer } from './sender.ts';

export const telemetryPath = '/api/telemetry';
/** A small JSON over the slowest line; what takes longer is tried again later. */
const answerMs = 30_000;

/**
 * Sends a batch to the edge, from the page or the service worker.
 *
 * @param base of the API; `null` for the app's own origin
 * @throws where no answer came
 */
export async function postBatch(base: string | null, body: string): Promise<Answer> {
  const response = await fetch(`${base ?? ''}${telemetryPath}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    signal: AbortSignal.timeout(answerMs),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  return {
    status: response.status,
    retryAfter: response.headers.get('Retry-After'),
    isAcceptance: v.is(acceptanceSchema, answer),
  };
}
