import type { JobStage, Progress } from '#contract/jobs.ts';
import { decodePicture, readScaled } from '../decode-picture.ts';
import { encodePicture } from '../encode-picture.ts';
import { checkSize, encodeOriginal, type ConvertedPhoto } from './photo-file.ts';

/** Makes a JPEG of a picture that the browser decodes by itself. */
export async function reencodePicture(
  file: Blob,
  report: (progress: Progress<JobStage<'photos.convert'>>) => void,
): Promise<ConvertedPhoto> {
  report({ stage: 'decode' });
  const bitmap = await decodePicture(file);
  try {
    checkSize(bitmap);
    const image = readScaled(bitmap, Math.max(bitmap.width, bitmap.height));
    report({ stage: 'encode' });
    return await encodeOriginal(image);
  } finally {
    bitmap.close();
  }
}

/** Makes a smaller JPEG of a picture that has more than so many pixels; one that has not comes back as it is. */
export async function shrinkPicture(
  photo: Blob,
  mostPixels: number,
  quality: number,
  report: (progress: Progress<JobStage<'photos.shrink'>>) => void,
): Promise<ConvertedPhoto> {
  report({ stage: 'decode' });
  const bitmap = await decodePicture(photo);
  try {
    const { width, height } = bitmap;
    const scale = Math.sqrt(mostPixels / (width * height));
    if (scale >= 1) return { photo, size: { width, height } };
    const image = readScaled(bitmap, Math.floor(scale * Math.max(width, height)));
    report({ stage: 'encode' });
    return {
      photo: await encodePicture(image, 'image/jpeg', quality),
      size: { width: image.width, height: image.height },
    };
  } finally {
    bitmap.close();
  }
}

/** Makes a JPEG of a frame of the camera. The bitmap is closed. */
export async function encodeFrame(frame: ImageBitmap): Promise<ConvertedPhoto> {
  try {
    return await encodeOriginal(readScaled(frame, Math.max(frame.width, frame.height)));
  } finally {
    frame.close();
  }
}
