import type { KeptEvent } from './telemetry-store.ts';

/** First byte and length of the parts of a packed event. */
const layout = {
  id: [0, 16],
  session: [16, 16],
  labels: [32, 8],
  value: [40, 24],
  valueBucket: [64, 8],
  at: [72, 16],
  sentAt: [88, 16],
  receivedAt: [104, 16],
  occurredAt: [120, 16],
} as const;
type Part = keyof typeof layout;

/** Of one packed event. */
export const packedBytes = 136;

/**
 * SQL that reads a part of the packed event whose first byte is `o` of the blob `?1`; SQL counts bytes from 1. It cannot read
 * binary numbers, so numbers are packed as decimal text.
 */
export function readPacked(part: Part, type: 'BLOB' | 'INTEGER' | 'REAL'): string {
  const [from, length] = layout[part];
  return `CAST(substr(?1, o + ${from}, ${length}) AS ${type})`;
}

const space = 0x20;
const zero = 0x30;
const hyphen = 0x2d;

/** By character code; 16 for whatever is no digit. */
const hexDigits = new Uint8Array(128).fill(16);
for (let value = 0; value < 16; value += 1) hexDigits[value.toString(16).charCodeAt(0)] = value;

function writeUuid(bytes: Uint8Array, at: number, uuid: string): void {
  let wrong = uuid.length ^ 36;
  let from = 0;
  for (let byte = 0; byte < 16; byte += 1) {
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) {
      wrong |= uuid.charCodeAt(from) ^ hyphen;
      from += 1;
    }
    const high = hexDigits[uuid.charCodeAt(from)] ?? 16;
    const low = hexDigits[uuid.charCodeAt(from + 1)] ?? 16;
    wrong |= (high | low) & 16;
    bytes[at + byte] = (high << 4) | low;
    from += 2;
  }
  if (wrong !== 0) throw new TypeError('Not a UUID.');
}

function writeEight(bytes: Uint8Array, at: number, value: number): void {
  let left = value;
  for (let digit = at + 7; digit >= at; digit -= 1) {
    const tenth = Math.trunc(left / 10);
    bytes[digit] = zero + left - tenth * 10;
    left = tenth;
  }
}

/** Half the time of `String`: a time has too many digits for V8's short way. */
function writeTime(bytes: Uint8Array, at: number, time: number): void {
  if (!(Number.isInteger(time) && time >= 0 && time < 1e16)) throw new TypeError('Not a time that can be kept.');
  const head = Math.floor(time / 1e8);
  writeEight(bytes, at, head);
  writeEight(bytes, at + 8, time - head * 1e8);
}

function writeNumber(bytes: Buffer, at: number, length: number, value: number): void {
  const text = String(value);
  if (!Number.isFinite(value) || text.length > length) throw new TypeError('Not a number that can be kept.');
  bytes.write(text, at, length, 'latin1');
}

/**
 * Events as bytes, one after the other: one parameter for a statement. Binding each value by itself, or parsing all of them
 * as SQL, costs more than keeping them.
 *
 * @param labelsOf the number by which the statement finds an event's texts
 * @throws TypeError for what no event of the schema has
 */
export function packEvents(events: readonly KeptEvent[], labelsOf: (event: KeptEvent) => number): Uint8Array {
  const bytes = Buffer.alloc(events.length * packedBytes, space);
  const [labelsAt, labelsLength] = layout.labels;
  const [valueAt, valueLength] = layout.value;
  const [bucketAt, bucketLength] = layout.valueBucket;
  let start = 0;
  for (const event of events) {
    writeUuid(bytes, start + layout.id[0], event.id);
    writeUuid(bytes, start + layout.session[0], event.session);
    writeNumber(bytes, start + labelsAt, labelsLength, labelsOf(event));
    writeNumber(bytes, start + valueAt, valueLength, event.value);
    writeNumber(bytes, start + bucketAt, bucketLength, event.valueBucket);
    writeTime(bytes, start + layout.at[0], event.at);
    writeTime(bytes, start + layout.sentAt[0], event.sentAt);
    writeTime(bytes, start + layout.receivedAt[0], event.receivedAt);
    writeTime(bytes, start + layout.occurredAt[0], event.occurredAt);
    start += packedBytes;
  }
  return bytes;
}
