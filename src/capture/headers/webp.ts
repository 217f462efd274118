import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { checkedSize } from './exif.ts';
import type { FileWindow } from './file-window.ts';

/**
 * Size of a WebP (RFC 9649): lossy, lossless, or extended with a canvas. What its EXIF says about orientation counts for
 * nothing, as Chromium draws it so (inspect-file.browser.test.ts).
 */
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
  return checkedSize(1 + readUint24(canvas, 4), 1 + readUint24(canvas, 7));
}

function readUint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
