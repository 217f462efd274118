import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { asSeen, checkedSize, readOrientation } from './exif.ts';
import type { FileWindow } from './file-window.ts';

/** An eXIf chunk longer than this is no orientation. */
const mostExifBytes = 64 * 1024;

/** Size of a PNG as it is seen: IHDR comes first (PNG 3rd edition, 5.6), eXIf anywhere before the pixels. */
export async function readPngSize(file: FileWindow): Promise<Size> {
  if ((await file.tag(12)) !== 'IHDR') throw new CodedFailure('damaged-file', 'A PNG that does not begin with IHDR');
  const header = await file.view(16, 8);
  const size = checkedSize(header.getUint32(0), header.getUint32(4));
  for (let at = 8; ;) {
    const length = (await file.view(at, 4)).getUint32(0);
    const type = await file.tag(at + 4);
    if (type === 'IDAT') return size;
    if (type === 'IEND') throw new CodedFailure('damaged-file', 'A PNG without pixels');
    if (type === 'eXIf' && length <= mostExifBytes)
      return asSeen(size, readOrientation(await file.view(at + 8, length)));
    at += 12 + length;
  }
}
