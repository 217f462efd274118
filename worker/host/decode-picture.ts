import { CodedFailure } from '#contract/failures.ts';
import type { RgbaImage, Size } from '#contract/images.ts';
import { findMissingEnd } from './check-complete.ts';

/**
 * Decodes a picture in a format of the browser, upright as its EXIF orientation says. The caller closes the bitmap.
 *
 * @throws CodedFailure `damaged-file` where it is cut off or does not decode.
 */
export async function decodePicture(photo: Blob): Promise<ImageBitmap> {
  const missing = findMissingEnd(new Uint8Array(await photo.arrayBuffer()));
  if (missing !== undefined) throw new CodedFailure('damaged-file', missing);
  try {
    return await createImageBitmap(photo, { imageOrientation: 'from-image' });
  } catch (cause) {
    throw new CodedFailure('damaged-file', 'The browser does not decode this picture', undefined, cause);
  }
}

/** Size of a picture scaled down, never up, to a long side of at most `longSidePx`. */
export function fitLongSide({ width, height }: Size, longSidePx: number): Size {
  const scale = Math.min(1, longSidePx / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * Reads the bitmap as RGBA, scaled down to a long side of at most `longSidePx`, straight from the bitmap: finding a page never
 * copies the 48 MB of a 12-megapixel photo. What is transparent becomes white, as paper is.
 */
export function readScaled(bitmap: ImageBitmap, longSidePx: number): RgbaImage {
  const { width, height } = fitLongSide(bitmap, longSidePx);
  const context = openCanvas({ width, height });
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  // Plain bilinear sampling skips pixels when it shrinks by more than two, and thin edges break up.
  context.imageSmoothingQuality = bitmap.width > 2 * width ? 'medium' : 'low';
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  context.canvas.width = 0;
  return { width, height, data };
}

/** Every browser has canvases of this many pixels; of more, some give one that stays blank without a word. */
const surePixels = 16e6;

/**
 * A drawing context in main memory, as every pixel is read back.
 *
 * @throws CodedFailure `out-of-memory` where the browser gives none of this size.
 */
export function openCanvas({ width, height }: Size): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context || (width * height > surePixels && staysBlank(context))) {
    throw new CodedFailure('out-of-memory', `No canvas of ${width} x ${height} pixels`);
  }
  return context;
}

function staysBlank(context: OffscreenCanvasRenderingContext2D): boolean {
  const { width, height } = context.canvas;
  context.fillStyle = 'white';
  context.fillRect(width - 1, height - 1, 1, 1);
  return context.getImageData(width - 1, height - 1, 1, 1).data[0] !== 255;
}
