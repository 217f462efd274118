import { type PhotoPoint, type Quad, type Size, photoPoint } from '#contract/images.ts';
import type { SheetPhotoReading } from '#contract/sheets.ts';

/** The reading in pixels of a smaller copy of its photo. */
export function scaleReading(read: SheetPhotoReading, to: Size): SheetPhotoReading {
  const { reading, photoSize: from } = read;
  if (!reading?.found) return { ...read, photoSize: to };
  const scale = ({ x, y }: PhotoPoint) => photoPoint((x * to.width) / from.width, (y * to.height) / from.height);
  const scaleQuad = ([a, b, c, d]: Quad): Quad => [scale(a), scale(b), scale(c), scale(d)];
  return {
    ...read,
    photoSize: to,
    reading: {
      ...reading,
      corners: scaleQuad(reading.corners),
      fields: reading.fields.map((field) => ({
        ...field,
        bubbles: field.bubbles.map((bubble) => ({ ...bubble, center: scale(bubble.center) })),
        ...(field.written === undefined
          ? {}
          : { written: { ...field.written, corners: scaleQuad(field.written.corners) } }),
      })),
    },
  };
}
