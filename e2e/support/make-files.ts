/** Files of formats that a browser's canvas does not write, and broken ones, made from scratch. */
import { deflateSync } from 'node:zlib';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

/** A picture of 8-bit RGB, rows from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly colourAt: (x: number, y: number) => readonly [number, number, number];
}

/** Uncompressed 24-bit BMP. */
export function makeBmp({ width, height, colourAt }: Picture): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [red, green, blue] = colourAt(x, y);
      file.set([blue, green, red], 54 + (height - 1 - y) * stride + x * 3);
    }
  }
  return file;
}

/** Uncompressed RGB TIFF (little-endian) with one or more pages. */
export function makeTiff(pages: readonly Picture[]): Buffer {
  const parts: Buffer[] = [Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])];
  let offset = 8;
  pages.forEach(({ width, height, colourAt }, index) => {
    const tags = 10;
    const directoryBytes = 2 + tags * 12 + 4;
    const bitsAt = offset + directoryBytes;
    const pixelsAt = bitsAt + 6;
    const next = index + 1 < pages.length ? pixelsAt + width * height * 3 : 0;
    const directory = Buffer.alloc(directoryBytes + 6);
    directory.writeUInt16LE(tags, 0);
    const entries: readonly (readonly [tag: number, type: 3 | 4, count: number, value: number])[] = [
      [256, 4, 1, width],
      [257, 4, 1, height],
      [258, 3, 3, bitsAt],
      [259, 3, 1, 1],
      [262, 3, 1, 2],
      [273, 4, 1, pixelsAt],
      [277, 3, 1, 3],
      [278, 4, 1, height],
      [279, 4, 1, width * height * 3],
      [284, 3, 1, 1],
    ];
    entries.forEach(([tag, type, count, value], entry) => {
      const at = 2 + entry * 12;
      directory.writeUInt16LE(tag, at);
      directory.writeUInt16LE(type, at + 2);
      directory.writeUInt32LE(count, at + 4);
      directory.writeUInt32LE(value, at + 8);
    });
    directory.writeUInt32LE(next, 2 + tags * 12);
    for (let channel = 0; channel < 3; channel += 1) directory.writeUInt16LE(8, directoryBytes + channel * 2);
    const pixels = Buffer.alloc(width * height * 3);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) pixels.set(colourAt(x, y), (y * width + x) * 3);
    }
    parts.push(directory, pixels);
    offset += directory.length + pixels.length;
  });
  return Buffer.concat(parts);
}

export interface PdfOptions {
  readonly pages?: number;
  /** Asks for a password before it opens. */
  readonly password?: string;
}

/** A PDF of A4 pages, each with its number in words a test can look for. */
export async function makePdf({ pages = 1, password }: PdfOptions = {}): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page += 1) {
    pdf.addPage([595, 842]).drawText(`Page ${page}`, { x: 72, y: 720, size: 36, font });
  }
  if (password !== undefined) pdf.encrypt({ userPassword: password, ownerPassword: `${password}-owner` });
  return Buffer.from(await pdf.save({ useObjectStreams: password === undefined }));
}

/** A PDF as a copier's feeder makes it: PNGs, each an A4 page. */
export async function makePicturePdf(pictures: readonly Buffer[]): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  for (const picture of pictures) {
    const size = { width: 595.3, height: 841.9 };
    pdf.addPage([size.width, size.height]).drawImage(await pdf.embedPng(picture), { x: 0, y: 0, ...size });
  }
  return Buffer.from(await pdf.save());
}

const crcTable = Uint32Array.from({ length: 256 }, (_, value) => {
  let crc = value;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A valid black PNG of one bit a pixel: 16000x16000 takes 31 kB as a file and 1 GB decoded. */
export function makePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + Math.ceil(width / 8));
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
