/** What every store of telemetry does, whatever is behind it, and what it is given to keep. */
import type { DeviceClass, Operation, TelemetryEvent, WebVital } from '#contract/telemetry.ts';
import type { Market } from '#contract/regions.ts';

type OperationEvent = Extract<TelemetryEvent, { kind: 'operation' }>;

/** An event as it is kept: flat, with both clocks. Every text in it is of a closed list, a UUID or a digest. */
export interface KeptEvent {
  readonly id: string;
  readonly session: string;
  readonly kind: TelemetryEvent['kind'];
  readonly name: Operation | WebVital;
  readonly market: Market;
  readonly deviceClass: DeviceClass;
  readonly app: string;
  readonly outcome: OperationEvent['outcome'];
  readonly failure: OperationEvent['failure'];
  readonly backend: OperationEvent['backend'];
  readonly models: string | null;
  /** Milliseconds, or the plain number of a web vital that is one. */
  readonly value: number;
  /** Of `value`, by `valueBucketOf`. */
  readonly valueBucket: number;
  /** Milliseconds since 1970 by the client's clock: when it happened, when it was sent. */
  readonly at: number;
  readonly sentAt: number;
  /** By the server's clock: when it came, and when it then must have happened. */
  readonly receivedAt: number;
  readonly occurredAt: number;
}

export interface SummaryRange {
  /** Milliseconds since 1970 by the server's clock; `to` is no part of it. */
  readonly from: number;
  readonly to: number;
  /** Width of the time buckets. */
  readonly bucketMs: number;
}

/** How many operations of one kind lie in one bucket of values. */
export interface ValueCount {
  readonly operation: Operation;
  readonly market: Market;
  readonly deviceClass: DeviceClass;
  /** Start of the time bucket, a multiple of `bucketMs`. */
  readonly bucketAt: number;
  readonly valueBucket: number;
  readonly count: number;
  /** How many of `count` failed. */
  readonly failures: number;
}

export interface TelemetryStore {
  /**
   * Resolves once all of them are kept for good. An id that is there already is not kept twice, and is no error.
   *
   * @throws StoreUnavailable when nothing can be kept now
   */
  readonly add: (events: readonly KeptEvent[]) => Promise<void>;
  /** Operations by kind and bucket; `null` where the platform has its own place to read them. */
  readonly summarise: ((range: SummaryRange) => Promise<readonly ValueCount[]>) | null;
  /** What it stands on, by name: each resolves while it works and rejects when it does not. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
  /** Deletes what occurred before the day (UTC) of this time. */
  readonly purge: (before: number) => Promise<void>;
  /** Resolves when everything that was accepted is kept. */
  readonly close: () => Promise<void>;
}

/** Nothing can be kept now; the same batch is worth another try later. */
export class StoreUnavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreUnavailable';
  }
}

export const dayMs = 86_400_000;

/** Start of the day (UTC) that a time is in. */
export function startOfDay(time: number): number {
  return Math.floor(time / dayMs) * dayMs;
}

/**
 * Values fall into buckets 5 % wide, so that medians and percentiles come from grouped counts, within 2.5 %, in any
 * store. 0.001 is the least that is told apart, which is finer than layout shift is measured.
 */
const bucketGrowth = Math.log(1.05);
const leastValue = 0.001;

/** The bucket that a value of at least 0 lies in: a whole number, -142 for the least. */
export function valueBucketOf(value: number): number {
  return Math.floor(Math.log(Math.max(value, leastValue)) / bucketGrowth);
}

/** The value in the (geometric) middle of a bucket. */
export function middleOfBucket(bucket: number): number {
  return Math.exp((bucket + 0.5) * bucketGrowth);
}
