import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import { readBaseMediaKind, readBaseMediaSize } from './headers/base-media.ts';
import { isBmp, readBmpSize } from './headers/bmp.ts';
import { FileWindow, tagAt } from './headers/file-window.ts';
import { readJpegSize } from './headers/jpeg.ts';
import { readPngSize } from './headers/png.ts';
import { readTiffSize } from './headers/tiff.ts';
import { readWebpSize } from './headers/webp.ts';

/** What the header of a file says. */
export interface InspectedFile {
  readonly kind: PhotoKind;
  /** Pixels of the picture as it is seen, of the first where there are several; pages of a PDF have no pixels. */
  readonly size: Size | undefined;
}

/** Files are held in memory, once as they are and once in the worker. Where the edge says less or more, that holds. */
const usualMostBytes = 50e6;

/** Four bytes a pixel: 400 MB decoded, which is what a phone may have left. A 31 kB PNG can hold 256 megapixels. */
const mostPixels = 100e6;

/** Each side. A line of the smallest legible print takes 8 pixels; what holds less than four of them is no page. */
const leastSidePx = 32;

const readers: Record<PhotoKind, (file: FileWindow) => Promise<Size | undefined>> = {
  jpeg: readJpegSize,
  png: readPngSize,
  webp: readWebpSize,
  avif: readBaseMediaSize,
  heic: readBaseMediaSize,
  bmp: readBmpSize,
  tiff: readTiffSize,
  pdf: async () => undefined,
};

/**
 * Tells what a file is by its first bytes, never by its name, and how large its picture is, before anything decodes it.
 *
 * @throws CodedFailure `empty-file`; `file-too-big` with `megabytes` and `limit`; `unsupported-format`; `damaged-file` where the
 *   header is cut off or makes no sense; `too-many-pixels` and `too-few-pixels` with `width` and `height`.
 */
export async function inspectFile(file: Blob, mostBytes: number = usualMostBytes): Promise<InspectedFile> {
  if (file.size === 0) throw new CodedFailure('empty-file', 'The file has no content');
  if (file.size > mostBytes) {
    throw new CodedFailure('file-too-big', `${file.size} bytes`, {
      megabytes: Math.ceil(file.size / 1e6),
      limit: Math.floor(mostBytes / 1e6),
    });
  }
  const window = new FileWindow(file);
  const kind = await recogniseKind(window);
  if (kind === undefined) throw new CodedFailure('unsupported-format', 'The first bytes are of no known format');
  const size = await readers[kind](window);
  if (size !== undefined && size.width * size.height > mostPixels) {
    throw new CodedFailure('too-many-pixels', `${size.width} x ${size.height} pixels`, { ...size });
  }
  if (size !== undefined && Math.min(size.width, size.height) < leastSidePx) {
    throw new CodedFailure('too-few-pixels', `${size.width} x ${size.height} pixels`, { ...size });
  }
  return { kind, size };
}

async function recogniseKind(file: FileWindow): Promise<PhotoKind | undefined> {
  const start = await file.view(0, Math.min(file.size, 16));
  if (hasBytes(start, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (hasBytes(start, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (start.byteLength >= 12 && tagAt(start, 0) === 'RIFF' && tagAt(start, 8) === 'WEBP') return 'webp';
  if (hasBytes(start, [0x49, 0x49, 0x2a, 0x00]) || hasBytes(start, [0x4d, 0x4d, 0x00, 0x2a])) return 'tiff';
  if (start.byteLength >= 8 && tagAt(start, 4) === 'ftyp') return readBaseMediaKind(file);
  if (hasBytes(start, [0x42, 0x4d]) && (await isBmp(file))) return 'bmp';
  return (await isPdf(file)) ? 'pdf' : undefined;
}

function hasBytes(view: DataView, bytes: readonly number[]): boolean {
  return view.byteLength >= bytes.length && bytes.every((byte, at) => view.getUint8(at) === byte);
}

/** Readers accept a PDF's header anywhere in the first 1024 bytes, and there are writers that make use of it. */
async function isPdf(file: FileWindow): Promise<boolean> {
  const start = await file.view(0, Math.min(file.size, 1024));
  return new TextDecoder('latin1').decode(start).includes('%PDF-');
}
