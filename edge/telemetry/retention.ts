import { describeError, type Log } from '../http/log.ts';
import { dayMs, type TelemetryStore } from '../stores/telemetry-store.ts';

export interface RetentionOptions {
  readonly days: number;
  readonly log: Log;
  readonly now?: () => number;
}

/** What is older than so many days is deleted. Fails quietly into the log: the next time is soon enough. */
export async function deleteOldEvents(store: TelemetryStore, { days, log, now = Date.now }: RetentionOptions) {
  try {
    await store.purge(now() - days * dayMs);
  } catch (cause) {
    log('error', 'old-telemetry-not-deleted', describeError(cause));
  }
}
