import type { TelemetryStore } from './telemetry-store.ts';

/** Cloudflare's binding, as far as it is used; it takes 250 points a request, and a batch has 50 events. */
export interface AnalyticsEngineDataset {
  readonly writeDataPoint: (point: {
    readonly indexes: readonly [string];
    readonly blobs: readonly string[];
    readonly doubles: readonly number[];
  }) => void;
}

/** Three months, of which whoever runs it cannot make less: https://developers.cloudflare.com/analytics/analytics-engine/limits/ */
export const analyticsEngineDays = 92;

/**
 * Workers Analytics Engine, which is asked with SQL where Cloudflare keeps it. It knows no ids: count-once.ts stands
 * before it.
 */
export function writeToAnalyticsEngine(dataset: AnalyticsEngineDataset): TelemetryStore {
  return {
    add: (events) => {
      for (const event of events) {
        const { name, kind, market, deviceClass, app, outcome, failure, backend, models } = event;
        dataset.writeDataPoint({
          indexes: [name],
          blobs: [kind, name, market, deviceClass, app, outcome, failure ?? '', backend, models ?? ''],
          doubles: [event.value, event.valueBucket, event.at, event.sentAt, event.receivedAt, event.occurredAt],
        });
      }
      return Promise.resolve();
    },
    summarise: null,
    checks: {},
    purge: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
