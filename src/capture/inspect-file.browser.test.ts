import { expect, it } from 'vitest';
import { inspectFile } from './inspect-file.ts';

/* What the header reader says must be what the browser decodes: width 60 and height 40, or the other way round. */

const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

const ascii = (text: string) => [...new TextEncoder().encode(text)];
const be32 = (value: number) => [(value >>> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const tiff = (orientation: number) => {
  const header = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1];
  const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return header.concat(entry, 0, 0, 0, 0);
};

async function encode(type: string): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(60, 40);
  canvas.getContext('2d', { alpha: false })?.fillRect(5, 5, 20, 10);
  return new Uint8Array(await (await canvas.convertToBlob({ type, quality: 0.8 })).arrayBuffer());
}

async function jpeg(orientation: number): Promise<Blob> {
  const file = await encode('image/jpeg');
  const exif = [...ascii('Exif'), 0, 0, ...tiff(orientation)];
  const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  return new Blob([file.subarray(0, 2), new Uint8Array(segment), file.subarray(2)]);
}

async function png(orientation: number): Promise<Blob> {
  const file = await encode('image/png');
  const body = [...ascii('eXIf'), ...tiff(orientation)];
  const chunk = [...be32(body.length - 4), ...body, ...be32(crc32(body))];
  // Behind the signature (8 bytes) and IHDR (25).
  return new Blob([file.subarray(0, 33), new Uint8Array(chunk), file.subarray(33)]);
}

/** The canvas writes an opaque picture as "VP8 " alone or with company: the pixels are taken over behind a VP8X with the flag for EXIF. */
async function webp(orientation: number): Promise<Blob> {
  const file = await encode('image/webp');
  const at = findChunk(file, 'VP8 ');
  const pixels = file.slice(at, at + 8 + new DataView(file.buffer).getUint32(at + 4, true));
  const exif = tiff(orientation);
  const extended = [...ascii('VP8X'), 10, 0, 0, 0, 8, 0, 0, 0, 59, 0, 0, 39, 0, 0];
  const chunks = [
    ...extended,
    ...pixels,
    ...(pixels.length % 2 === 1 ? [0] : []),
    ...ascii('EXIF'),
    exif.length,
    0,
    0,
    0,
    ...exif,
  ];
  return new Blob([
    new Uint8Array([...ascii('RIFF'), ...be32(chunks.length + 4).toReversed(), ...ascii('WEBP'), ...chunks]),
  ]);
}

it.each([
  ['JPEG', jpeg],
  ['PNG', png],
  ['WebP', webp],
])('%s lies as its header says, in all eight orientations', async (_name, make) => {
  for (const orientation of orientations) {
    const file = await make(orientation);
    const { width, height } = await createImageBitmap(file, { imageOrientation: 'from-image' });
    expect((await inspectFile(file)).size, `orientation ${orientation}`).toEqual({ width, height });
  }
});

function findChunk(file: Uint8Array<ArrayBuffer>, type: string): number {
  const view = new DataView(file.buffer);
  for (let at = 12; at + 8 <= file.length;) {
    if (String.fromCharCode(...file.subarray(at, at + 4)) === type) return at;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length % 2);
  }
  throw new Error(`no ${type} chunk`);
}

function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
