import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { asSeen, checkedSize } from './exif.ts';
import type { FileWindow } from './file-window.ts';

/** Tags of TIFF 6.0. */
const tags = { width: 256, height: 257, orientation: 274 } as const;
const shortType = 3;

/** Size of the first picture of a TIFF as it is seen. */
export async function readTiffSize(file: FileWindow): Promise<Size> {
  const header = await file.view(0, 8);
  const little = header.getUint16(0) === 0x4949;
  const directory = header.getUint32(4, little);
  const entries = (await file.view(directory, 2)).getUint16(0, little);
  const table = await file.view(directory + 2, entries * 12);
  const values = new Map<number, number>();
  for (let at = 0; at < table.byteLength; at += 12) {
    const isShort = table.getUint16(at + 2, little) === shortType;
    values.set(
      table.getUint16(at, little),
      isShort ? table.getUint16(at + 8, little) : table.getUint32(at + 8, little),
    );
  }
  const width = values.get(tags.width);
  const height = values.get(tags.height);
  if (width === undefined || height === undefined) throw new CodedFailure('damaged-file', 'A TIFF without a size');
  return asSeen(checkedSize(width, height), values.get(tags.orientation) ?? 1);
}
