import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { asSeen, checkedSize, readOrientation } from './exif.ts';
import { tagAt, type FileWindow } from './file-window.ts';

const mostExifBytes = 64 * 1024;
/** Flag of VP8X: an EXIF chunk follows the pixels. */
const hasExif = 0x08;

/** Size of a WebP as it is seen (RFC 9649): lossy, lossless, or extended with a canvas and perhaps EXIF. */
export async function readWebpSize(file: FileWindow): Promise<Size> {
  const riffBytes = (await file.view(4, 4)).getUint32(0, true);
  if (riffBytes + 8 > file.size) throw new CodedFailure('damaged-file', 'A WebP shorter than it says');
  const kind = await file.tag(12);
  if (kind === 'VP8 ') {
    const frame = await file.view(20, 10);
    if (frame.getUint16(3) !== 0x9d01 || frame.getUint8(5) !== 0x2a) {
      throw new CodedFailure('damaged-file', 'A lossy WebP without a key frame');
    }
    return checkedSize(frame.getUint16(6, true) & 0x3fff, frame.getUint16(8, true) & 0x3fff);
  }
  if (kind === 'VP8L') {
    const header = await file.view(20, 5);
    if (header.getUint8(0) !== 0x2f) throw new CodedFailure('damaged-file', 'A lossless WebP without its signature');
    const bits = header.getUint32(1, true);
    return checkedSize((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
  }
  if (kind !== 'VP8X') throw new CodedFailure('damaged-file', `A WebP that begins with ${kind}`);
  const canvas = await file.view(20, 10);
  const size = checkedSize(1 + readUint24(canvas, 4), 1 + readUint24(canvas, 7));
  const orientation = canvas.getUint8(0) & hasExif ? await findOrientation(file, riffBytes + 8) : 1;
  return asSeen(size, orientation);
}

async function findOrientation(file: FileWindow, end: number): Promise<number> {
  for (let at = 12; at + 8 <= end;) {
    const length = (await file.view(at + 4, 4)).getUint32(0, true);
    if ((await file.tag(at)) === 'EXIF' && length <= mostExifBytes)
      return orientationOf(await file.view(at + 8, length));
    // Chunks are padded to an even length.
    at += 8 + length + (length % 2);
  }
  return 1;
}

/** Some writers keep the "Exif" prefix that belongs to JPEG. */
function orientationOf(chunk: DataView): number {
  const prefix = chunk.byteLength >= 6 && tagAt(chunk, 0) === 'Exif' ? 6 : 0;
  return readOrientation(new DataView(chunk.buffer, chunk.byteOffset + prefix, chunk.byteLength - prefix));
}

function readUint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
