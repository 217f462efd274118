import * as v from 'valibot';
import { summarySchema, type TelemetrySummary } from '#contract/telemetry.ts';

const hourMs = 3_600_000;

/** Spans of time that can be asked for, in hours, and the buckets of each. */
export const periods = { hours24: hourMs, hours168: 24 * hourMs, hours720: 24 * hourMs } as const;
export type Period = keyof typeof periods;
const hoursOf: Readonly<Record<Period, number>> = { hours24: 24, hours168: 168, hours720: 720 };

export type SummaryAnswer =
  | { readonly status: 'answered'; readonly summary: TelemetrySummary }
  | { readonly status: 'refused' | 'nothingKept' | 'tooOften' | 'unreachable' | 'unreadable' };

/** Asks the edge what it has counted; every way in which that can fail is an answer with a sentence of its own. */
export async function askSummary(
  apiBase: string | null,
  token: string,
  period: Period,
  now: number,
): Promise<SummaryAnswer> {
  const query = new URLSearchParams({
    from: String(now - hoursOf[period] * hourMs),
    to: String(now),
    bucketMs: String(periods[period]),
  });
  let response: Response;
  try {
    response = await fetch(`${apiBase ?? ''}/api/telemetry/summary?${query.toString()}`, {
      headers: { Authorization: `Bearer ${token}` },
      cache: 'no-store',
      credentials: 'omit',
    });
  } catch {
    // A token with signs that no header may carry ends here, too: it is nobody's.
    return { status: /^[\x21-\x7e]+$/.test(token) ? 'unreachable' : 'refused' };
  }
  if (response.status === 401 || response.status === 403) return { status: 'refused' };
  if (response.status === 404) return { status: 'nothingKept' };
  if (response.status === 429) return { status: 'tooOften' };
  if (!response.ok) return { status: 'unreachable' };
  const parsed = v.safeParse(summarySchema, await response.json().catch(() => undefined));
  return parsed.success ? { status: 'answered', summary: parsed.output } : { status: 'unreadable' };
}
