import type { RgbaImage } from '#contract/images.ts';
import { readRow, type Plane } from '#worker/vision/plane.ts';
import type { PaperLight } from './estimate-paper.ts';

/** How a cleaned value becomes the value that is shown. */
export interface Tone {
  /** Share of the light that is evened out, 0 to 1: 1 makes all paper equally white. */
  readonly evenness: number;
  /** Paper at 1 and ink at 0 in, 0 to 255 out; asked for values from 0 to `mostTone`. */
  readonly curve: (value: number) => number;
}

/** Glare and grain reach above the paper's own white; beyond 1.5 times it is white whatever the curve. */
const mostTone = 1.5;
const toneSteps = 256;

/**
 * Divides the page by the light on its paper and passes each channel through the tone curve; the paper's tint goes
 * with its light. Evenness below 1 divides by that power of the light.
 */
export function evenLight(page: RgbaImage, light: PaperLight, tone: Tone): RgbaImage {
  const { width, height } = page;
  const table = tabulate(tone.curve);
  const red = gainsOf(light.red, tone.evenness);
  const green = gainsOf(light.green, tone.evenness);
  const blue = gainsOf(light.blue, tone.evenness);
  const redRow = new Float32Array(width);
  const greenRow = new Float32Array(width);
  const blueRow = new Float32Array(width);
  const data = new Uint8ClampedArray(width * height * 4);
  const last = table.length - 1;
  for (let y = 0, at = 0; y < height; y++) {
    readRow(red, light.factor, y, redRow);
    readRow(green, light.factor, y, greenRow);
    readRow(blue, light.factor, y, blueRow);
    for (let x = 0; x < width; x++, at += 4) {
      const r = ((page.data[at] ?? 0) * (redRow[x] ?? 0)) | 0;
      const g = ((page.data[at + 1] ?? 0) * (greenRow[x] ?? 0)) | 0;
      const b = ((page.data[at + 2] ?? 0) * (blueRow[x] ?? 0)) | 0;
      data[at] = table[r < last ? r : last] ?? 255;
      data[at + 1] = table[g < last ? g : last] ?? 255;
      data[at + 2] = table[b < last ? b : last] ?? 255;
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** Per value of the page: steps of the tone table, `toneSteps` for bare paper when evened out in full. */
function gainsOf(light: Plane<Float32Array>, evenness: number): Plane<Float32Array> {
  const values = new Float32Array(light.values.length);
  for (let at = 0; at < values.length; at++)
    values[at] = (toneSteps / 255) * (255 / (light.values[at] ?? 255)) ** evenness;
  return { width: light.width, height: light.height, values };
}

function tabulate(curve: (value: number) => number): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: Math.round(mostTone * toneSteps) + 1 }, (_, step) =>
    curve((step + 0.5) / toneSteps),
  );
}

/** Replaces each colour by its brightness (ITU-R BT.601 weights, those of JPEG). */
export function greyInPlace({ data }: RgbaImage): void {
  for (let at = 0; at < data.length; at += 4) {
    const grey = ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29 + 128) >> 8;
    data[at] = grey;
    data[at + 1] = grey;
    data[at + 2] = grey;
  }
}
