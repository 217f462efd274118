import { describe, expect, it } from 'vitest';
import { findMissingEnd } from './check-complete.ts';

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
const segment = (marker: number, content: number[]) => [0xff, marker, 0, content.length + 2, ...content];

/** A thumbnail in the header has an end of its own; the coded data holds stuffed and restart markers. */
const thumbnail = [0xff, 0xd8, 0xff, 0xda, 0, 2, 9, 0xff, 0xd9];
const progressive = [
  0xff,
  0xd8,
  ...segment(0xe1, thumbnail),
  ...segment(0xc2, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
  ...segment(0xda, [1, 1, 0, 0, 0, 0]),
  0x12,
  0xff,
  0x00,
  0x34,
  0xff,
  0xd0,
  0x56,
  ...segment(0xc4, [1, 2, 3]),
  0xff,
  ...segment(0xda, [1, 1, 0, 1, 5, 0]),
  0x12,
  0xff,
  0x00,
  0x99,
  0xff,
  0xd9,
];

const chunk = (type: string, length: number) => [
  0,
  0,
  0,
  length,
  ...ascii(type),
  ...Array.from({ length: length + 4 }, () => 7),
];
const png = [
  0x89,
  0x50,
  0x4e,
  0x47,
  0x0d,
  0x0a,
  0x1a,
  0x0a,
  ...chunk('IHDR', 13),
  ...chunk('IDAT', 30),
  ...chunk('IEND', 0),
];
const webp = [...ascii('RIFF'), 20, 0, 0, 0, ...ascii('WEBPVP8 '), ...Array.from({ length: 12 }, () => 7)];
const box = (type: string, length: number) => [0, 0, 0, length + 8, ...ascii(type), ...Array.from({ length }, () => 7)];
const avif = [...box('ftyp', 8), ...box('meta', 20), ...box('mdat', 30)];
const bmpHeader = new DataView(new ArrayBuffer(54));
bmpHeader.setUint16(0, 0x424d);
bmpHeader.setUint32(10, 54, true);
bmpHeader.setUint32(14, 40, true);
bmpHeader.setInt32(18, 3, true);
bmpHeader.setInt32(22, -2, true);
bmpHeader.setUint16(28, 24, true);
// Two rows of three pixels of three bytes, padded to twelve.
const bmp = [...new Uint8Array(bmpHeader.buffer), ...Array.from({ length: 24 }, () => 9)];

describe.each([
  ['JPEG', progressive],
  ['PNG', png],
  ['WebP', webp],
  ['AVIF', avif],
  ['BMP', bmp],
])('%s', (_name, whole) => {
  it('whole is whole, with more behind its end too', () => {
    expect(findMissingEnd(new Uint8Array(whole))).toBeUndefined();
    const free = _name === 'AVIF' ? box('free', 90) : Array.from({ length: 99 }, () => 0);
    expect(findMissingEnd(new Uint8Array([...whole, ...free]))).toBeUndefined();
  });

  it('cut off anywhere behind its first bytes lacks its end', () => {
    const places = Array.from({ length: whole.length - 13 }, (_, at) => 12 + at);
    // Between two boxes there is no telling: what is missing is missed by the decoder.
    const seams = _name === 'AVIF' ? new Set([16, 44]) : new Set<number>();
    const unnoticed = places.filter(
      (at) => !seams.has(at) && findMissingEnd(new Uint8Array(whole.slice(0, at))) === undefined,
    );
    expect(unnoticed).toEqual([]);
  });
});

it('says nothing about other formats', () => {
  expect(findMissingEnd(new Uint8Array(ascii('GIF89a')))).toBeUndefined();
  expect(findMissingEnd(new Uint8Array())).toBeUndefined();
});

it('ends with any bytes', () => {
  for (let seed = 1; seed < 300; seed++) {
    for (const whole of [progressive, png, avif]) {
      const broken = Uint8Array.from(whole, (byte, at) =>
        (at * seed) % 11 === 5 && at > 11 ? (at * seed * 131) & 255 : byte,
      );
      expect(['string', 'undefined']).toContain(typeof findMissingEnd(broken));
    }
  }
});
