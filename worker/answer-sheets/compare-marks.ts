import type { Ink } from './measure-ink.ts';
import type { Prints } from './print-of-values.ts';
import { patchSamples, patchSide, type Patches } from './sample-patches.ts';

/** Below this no stroke is there at all. */
const leastStroke = 0.12;

/** With fewer marks than this, a sheet has no usual mark. */
const fewest = 10;

/** Each is compared with so many others at most. */
const mostPeers = 120;

/** A pen that was used in two ways shows each a few times; two stray strokes may be alike. */
const rank = 3;

/**
 * How alike the ink in each bubble is to other ink of its sheet: the cosine between what it adds to the print, smoothed, and the same of
 * the bubble that is third in likeness; 1 for the same mark, 0 for marks that have no place in common. `undefined` where there is
 * no ink, or the sheet has too few marks to compare.
 */
export function compareMarks(
  patches: Patches,
  { ofCells, ofAny }: Pick<Prints, 'ofCells' | 'ofAny'>,
  inks: readonly Ink[],
): readonly (number | undefined)[] {
  const likenesses: (number | undefined)[] = inks.map(() => undefined);
  const inked = inks.flatMap(({ stroke }, cell) => (stroke < leastStroke ? [] : [cell]));
  if (inked.length < fewest) return likenesses;
  const shapes = inked.map((cell) => shapeOf(patches, cell, ofCells[cell] ?? ofAny));
  const stride = Math.ceil(shapes.length / mostPeers);
  const peers = shapes.filter((_, at) => at % stride === 0);
  inked.forEach((cell, at) => {
    const shape = shapes[at] ?? new Float32Array();
    likenesses[cell] = likenessOfRank(shape, peers);
  });
  return likenesses;
}

/** Likeness to the peer that is `rank`th in it; `undefined` where there are fewer. */
function likenessOfRank(shape: Float32Array, peers: readonly Float32Array[]): number | undefined {
  const best = new Float64Array(rank).fill(-1);
  let count = 0;
  for (const peer of peers) {
    if (peer === shape) continue;
    count++;
    const likeness = productOf(shape, peer);
    let place = rank - 1;
    if (likeness <= (best[place] ?? 0)) continue;
    for (; place > 0 && likeness > (best[place - 1] ?? 0); place--) best[place] = best[place - 1] ?? 0;
    best[place] = likeness;
  }
  return count < rank ? undefined : best[rank - 1];
}

/** What lies over the print, as a vector of length 1: smoothed, as no mark is drawn in quite the same place twice. */
function shapeOf(patches: Patches, cell: number, print: Uint8Array): Float32Array {
  const extra = new Float32Array(patchSamples);
  for (let at = 0; at < patchSamples; at++)
    extra[at] = Math.max(0, (patches[cell * patchSamples + at] ?? 0) - (print[at] ?? 0));
  const shape = smoothAlong(smoothAlong(extra, 1, patchSide), patchSide, 1);
  const length = Math.sqrt(productOf(shape, shape));
  return length > 0 ? shape.map((value) => value / length) : shape;
}

/** Weights 1, 2, 1 along rows (`step` 1) or columns, with nothing beyond the edges. */
function smoothAlong(values: Float32Array, step: number, across: number): Float32Array {
  const smooth = new Float32Array(values.length);
  for (let line = 0; line < patchSide; line++)
    for (let place = 0; place < patchSide; place++) {
      const at = line * across + place * step;
      const before = place > 0 ? (values[at - step] ?? 0) : 0;
      const after = place < patchSide - 1 ? (values[at + step] ?? 0) : 0;
      smooth[at] = before + 2 * (values[at] ?? 0) + after;
    }
  return smooth;
}

function productOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
