import { fitAffine, fitHomography, type Correspondence } from '#worker/vision/fit-transform.ts';
import { projectPoint, type Homography, type XY } from '#worker/vision/geometry.ts';
import type { OutlineMap } from './outline.ts';

/** A place in the raster and what is to be seen there. */
export interface Probe extends XY {
  readonly map: OutlineMap;
}

/** How the grid lies in the raster as a whole. */
export interface Placement {
  /** Takes expected places to where the bubbles are. */
  readonly transform: Homography;
  /** Mean of how well outlines show in their places, less what shows just beyond the edges of blocks; at most 1. */
  readonly score: number;
}

/** An outline that shows better than this is there: chance finds 0.3 in a small window, the faintest outline 0.4. */
export const leastStrength = 0.36;

/** Shifts tried beyond the best one: its rivals are the grid put off by a row or a column. */
const shiftCount = { few: 7, many: 5 } as const;

/** Fewer bubbles than this are looked at more closely. */
const few = 100;

/** So many bubbles place the grid; more make it no surer. */
const sampleCount = 130;

/** Taken off the score for each gap that the grid is shifted by. */
const shiftCost = 0.02;

const identity: Homography = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/**
 * Places the grid as a whole: the best shifts by correlation of all bubbles at once, each refined to a homography by
 * iterated closest points, robustly (weights by strength, and Tukey's biweight of the distance). A grid that is off by a
 * row or a column misses the bubbles of one edge and leaves those of the other outside: what shows just beyond the edges
 * counts against it.
 *
 * @param places expected centres of the bubbles in the raster.
 * @param beyond the places just beyond the edges of blocks.
 * @param gap distances of neighbours in pixels of the raster.
 * @param reach how far the whole grid may be off.
 */
export function placeGrid(places: readonly Probe[], beyond: readonly Probe[], gap: XY, reach: XY): Placement {
  const stride = Math.max(1, Math.floor(places.length / sampleCount));
  const sample = places.filter((_, at) => at % stride === 0);
  let best: Placement = { transform: identity, score: -1 };
  for (const shift of bestShifts(sample, gap, reach)) {
    const transform = refine(sample, gap, [1, 0, shift.x, 0, 1, shift.y, 0, 0, 1]);
    const outside = showing(beyond, transform, gap) * (beyond.length / places.length);
    // Being a whole row off has to show more bubbles, not just as many.
    const score = showing(places, transform, gap) - outside - shiftCost * Math.hypot(shift.x / gap.x, shift.y / gap.y);
    if (score > best.score) best = { transform, score };
  }
  return best;
}

function bestShifts(sample: readonly Probe[], gap: XY, reach: XY): readonly XY[] {
  const step = sample.length < few ? 2 : 3;
  const across = Math.round(reach.x / step);
  const down = Math.round(reach.y / step);
  const scores: { x: number; y: number; score: number }[] = [];
  const coarse = sample.filter((_, at) => at % Math.max(1, Math.floor(sample.length / 70)) === 0);
  for (let row = -down; row <= down; row++)
    for (let column = -across; column <= across; column++) {
      const x = column * step;
      const y = row * step;
      let sum = 0;
      for (const place of coarse) sum += Math.max(0, place.map.at(Math.round(place.x) + x, Math.round(place.y) + y));
      scores.push({ x, y, score: sum });
    }
  const chosen: XY[] = [{ x: 0, y: 0 }];
  for (const { x, y } of scores.toSorted((a, b) => b.score - a.score)) {
    if (chosen.length > (sample.length < few ? shiftCount.few : shiftCount.many)) break;
    if (chosen.slice(1).every((other) => Math.abs(other.x - x) > gap.x / 3 || Math.abs(other.y - y) > gap.y / 3))
      chosen.push({ x, y });
  }
  return chosen;
}

/** Windows, in gaps, of the rounds: wide while the whole may still be turned or scaled a little. */
const windows = [0.45, 0.45, 0.36, 0.28, 0.2];

function refine(sample: readonly Probe[], gap: XY, start: Homography): Homography {
  let transform = start;
  windows.forEach((window, round) => {
    const pairs = sample.flatMap((from): Correspondence[] => {
      const expected = projectPoint(transform, from);
      const found = from.map.peakNear(expected.x, expected.y, window * gap.x, window * gap.y);
      const weight = Math.max(0, found.strength - 0.2) ** 2;
      return weight > 0 ? [{ from, to: found, weight }] : [];
    });
    if (pairs.length < 6) return;
    const fit = round < 2 || pairs.length < 12 ? fitAffine : fitHomography;
    const first = fit(pairs);
    if (first === undefined) return;
    const cut = 0.6 * window * Math.min(gap.x, gap.y);
    const kept = pairs.map((pair): Correspondence => {
      const at = projectPoint(first, pair.from);
      const share = Math.min(1, Math.hypot(at.x - pair.to.x, at.y - pair.to.y) / (2 * cut));
      return { ...pair, weight: pair.weight * (1 - share * share) ** 2 };
    });
    transform = fit(kept) ?? first;
  });
  return transform;
}

/** The grid where its frame has it, not looked for. */
export function takeAsPlaced(places: readonly Probe[], gap: XY): Placement {
  return { transform: identity, score: showing(places, identity, gap) };
}

/** Mean of how well outlines show within an eighth of a gap from their places, 0 where none do. */
function showing(places: readonly Probe[], transform: Homography, gap: XY): number {
  let sum = 0;
  for (const place of places) {
    const { x, y } = projectPoint(transform, place);
    sum += Math.max(0, place.map.peakNear(x, y, 0.12 * gap.x, 0.12 * gap.y).strength);
  }
  return places.length === 0 ? 0 : sum / places.length;
}
