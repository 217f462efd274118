import { openCanvas, type Canvas } from './print-sheet.ts';
import type { PrintedDesign } from './printed-design.ts';
import type { Random } from './random.ts';

/** Pixels of a character's picture, each way. */
const inkPx = 28;

/**
 * Of the picture, in widths of the box, which is narrower than high. The character itself fills 20 of the picture's 28 pixels, so
 * that people who write small fill three fifths of the box's width, and others all but a seventh.
 */
const sizes = [0.85, 1.2] as const;

/** How far off the middle of its box a character is written, as a deviation in widths of it, and how slanted, in radians. */
const off = 0.06;
const slant = 0.06;

/**
 * Writes characters into the boxes of a sheet, in one pen. They are the strokes of people, whatever the pen.
 *
 * @param inks by label of the box: 28 x 28 bytes in base64, ink 255 on 0
 */
export function writeCharacters(
  canvas: Canvas,
  { design }: PrintedDesign,
  inks: Readonly<Record<string, string>>,
  random: Random,
): void {
  const grey = random.between(20, 120);
  const share = random.between(...sizes);
  for (const { label, left, top, width, height } of design.written ?? []) {
    const ink = inks[label];
    if (ink === undefined) continue;
    canvas.save();
    const size = share * width;
    const deviation = off * width;
    canvas.translate(left + width / 2 + random.normal() * deviation, top + height / 2 + random.normal() * deviation);
    canvas.rotate(random.normal() * slant);
    canvas.imageSmoothingEnabled = true;
    canvas.imageSmoothingQuality = 'high';
    canvas.drawImage(paintInk(ink, grey).canvas, -size / 2, -size / 2, size, size);
    canvas.restore();
  }
}

function paintInk(ink: string, grey: number): Canvas {
  const picture = openCanvas(inkPx, inkPx);
  const image = picture.createImageData(inkPx, inkPx);
  Array.from(atob(ink), (byte) => byte.codePointAt(0) ?? 0).forEach((value, at) => {
    image.data.set([grey, grey, grey, value], at * 4);
  });
  picture.putImageData(image, 0, 0);
  return picture;
}
