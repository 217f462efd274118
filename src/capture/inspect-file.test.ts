import { describe, expect, it } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import { inspectFile } from './inspect-file.ts';

/* Headers are laid out here by hand, field by field; that browsers agree is checked in worker/host by what they decode. */

const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
const be16 = (value: number) => [(value >> 8) & 255, value & 255];
const be32 = (value: number) => [(value >>> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const le16 = (value: number) => be16(value).toReversed();
const le24 = (value: number) => be32(value).slice(1).toReversed();
const le32 = (value: number) => be32(value).toReversed();
const zeros = (length: number) => Array.from<number>({ length }).fill(0);

function exif(orientation: number, order: 'II' | 'MM' = 'MM'): number[] {
  const [u16, u32] = order === 'MM' ? [be16, be32] : [le16, le32];
  const head = [...ascii(order), ...u16(42), ...u32(8), ...u16(2)];
  const make = [...u16(0x010f), ...u16(2), ...u32(4), ...ascii('abc'), 0];
  return [...head, ...make, ...u16(0x0112), ...u16(3), ...u32(1), ...u16(orientation), 0, 0, ...u32(0)];
}

const segment = (marker: number, content: number[]) => [0xff, marker, ...be16(content.length + 2), ...content];

function jpeg(width: number, height: number, before: number[] = []): number[] {
  const frame = [8, ...be16(height), ...be16(width), 3, ...zeros(9)];
  return [0xff, 0xd8, ...segment(0xe0, [...ascii('JFIF'), 0]), ...before, ...segment(0xc0, frame), 0xff, 0xda];
}

const pngChunk = (type: string, content: number[]) => [...be32(content.length), ...ascii(type), ...content, 0, 0, 0, 0];

function png(width: number, height: number, before: number[] = []): number[] {
  const header = pngChunk('IHDR', [...be32(width), ...be32(height), 8, 2, 0, 0, 0]);
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...header, ...before, ...pngChunk('IDAT', [1, 2])];
}

function webp(chunks: number[]): number[] {
  return [...ascii('RIFF'), ...le32(chunks.length + 4), ...ascii('WEBP'), ...chunks];
}

const riffChunk = (type: string, content: number[]) => [
  ...ascii(type),
  ...le32(content.length),
  ...content,
  ...zeros(content.length % 2),
];

const webpLossy = (width: number, height: number) =>
  webp(riffChunk('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...le16(width), ...le16(height)]));
const webpLossless = (width: number, height: number) =>
  webp(riffChunk('VP8L', [0x2f, ...le32((width - 1) | ((height - 1) << 14))]));
const webpExtended = (width: number, height: number, orientation?: number) =>
  webp([
    ...riffChunk('VP8X', [orientation ? 8 : 0, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]),
    ...riffChunk('VP8 ', zeros(11)),
    ...(orientation ? riffChunk('EXIF', exif(orientation)) : []),
  ]);

function bmp(width: number, height: number): number[] {
  const pixels = Math.ceil((Math.abs(width) * 24) / 32) * 4 * Math.abs(height);
  const header = [...le32(40), ...le32(width), ...le32(height), ...le16(1), ...le16(24), ...le32(0), ...zeros(20)];
  return [...ascii('BM'), ...le32(54 + pixels), 0, 0, 0, 0, ...le32(54), ...header, ...zeros(pixels)];
}

function tiff(width: number, height: number, orientation = 1, order: 'II' | 'MM' = 'II'): number[] {
  const [u16, u32] = order === 'MM' ? [be16, be32] : [le16, le32];
  const entry = (tag: number, type: 3 | 4, value: number) => [
    ...u16(tag),
    ...u16(type),
    ...u32(1),
    ...(type === 3 ? [...u16(value), 0, 0] : u32(value)),
  ];
  return [
    ...ascii(order),
    ...u16(42),
    ...u32(16),
    ...zeros(8),
    ...u16(3),
    ...entry(256, 4, width),
    ...entry(257, 3, height),
    ...entry(274, 3, orientation),
    ...u32(0),
  ];
}

const box = (type: string, content: number[]) => [...be32(content.length + 8), ...ascii(type), ...content];

/** Two items, a thumbnail and the picture; only the second is the primary one. */
function baseMedia(brand: string, width: number, height: number, turns = 0): number[] {
  const ispe = (w: number, h: number) => box('ispe', [...zeros(4), ...be32(w), ...be32(h)]);
  const properties = box('ipco', [...ispe(320, 240), ...ispe(width, height), ...box('irot', [turns])]);
  const associations = box('ipma', [...zeros(4), ...be32(2), ...be16(1), 1, 1, ...be16(2), 2, 2, 0x80 | 3]);
  const meta = [
    ...zeros(4),
    ...box('pitm', [...zeros(4), ...be16(2)]),
    ...box('iprp', [...properties, ...associations]),
  ];
  return [
    ...box('ftyp', [...ascii(brand), ...zeros(4), ...ascii('mif1'), ...ascii('miaf')]),
    ...box('free', zeros(5)),
    ...box('meta', meta),
    ...box('mdat', zeros(9)),
  ];
}

const file = (bytes: number[]) => new File([new Uint8Array(bytes)], 'holiday.exe');

const failureOf = async (input: Blob) => {
  const cause: unknown = await inspectFile(input).then(
    (inspected) => inspected,
    (reason: unknown) => reason,
  );
  return cause instanceof CodedFailure ? cause.failure : cause;
};

describe('kind and size', () => {
  it.each<[string, number[], PhotoKind, number, number]>([
    ['JPEG', jpeg(4000, 3000), 'jpeg', 4000, 3000],
    ['JPEG with fill bytes', jpeg(48, 36, [0xff, 0xff, 0xff]), 'jpeg', 48, 36],
    [
      'JPEG lying on its side',
      jpeg(4000, 3000, segment(0xe1, [...ascii('Exif'), 0, 0, ...exif(6)])),
      'jpeg',
      3000,
      4000,
    ],
    [
      'JPEG upside down',
      jpeg(4000, 3000, segment(0xe1, [...ascii('Exif'), 0, 0, ...exif(3, 'II')])),
      'jpeg',
      4000,
      3000,
    ],
    ['JPEG with XMP first', jpeg(48, 36, segment(0xe1, ascii('http://ns.adobe.com/xap'))), 'jpeg', 48, 36],
    [
      'JPEG behind 200 kB of profiles',
      jpeg(48, 36, Array.from({ length: 4 }, () => segment(0xe2, zeros(50_000))).flat()),
      'jpeg',
      48,
      36,
    ],
    ['PNG', png(1600, 1200), 'png', 1600, 1200],
    ['PNG lying on its side', png(1600, 1200, pngChunk('eXIf', exif(8))), 'png', 1200, 1600],
    ['lossy WebP', webpLossy(641, 480), 'webp', 641, 480],
    ['lossless WebP', webpLossless(641, 480), 'webp', 641, 480],
    ['extended WebP', webpExtended(70_000, 300), 'webp', 70_000, 300],
    ['extended WebP whose EXIF says that it lies', webpExtended(641, 480, 5), 'webp', 641, 480],
    ['AVIF', baseMedia('avif', 4032, 3024), 'avif', 4032, 3024],
    ['HEIC', baseMedia('heic', 4032, 3024), 'heic', 4032, 3024],
    ['HEIC turned', baseMedia('heic', 4032, 3024, 3), 'heic', 3024, 4032],
    ['BMP', bmp(48, 36), 'bmp', 48, 36],
    ['BMP from the top', bmp(48, -36), 'bmp', 48, 36],
    ['TIFF', tiff(2480, 3508), 'tiff', 2480, 3508],
    ['TIFF of the other byte order, turned', tiff(2480, 3508, 6, 'MM'), 'tiff', 3508, 2480],
  ])('%s', async (_name, bytes, kind, width, height) => {
    expect(await inspectFile(file(bytes))).toEqual({ kind, size: { width, height } });
  });

  it('PDF has pages, not pixels, and may begin with something else', async () => {
    const expected = { kind: 'pdf', size: undefined };
    expect(await inspectFile(file(ascii('%PDF-1.7\n%âãÏÓ')))).toEqual(expected);
    expect(await inspectFile(file([...zeros(500), ...ascii('%PDF-1.4')]))).toEqual(expected);
  });
});

describe('refused', () => {
  it('nothing in it', async () => {
    expect(await failureOf(file([]))).toMatchObject({ code: 'empty-file' });
  });

  it.each([
    ['a program', [0x4d, 0x5a, 0x90, 0, 3, ...zeros(60)]],
    ['text that begins with BM', ascii('BMW is a maker of cars and motorcycles')],
    ['a video', [...box('ftyp', [...ascii('isom'), ...zeros(4), ...ascii('mp42')]), ...zeros(40)]],
    ['a GIF', ascii('GIF89a..............')],
    ['a sound', [...ascii('RIFF'), ...le32(4), ...ascii('WAVE')]],
    ['one byte', [0xff]],
  ])('%s is of no format', async (_name, bytes) => {
    expect(await failureOf(file(bytes))).toMatchObject({ code: 'unsupported-format' });
  });

  it('over 50 MB, before a byte is read', async () => {
    const big = new Blob([new Uint8Array(50e6), new Uint8Array(1)]);
    expect(await failureOf(big)).toMatchObject({ code: 'file-too-big', figures: { megabytes: 51, limit: 50 } });
    expect(await failureOf(new Blob([new Uint8Array(50e6)]))).toMatchObject({ code: 'unsupported-format' });
  });

  it.each([
    ['PNG', png(16_000, 16_000)],
    ['JPEG', jpeg(16_000, 16_000)],
    ['WebP', webpExtended(16_000, 16_000)],
    ['AVIF', baseMedia('avif', 16_000, 16_000)],
    ['TIFF', tiff(16_000, 16_000)],
  ])('a %s of 256 megapixels in a few bytes', async (_name, bytes) => {
    expect(await failureOf(file(bytes))).toMatchObject({
      code: 'too-many-pixels',
      figures: { width: 16_000, height: 16_000 },
    });
  });

  it('takes 100 megapixels', async () => {
    expect(await inspectFile(file(jpeg(10_000, 10_000)))).toMatchObject({ kind: 'jpeg' });
    expect(await failureOf(file(jpeg(10_001, 10_000)))).toMatchObject({ code: 'too-many-pixels' });
  });

  it.each([
    ['one pixel', png(1, 1)],
    ['a strip', jpeg(4000, 31)],
  ])('%s holds no page', async (_name, bytes) => {
    expect(await failureOf(file(bytes))).toMatchObject({ code: 'too-few-pixels' });
    expect(await inspectFile(file(jpeg(32, 32)))).toMatchObject({ kind: 'jpeg' });
  });

  it.each([
    ['a picture without extent', png(0, 7)],
    ['a JPEG of its end only', [0xff, 0xd8, 0xff, 0xd9]],
    ['a WebP shorter than it says', webpLossy(641, 480).slice(0, -1)],
    ['a BMP shorter than its pixels', bmp(300, 200).slice(0, 600)],
    ['an AVIF whose picture has no size', baseMedia('avif', 0, 5)],
  ])('%s is damaged', async (_name, bytes) => {
    expect(await failureOf(file(bytes))).toMatchObject({ code: 'damaged-file' });
  });
});

/** Each format, from its first bytes that name it. */
const samples: [string, number[], number][] = [
  ['JPEG', jpeg(4000, 3000, segment(0xe1, [...ascii('Exif'), 0, 0, ...exif(6)])), 3],
  ['PNG', png(1600, 1200, pngChunk('eXIf', exif(8))), 8],
  ['WebP', webpExtended(641, 480, 5), 12],
  ['AVIF', baseMedia('avif', 4032, 3024), 32],
  ['TIFF', tiff(2480, 3508, 6), 4],
  ['BMP', bmp(48, 36), 26],
];

describe.each(samples)('a broken %s', (_name, whole, named) => {
  it('cut off anywhere before its size is known is damaged', async () => {
    const readable = await Promise.all(
      whole.map(async (_, length) => [length, await failureOf(file(whole.slice(0, length)))]),
    );
    // What is cut behind the header reads as well as the whole; before it, every length is damaged.
    const firstGood = readable.findIndex(
      ([, outcome]) => typeof outcome === 'object' && outcome !== null && 'kind' in outcome,
    );
    const header = readable.slice(named, firstGood < 0 ? whole.length : firstGood);
    expect(header.length).toBeGreaterThan(8);
    for (const [, outcome] of header) expect(outcome).toMatchObject({ code: 'damaged-file' });
  });

  it('with wrong bytes in its header is read or refused, quickly', async () => {
    const random = randomFrom(7);
    for (let round = 0; round < 500; round++) {
      const bytes = [...whole];
      for (let change = 0; change < 1 + random(4); change++) bytes[named + random(whole.length - named)] = random(256);
      const outcome = await failureOf(file(bytes));
      // A failure without a code comes through as the error that it is.
      expect(outcome).not.toBeInstanceOf(Error);
    }
  });
});

it('a header made of endless boxes is refused in time', async () => {
  const boxes = new Uint8Array(4e6);
  boxes.set(box('ftyp', [...ascii('heic'), ...zeros(4)]));
  const view = new DataView(boxes.buffer);
  for (let at = 16; at + 8 <= boxes.length; at += 8) view.setUint32(at, 8);
  expect(await failureOf(new Blob([boxes]))).toMatchObject({ code: 'damaged-file' });
});

/** Whole numbers below a bound, the same on every run (mulberry32). */
function randomFrom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
