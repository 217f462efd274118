import { type PhotoPoint, type Size, photoPoint } from '#contract/images.ts';
import type { SheetPhotoReading } from '#contract/sheets.ts';

/** The reading in pixels of a smaller copy of its photo. */
export function scaleReading(read: SheetPhotoReading, to: Size): SheetPhotoReading {
  const { reading, photoSize: from } = read;
  if (!reading?.found) return { ...read, photoSize: to };
  const scale = ({ x, y }: PhotoPoint) => photoPoint((x * to.width) / from.width, (y * to.height) / from.height);
  const [a, b, c, d] = reading.corners;
  return {
    ...read,
    photoSize: to,
    reading: {
      ...reading,
      corners: [scale(a), scale(b), scale(c), scale(d)],
      fields: reading.fields.map((field) => ({
        ...field,
        bubbles: field.bubbles.map((bubble) => ({ ...bubble, center: scale(bubble.center) })),
      })),
    },
  };
}
