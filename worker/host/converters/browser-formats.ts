import type { JobStage, Progress } from '#contract/jobs.ts';
import { decodePicture, readScaled } from '../decode-picture.ts';
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

/** Makes a JPEG of a frame of the camera. The bitmap is closed. */
export async function encodeFrame(frame: ImageBitmap): Promise<ConvertedPhoto> {
  try {
    return await encodeOriginal(readScaled(frame, Math.max(frame.width, frame.height)));
  } finally {
    frame.close();
  }
}
