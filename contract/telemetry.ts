/**
 * What Papel counts of itself, where that is switched on: how long things take and whether they work. Enums and numbers
 * only: there is no field that could carry an image, a text, a name, a mark, an address or an identifier of a person or
 * a device. The session's id is random, new with every page load, and lets one slow session be told from many.
 */
import * as v from 'valibot';
import { failureCodes } from './failures.ts';
import { markets } from './regions.ts';

export const telemetryVersion = 1;

/** Of one batch: what `sendBeacon` takes for all that are on their way (64 KiB), with room for headers. */
export const batchLimits = { events: 50, bytes: 60_000 } as const;

export const operations = [
  'engine.start',
  'documents.scan',
  'documents.render',
  'documents.export-pdf',
  'photos.convert',
  'answer-sheets.read',
  'answer-sheets.print',
  'answer-sheets.export',
  'text.read',
  'characters.read',
  'faces.find',
] as const;
export type Operation = (typeof operations)[number];

/** https://web.dev/articles/vitals; `cls` is a plain number, the others are milliseconds. */
export const webVitals = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const;
export type WebVital = (typeof webVitals)[number];

/** By cores and memory: `low` up to 2 cores or 2 GB, `high` from 8 cores on. */
export const deviceClasses = ['low', 'middle', 'high'] as const;
export type DeviceClass = (typeof deviceClasses)[number];

/** What networks ran on; `none` where an operation has none. */
export const telemetryBackends = ['none', 'wasm', 'webgl', 'webgpu'] as const;

const outcomes = ['success', 'failure'] as const;

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
/** Milliseconds since 1970 by the client's clock, which may be wrong. */
const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15));
const durationMs = v.pipe(v.number(), v.minValue(0), v.maxValue(3_600_000));
/** First digits of a digest, as the build writes them. */
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/));

const common = {
  id: uuid,
  session: uuid,
  at: time,
  market: v.picklist(markets),
  deviceClass: v.picklist(deviceClasses),
  /** Digest of the app's build. */
  app: digest,
};

export const eventSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('operation'),
    ...common,
    operation: v.picklist(operations),
    outcome: v.picklist(outcomes),
    /** `null` where it went well. */
    failure: v.nullable(v.picklist(failureCodes)),
    durationMs,
    backend: v.picklist(telemetryBackends),
    /** Digest of the list of models; `null` where none took part. */
    models: v.nullable(digest),
  }),
  v.strictObject({
    kind: v.literal('web-vital'),
    ...common,
    vital: v.picklist(webVitals),
    value: durationMs,
  }),
]);
export type TelemetryEvent = Readonly<v.InferOutput<typeof eventSchema>>;

/** The outside of a batch. Its events are judged one by one, so that a bad one does not take the others with it. */
export const batchSchema = v.strictObject({
  v: v.literal(telemetryVersion),
  batchId: uuid,
  sentAt: time,
  events: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(batchLimits.events)),
});

export interface TelemetryBatch {
  readonly v: typeof telemetryVersion;
  readonly batchId: string;
  readonly sentAt: number;
  readonly events: readonly TelemetryEvent[];
}

/** The answer of `POST /api/telemetry`, 202. */
export const acceptanceSchema = v.object({
  /** Kept for good, or already there. */
  accepted: v.number(),
  /** Not of this schema: not to be sent again. */
  rejected: v.number(),
});
export type Acceptance = Readonly<v.InferOutput<typeof acceptanceSchema>>;

/** Statuses after which the same batch is worth another try. */
export const retriedStatuses = [429, 502, 503, 504] as const;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The answer of `GET /api/telemetry/summary`: operations only, from server time `from` until just before `to`. */
export const summarySchema = v.object({
  /** Milliseconds since 1970 by the server's clock. */
  from: time,
  to: time,
  /** Width of every time bucket. */
  bucketMs: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** One per operation, market, device class and bucket that has events; in no certain order. */
  groups: v.array(
    v.object({
      operation: v.picklist(operations),
      market: v.picklist(markets),
      deviceClass: v.picklist(deviceClasses),
      /** When the bucket begins: a multiple of `bucketMs`. */
      bucketAt: time,
      count,
      /** How many of `count` failed. */
      failures: count,
      p50Ms: durationMs,
      p95Ms: durationMs,
    }),
  ),
});
export type TelemetrySummary = Readonly<v.InferOutput<typeof summarySchema>>;
