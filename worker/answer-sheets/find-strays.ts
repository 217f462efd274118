import type { XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { measureStrokeThrough } from './measure-arms.ts';
import type { Ink } from './measure-ink.ts';
import type { Outline } from './outline.ts';

/** Ink of a bubble with a stroke in it that is not filled: its fill is at most this share of its stroke. */
const strokes = { least: 0.2, mostFill: 0.6 } as const;

/** Darkness, 0 to 255, from which on a stroke goes through: of 5900 ticks and crosses on 240 drawn sheets none reached 80. */
const throughFrom = 85;

/** Where more of a sheet's strokes than this go through, its pupil marks so. */
const habitShare = 0.1;

/** Bubbles that a stroke passes through and leaves on both sides, as a tick or a cross of this sheet does not: they may be strays. */
export function findStrays(
  raster: Plane,
  centers: readonly XY[],
  outlines: readonly Outline[],
  inks: readonly Ink[],
): ReadonlySet<number> {
  let drawn = 0;
  const strays = new Set<number>();
  inks.forEach(({ fill, stroke }, cell) => {
    const center = centers[cell];
    const outline = outlines[cell];
    if (stroke < strokes.least || fill > strokes.mostFill * stroke || center === undefined || outline === undefined)
      return;
    drawn++;
    if (measureStrokeThrough(raster, center, outline) >= throughFrom) strays.add(cell);
  });
  return drawn >= 10 && strays.size > habitShare * drawn ? new Set() : strays;
}
