import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';

const orientationTag = 0x0112;

/**
 * Orientation, 1 to 8, of a TIFF structure as EXIF holds one (EXIF 2.32, 4.6.2); 1, upright, where it says nothing
 * that makes sense: cameras write worse things than that.
 */
export function readOrientation(tiff: DataView): number {
  if (tiff.byteLength < 8) return 1;
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const directory = tiff.getUint32(4, little);
  if (directory + 2 > tiff.byteLength) return 1;
  const entries = tiff.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.byteLength) return 1;
    if (tiff.getUint16(at, little) !== orientationTag) continue;
    const value = tiff.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Size as the picture is seen: orientations 5 to 8 lie on their side. */
export function asSeen({ width, height }: Size, orientation: number): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** @throws CodedFailure `damaged-file` for a picture without extent. */
export function checkedSize(width: number, height: number): Size {
  if (!(width >= 1 && height >= 1))
    throw new CodedFailure('damaged-file', `The header says ${width} x ${height} pixels`);
  return { width, height };
}
