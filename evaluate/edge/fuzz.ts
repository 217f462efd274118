import * as v from 'valibot';
import { makeBatch, makeEvent, postBatch } from './batches.ts';
import { openLine } from './load.ts';
import { benchToken } from './token.ts';

/** Stands in every body somewhere; an answer with it repeats what was sent. */
const needle = 'needle-7c41';

const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(Math.random() * items.length)];

/** Values that stand where others belong. */
const oddities: readonly (() => unknown)[] = [
  () => null,
  () => needle,
  () => -1,
  () => Number.MAX_VALUE,
  () => [],
  () => ({ [needle]: needle }),
  () => JSON.parse(`{"__proto__":{"${needle}":1}}`),
  () => 'constructor',
  () => '\u0000\r\nSet-Cookie: a=b',
  () => '😀'.repeat(50),
  () => "'; DROP TABLE event; --",
];

function spoilEvent(): unknown {
  const event: Record<string, unknown> = { ...makeEvent(), [needle]: needle };
  const name = pick(Object.keys(event)) ?? 'id';
  event[name] = (pick(oddities) ?? (() => null))();
  if (Math.random() < 0.2) delete event[name];
  return event;
}

function cut(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(Math.random() * bytes.length));
}

function flip(bytes: Buffer): Buffer {
  for (let times = 0; times < 8; times += 1) {
    bytes[Math.floor(Math.random() * bytes.length)] = Math.floor(Math.random() * 256);
  }
  return bytes;
}

const spoilers: readonly (() => Buffer)[] = [
  () => Buffer.from(makeBatch([spoilEvent(), spoilEvent()])),
  () => Buffer.from(JSON.stringify({ v: (pick(oddities) ?? (() => 1))(), events: [needle], [needle]: 1 })),
  () => cut(Buffer.from(makeBatch([spoilEvent()]))),
  () => flip(Buffer.from(makeBatch([spoilEvent()]))),
  () => Buffer.from(`${'['.repeat(Math.floor(Math.random() * 5_000))}"${needle}"`),
  () => Buffer.from(`${'{"a":'.repeat(2_000)}"${needle}"${'}'.repeat(2_000)}`),
  () => Buffer.from(Array.from({ length: 64 }, () => Math.floor(Math.random() * 256))),
  () => Buffer.from(JSON.stringify(needle)),
  () => Buffer.alloc(0),
];

const readySchema = v.object({ memoryBytes: v.number() });

export interface FuzzResult {
  readonly statuses: ReadonlyMap<number, number>;
  readonly echoes: number;
  /** Of the server, in bytes: after a tenth of the bodies, two tenths, … */
  readonly memory: readonly number[];
}

/** Sends malformed bodies, none of which has an event that could be kept. */
export async function runFuzz(port: number, bodies: number): Promise<FuzzResult> {
  const statuses = new Map<number, number>();
  const memory: number[] = [];
  let echoes = 0;
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const lines = await Promise.all(Array.from({ length: 8 }, () => openLine(port)));
    await Promise.all(
      lines.map(async (line) => {
        for (let sent = 0; sent < bodies / 10 / lines.length; sent += 1) {
          const { status, text } = await line.ask(postBatch((pick(spoilers) ?? (() => Buffer.alloc(0)))()));
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (text.includes(needle)) echoes += 1;
        }
        line.close();
      }),
    );
    const ready = await fetch(`http://127.0.0.1:${port}/ready`, { headers: { Authorization: `Bearer ${benchToken}` } });
    memory.push(v.parse(readySchema, await ready.json()).memoryBytes);
  }
  return { statuses, echoes, memory };
}
