import { batchLimits, telemetryVersion, type TelemetryBatch, type TelemetryEvent } from '#contract/telemetry.ts';

export interface Batch {
  readonly events: readonly TelemetryEvent[];
  /** JSON of the whole batch. */
  readonly body: string;
}

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;

/**
 * As many of the first events as one request may carry; `undefined` where there are none.
 *
 * @param batchId a UUID
 * @param sentAt milliseconds since 1970
 */
export function makeBatch(events: readonly TelemetryEvent[], batchId: string, sentAt: number): Batch | undefined {
  const write = (chosen: readonly TelemetryEvent[]) =>
    JSON.stringify({ v: telemetryVersion, batchId, sentAt, events: chosen } satisfies TelemetryBatch);
  let bytes = bytesOf(write([]));
  const chosen: TelemetryEvent[] = [];
  for (const event of events) {
    // One byte for the comma.
    bytes += bytesOf(JSON.stringify(event)) + 1;
    if (chosen.length === batchLimits.events || bytes > batchLimits.bytes) break;
    chosen.push(event);
  }
  return chosen.length === 0 ? undefined : { events: chosen, body: write(chosen) };
}
