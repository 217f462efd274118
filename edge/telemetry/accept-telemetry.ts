import type { Context, Handler } from 'hono';
import * as v from 'valibot';
import { batchSchema, eventSchema, type Acceptance } from '#contract/telemetry.ts';
import type { Metrics } from '../http/metrics.ts';
import { describeError, type Log } from '../http/log.ts';
import { answerProblem } from '../http/problem.ts';
import { readLimitedText } from '../http/read-limited-text.ts';
import { isSameOrigin } from '../http/same-origin.ts';
import type { KeptEvent, TelemetryStore } from '../stores/telemetry-store.ts';
import { toKeptEvent } from './keep-event.ts';
import type { RateLimit } from './rate-limit.ts';

/** What a browser sends in a beacon at the most (64 KiB). */
const mostBytes = 65_536;
/** When to come back after the store was away: it takes a database about so long to start. */
const storeRetrySeconds = 30;

export interface AcceptOptions {
  readonly store: TelemetryStore;
  readonly rateLimit: RateLimit;
  /** Of whoever asks, by the platform; used for the rate limit, and nowhere kept. */
  readonly addressOf: (context: Context) => string | undefined;
  /** Where the public reaches this server, where a proxy in front rewrites Host. */
  readonly publicBase: string | null;
  /** Of apps elsewhere that may send. */
  readonly appOrigins: ReadonlySet<string>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
}

function isJson(context: Context): boolean {
  const type = context.req.header('Content-Type') ?? '';
  const encoding = context.req.header('Content-Encoding') ?? 'identity';
  return /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type) && encoding === 'identity';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function addMetrics(metrics: Metrics) {
  const results = metrics.addCounter('papel_telemetry_events_total', 'Events, by what became of them.', ['result']);
  const operations = metrics.addCounter('papel_operations_total', 'Operations that browsers told of.', [
    'operation',
    'market',
    'device',
    'outcome',
  ]);
  const durations = metrics.addHistogram(
    'papel_operation_duration_seconds',
    'How long operations took in browsers.',
    ['operation', 'market', 'device'],
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  );
  /** Of all series so far. */
  const counts = new Map<string, (ms: number) => void>();
  function countOf({ name, market, deviceClass, outcome }: KeptEvent): (ms: number) => void {
    const key = `${name} ${market} ${deviceClass} ${outcome}`;
    const known = counts.get(key);
    if (known !== undefined) return known;
    const count = operations.of([name, market, deviceClass, outcome]);
    const observe = durations.of([name, market, deviceClass]);
    const both = (ms: number) => {
      count();
      observe(ms / 1_000);
    };
    counts.set(key, both);
    return both;
  }

  return {
    count: (accepted: readonly KeptEvent[], rejected: number) => {
      results.add(['accepted'], accepted.length);
      results.add(['rejected'], rejected);
      for (const event of accepted) if (event.kind === 'operation') countOf(event)(event.value);
    },
    refuse: (events: number) => results.add(['not-kept'], events),
  };
}

/**
 * Takes a batch of telemetry and answers 202 when its events are kept. Events are judged one by one. What is refused is
 * told in fixed sentences: nothing that was sent comes back, or gets into the log.
 */
export function acceptTelemetry(options: AcceptOptions): Handler {
  const { store, rateLimit, addressOf, publicBase, appOrigins, metrics, log, now } = options;
  const counted = addMetrics(metrics);

  return async (context) => {
    if (!isSameOrigin(context, publicBase) && !appOrigins.has(context.req.header('Origin') ?? '')) {
      return answerProblem(context, 403, 'Telemetry is taken from this server’s own pages only.');
    }
    if (!isJson(context)) return answerProblem(context, 415, 'A batch is sent as application/json.');
    const waitSeconds = await rateLimit.take(addressOf(context) ?? '');
    if (waitSeconds > 0) {
      return answerProblem(context, 429, 'Too many batches have come from this address.', {
        headers: { 'Retry-After': String(waitSeconds) },
      });
    }
    const body = await readLimitedText(context.req.raw, mostBytes);
    if ('refused' in body && body.refused === 'too-large') {
      // The rest of it is not read, so the connection has to end.
      return answerProblem(context, 413, 'A batch has 65,536 bytes at most.', { headers: { Connection: 'close' } });
    }
    const batch = v.safeParse(batchSchema, 'text' in body ? parseJson(body.text) : undefined);
    if (!batch.success) return answerProblem(context, 400, 'This is not a batch of version 1 of the schema.');

    const receivedAt = now();
    const { sentAt, events } = batch.output;
    const known = events.filter((event) => v.is(eventSchema, event));
    const kept = known.map((event) => toKeptEvent(event, sentAt, receivedAt));
    const acceptance: Acceptance = { accepted: kept.length, rejected: events.length - kept.length };
    try {
      if (kept.length > 0) await store.add(kept);
    } catch (cause) {
      counted.refuse(kept.length);
      log('error', 'telemetry-not-kept', describeError(cause));
      return answerProblem(context, 503, 'Telemetry cannot be kept right now. The same batch may be sent again.', {
        headers: { 'Retry-After': String(storeRetrySeconds) },
      });
    }
    counted.count(kept, acceptance.rejected);
    return context.json(acceptance, 202, { 'Cache-Control': 'no-store' });
  };
}
