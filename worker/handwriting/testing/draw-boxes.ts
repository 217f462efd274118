import type { RgbaImage } from '#contract/images.ts';
import type { Position } from '#contract/sheets.ts';
import { blurPlane } from '../normalise-character.ts';

/** Points that a pen passes, in shares of the box: (0, 0) is its top left. */
export type Stroke = readonly (readonly [number, number])[];

/** Some characters as a careful hand draws them. */
export const strokesOf: Readonly<Record<string, readonly Stroke[]>> = {
  '1': [
    [
      [0.5, 0.2],
      [0.5, 0.8],
    ],
  ],
  '7': [
    [
      [0.3, 0.2],
      [0.7, 0.2],
      [0.45, 0.8],
    ],
  ],
  '0': [
    Array.from({ length: 25 }, (_, at) => [0.5 + 0.2 * Math.sin(at / 3.82), 0.5 - 0.3 * Math.cos(at / 3.82)] as const),
  ],
  L: [
    [
      [0.35, 0.2],
      [0.35, 0.8],
      [0.65, 0.8],
    ],
  ],
  X: [
    [
      [0.3, 0.2],
      [0.7, 0.8],
    ],
    [
      [0.7, 0.2],
      [0.3, 0.8],
    ],
  ],
};

export interface DrawnBox {
  readonly strokes: readonly Stroke[];
  /** Of the paper's brightness that the pen leaves; 0 is black ink. */
  readonly shade?: number;
  /** Width of the pen as a share of the box. */
  readonly width?: number;
}

export interface Sheet {
  readonly picture: RgbaImage;
  /** Corners of each box, clockwise from the top left. */
  readonly outlines: readonly (readonly [Position, Position, Position, Position])[];
}

export interface Paper {
  readonly boxPx?: number;
  readonly brightness?: number;
  /** Standard deviation of the grain, 0 to 255. */
  readonly grain?: number;
  /** How much darker the right side is, 0 to 1. */
  readonly shadow?: number;
  readonly lineShade?: number;
  readonly linePx?: number;
  /** Standard deviation of the lens' blur. */
  readonly blurPx?: number;
  /** Turned clockwise, radians. */
  readonly turn?: number;
}

/** A row of printed boxes that share their sides, written in, on paper with grain and shadow. */
export function drawBoxes(boxes: readonly DrawnBox[], paper: Paper = {}): Sheet {
  const {
    boxPx = 48,
    brightness = 235,
    grain = 3,
    shadow = 0,
    lineShade = 0.2,
    linePx = 2,
    blurPx = 0,
    turn = 0,
  } = paper;
  const margin = boxPx;
  const width = Math.ceil(boxPx * boxes.length + 2 * margin);
  const height = Math.ceil(boxPx + 2 * margin);
  const middle = { x: width / 2, y: height / 2 };
  const place = (x: number, y: number): Position => ({
    x: middle.x + (x - middle.x) * Math.cos(turn) - (y - middle.y) * Math.sin(turn),
    y: middle.y + (x - middle.x) * Math.sin(turn) + (y - middle.y) * Math.cos(turn),
  });
  const light = new Float32Array(width * height).fill(1);
  const right = margin + boxPx * boxes.length;
  const line = (from: Position, to: Position, thickness: number, shade: number) =>
    drawSegment(light, width, from, to, thickness, shade);
  for (const y of [margin, margin + boxPx]) line(place(margin, y), place(right, y), linePx, lineShade);
  for (let index = 0; index <= boxes.length; index++) {
    const x = margin + index * boxPx;
    line(place(x, margin), place(x, margin + boxPx), linePx, lineShade);
  }
  for (const [index, { strokes, shade = 0.25, width: pen = 0.06 }] of boxes.entries()) {
    const at = ([x, y]: readonly [number, number]) => place(margin + (index + x) * boxPx, margin + y * boxPx);
    for (const stroke of strokes) {
      for (const [step, point] of stroke.slice(1).entries())
        line(at(stroke[step] ?? point), at(point), pen * boxPx, shade);
    }
  }
  const seen = blurPx === 0 ? light : blurPlane({ width, height, values: light }, blurPx).values;
  const data = new Uint8ClampedArray(4 * width * height);
  for (let pixel = 0; pixel < light.length; pixel++) {
    const fall = 1 - (shadow * (pixel % width)) / width;
    data.fill(brightness * fall * (seen[pixel] ?? 0) + grain * noiseAt(pixel), 4 * pixel, 4 * pixel + 3);
    data[4 * pixel + 3] = 255;
  }
  const outlines = boxes.map((_, index) => {
    const left = margin + index * boxPx;
    const corner = (x: number, y: number) => place(left + x * boxPx, margin + y * boxPx);
    return [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)] as const;
  });
  return { picture: { width, height, data }, outlines };
}

/** Darkens to `shade` along the line, with an edge one pixel soft. */
function drawSegment(
  light: Float32Array,
  width: number,
  from: Position,
  to: Position,
  thickness: number,
  shade: number,
): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const squared = Math.max(1e-9, dx * dx + dy * dy);
  for (let pixel = 0; pixel < light.length; pixel++) {
    const x = (pixel % width) + 0.5;
    const y = Math.floor(pixel / width) + 0.5;
    const along = Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / squared));
    const distance = Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
    const covered = Math.min(1, Math.max(0, thickness / 2 + 0.5 - distance));
    light[pixel] = Math.min(light[pixel] ?? 1, 1 - covered * (1 - shade));
  }
}

/** Roughly normal, the same at every run: a sum of three hashes. */
function noiseAt(seed: number): number {
  let sum = 0;
  for (let round = 1; round <= 3; round++) {
    let hash = Math.imul(seed + round * 7919, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    sum += ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 31 - 1;
  }
  return sum;
}
