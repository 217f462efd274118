import { randomUUID } from 'node:crypto';
import { operations, type TelemetryEvent } from '#contract/telemetry.ts';
import { markets } from '#contract/regions.ts';

export function makeEvent(): TelemetryEvent {
  const number = Math.floor(Math.random() * 1_000);
  const at = Date.now() - number;
  return {
    kind: 'operation',
    id: timedId(at),
    session: '6f1b7c1e-0d5e-4b7a-9a52-3f4f0a1d2c3b',
    at,
    market: markets[number % markets.length] ?? 'PH',
    deviceClass: 'middle',
    app: '0123456789ab',
    operation: operations[number % operations.length] ?? 'text.read',
    outcome: number % 10 === 0 ? 'failure' : 'success',
    failure: number % 10 === 0 ? 'timed-out' : null,
    durationMs: number * 1.5,
    backend: 'wasm',
    models: 'ba9876543210',
  };
}

/** As the app makes them, a UUID of version 7, from Node's quick maker of random ones: the client shares the server's cores. */
function timedId(at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

export function makeBatch(events: readonly unknown[]): string {
  return JSON.stringify({ v: 1, batchId: randomUUID(), sentAt: Date.now(), events });
}

/** A whole HTTP request. */
export function postBatch(body: string | Buffer): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const head = `POST /api/telemetry HTTP/1.1\r\nHost: papel\r\nOrigin: http://papel\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}
