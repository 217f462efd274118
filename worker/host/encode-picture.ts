import type { RgbaImage } from '#contract/images.ts';
import { fitLongSide, openCanvas } from './decode-picture.ts';

/** Quality at which the ringing around letters is below what a reader sees at 200 %. */
export const storedQuality = 0.88;
const coverQuality = 0.75;
const coverLongSidePx = 480;

/** Encodes without metadata: only pixels reach the encoder, so nothing of the photo's EXIF can. */
export async function encodePicture(
  image: RgbaImage,
  type: 'image/jpeg' | 'image/png',
  quality = storedQuality,
): Promise<Blob> {
  const context = drawImage(image);
  const blob = await context.canvas.convertToBlob({ type, quality });
  context.canvas.width = 0;
  return blob;
}

/** A small JPEG for lists. */
export async function encodeCover(image: RgbaImage, longSidePx = coverLongSidePx): Promise<Blob> {
  const source = drawImage(image);
  const size = fitLongSide(image, longSidePx);
  const cover = openCanvas(size);
  cover.imageSmoothingQuality = 'medium';
  cover.drawImage(source.canvas, 0, 0, size.width, size.height);
  source.canvas.width = 0;
  const blob = await cover.canvas.convertToBlob({ type: 'image/jpeg', quality: coverQuality });
  cover.canvas.width = 0;
  return blob;
}

function drawImage({ width, height, data }: RgbaImage): OffscreenCanvasRenderingContext2D {
  const context = openCanvas({ width, height });
  context.putImageData(new ImageData(data, width, height), 0, 0);
  return context;
}
