import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { checkedSize } from './exif.ts';
import type { FileWindow } from './file-window.ts';

/** Lengths of the header after the file header, by which its versions are told apart. */
const headerBytes = { core: 12, known: [40, 52, 56, 64, 108, 124] };

/** Whether what begins with "BM" is a bitmap: text may begin so too. */
export async function isBmp(file: FileWindow): Promise<boolean> {
  if (file.size < 26) return false;
  const length = (await file.view(14, 4)).getUint32(0, true);
  return length === headerBytes.core || headerBytes.known.includes(length);
}

/** Size of a BMP. A negative height means rows from the top. */
export async function readBmpSize(file: FileWindow): Promise<Size> {
  const isCore = (await file.view(14, 4)).getUint32(0, true) === headerBytes.core;
  if (isCore) {
    const core = await file.view(18, 4);
    return checkedSize(core.getUint16(0, true), core.getUint16(2, true));
  }
  const header = await file.view(18, 16);
  const size = checkedSize(header.getInt32(0, true), Math.abs(header.getInt32(4, true)));
  const isPlain = header.getUint32(12, true) === 0;
  const rowBytes = Math.ceil((size.width * header.getUint16(10, true)) / 32) * 4;
  const pixelsAt = (await file.view(10, 4)).getUint32(0, true);
  if (isPlain && pixelsAt + rowBytes * size.height > file.size) {
    throw new CodedFailure('damaged-file', 'A BMP shorter than its pixels');
  }
  return size;
}
