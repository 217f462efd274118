import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { asSeen, checkedSize, readOrientation } from './exif.ts';
import { tagAt, type FileWindow } from './file-window.ts';

/** Markers of ITU-T T.81, table B.1. */
const markers = { startOfScan: 0xda, endOfImage: 0xd9, app1: 0xe1 } as const;

/** Size of a JPEG as it is seen: walks the segments up to the frame header. */
export async function readJpegSize(file: FileWindow): Promise<Size> {
  let orientation = 1;
  for (let at = 2; ;) {
    const prefix = await file.view(at, 2);
    if (prefix.getUint8(0) !== 0xff) throw new CodedFailure('damaged-file', 'A JPEG segment does not begin with FF');
    const marker = prefix.getUint8(1);
    // Any number of FF may fill up before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === markers.startOfScan || marker === markers.endOfImage) {
      throw new CodedFailure('damaged-file', 'A JPEG without a frame header');
    }
    const length = (await file.view(at + 2, 2)).getUint16(0);
    if (length < 2) throw new CodedFailure('damaged-file', `A JPEG segment of ${length} bytes`);
    if (isFrameHeader(marker)) {
      const frame = await file.view(at + 4, 5);
      return asSeen(checkedSize(frame.getUint16(3), frame.getUint16(1)), orientation);
    }
    if (marker === markers.app1) orientation = orientationOf(await file.view(at + 4, length - 2)) ?? orientation;
    at += 2 + length;
  }
}

/** SOF0 to SOF15; among them C4 (Huffman tables), C8 (reserved) and CC (arithmetic conditioning) are none. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** APP1 holds EXIF or XMP; only the former says how the camera was held. */
function orientationOf(segment: DataView): number | undefined {
  if (segment.byteLength < 6 || tagAt(segment, 0) !== 'Exif') return undefined;
  return readOrientation(new DataView(segment.buffer, segment.byteOffset + 6, segment.byteLength - 6));
}
