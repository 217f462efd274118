import { CodedFailure } from '#contract/failures.ts';
import type { RgbaImage, Size } from '#contract/images.ts';
import { encodePicture } from '../encode-picture.ts';

/** A JPEG made of one picture of a file. */
export interface ConvertedPhoto {
  readonly photo: Blob;
  readonly size: Size;
}

/** An opened file of a format that browsers do not decode. */
export interface PhotoFile {
  readonly pictures: number;
  /** @throws CodedFailure `damaged-file` where the picture does not decode, `too-many-pixels` where it is too large. */
  convert(index: number, encoding: () => void): Promise<ConvertedPhoto>;
  close(): Promise<void>;
}

/** The limit that imported files are held to; here for pictures whose size only their decoder knows. */
const mostPixels = 100e6;

/**
 * Quality of the JPEG that takes the place of the original. It is kept and worked on, so it must lose next to nothing:
 * at 0.95 the error stays below the noise of a phone's camera.
 */
const originalQuality = 0.95;

export async function encodeOriginal(image: RgbaImage): Promise<ConvertedPhoto> {
  const photo = await encodePicture(image, 'image/jpeg', originalQuality);
  return { photo, size: { width: image.width, height: image.height } };
}

/** @throws CodedFailure `too-many-pixels`, `damaged-file` for a picture without extent. */
export function checkSize({ width, height }: Size): void {
  if (!(width >= 1 && height >= 1)) throw new CodedFailure('damaged-file', `A picture of ${width} x ${height} pixels`);
  if (width * height > mostPixels) {
    throw new CodedFailure('too-many-pixels', `${width} x ${height} pixels`, { width, height });
  }
}

/** The item of that index. @throws CodedFailure `internal`: the page asked for a picture that the file does not have. */
export function pictureAt<T>(pictures: readonly T[], index: number): T {
  const picture = pictures[index];
  if (picture === undefined) throw new CodedFailure('internal', `No picture ${index} of ${pictures.length}`);
  return picture;
}
