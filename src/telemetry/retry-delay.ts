const firstDelayMs = 5000;
const longestDelayMs = 30 * 60_000;
/** A server that asks for more than a day is not believed: its clock, or ours, is wrong. */
export const longestPauseMs = 24 * 3_600_000;

/**
 * How long to wait before the next try: exponential with full jitter, so that a school's devices, which all failed in the
 * same second, do not come back in the same second (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * What the server asks for in `Retry-After` is waited for besides.
 *
 * @param attempts failures in a row, 1 or more
 * @param random 0 to 1
 * @returns milliseconds
 */
export function retryDelay(attempts: number, retryAfterMs: number, random: number): number {
  const ceilingMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - 1));
  return Math.min(longestPauseMs, retryAfterMs + random * ceilingMs);
}

/** `Retry-After` in either form (RFC 9110, 10.2.3), as milliseconds from now; 0 where there is none. */
export function parseRetryAfter(value: string | null, now: number): number {
  if (value === null) return 0;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? 0 : Math.max(0, time - now);
}
