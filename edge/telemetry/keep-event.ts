import type { TelemetryEvent } from '#contract/telemetry.ts';
import { dayMs, valueBucketOf, type KeptEvent } from '../stores/telemetry-store.ts';

/** An event waits on a device for so long at most; older ones come from a clock that is wrong. */
const longestWaitMs = 30 * dayMs;

/**
 * When it happened, by the server's clock: as long before it came as the client's clock says it was sent after. Both of
 * the client's times are of one clock, so how wrong that is does not matter.
 */
function estimateTime(at: number, sentAt: number, receivedAt: number): number {
  return receivedAt - Math.min(Math.max(sentAt - at, 0), longestWaitMs);
}

/**
 * @param sentAt of its batch, by the client's clock
 * @param receivedAt by the server's
 */
export function toKeptEvent(event: TelemetryEvent, sentAt: number, receivedAt: number): KeptEvent {
  const isOperation = event.kind === 'operation';
  const value = isOperation ? event.durationMs : event.value;
  return {
    id: event.id,
    session: event.session,
    kind: event.kind,
    name: isOperation ? event.operation : event.vital,
    market: event.market,
    deviceClass: event.deviceClass,
    app: event.app,
    outcome: isOperation ? event.outcome : 'success',
    failure: isOperation ? event.failure : null,
    backend: isOperation ? event.backend : 'none',
    models: isOperation ? event.models : null,
    value,
    valueBucket: valueBucketOf(value),
    at: event.at,
    sentAt,
    receivedAt,
    occurredAt: estimateTime(event.at, sentAt, receivedAt),
  };
}
