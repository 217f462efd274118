import { distanceBetween, projectPoint, type Homography, type XY } from '#worker/vision/geometry.ts';
import { median, type Grid } from './grid.ts';
import { leastStrength, type Probe } from './place-grid.ts';

/** Where each bubble lies in the raster, in the order of the grid's cells. */
export interface FollowedGrid {
  readonly centers: readonly XY[];
  /** Whether the bubble's own outline was seen there. */
  readonly seen: readonly boolean[];
  /** Distance of the seen outline from where its neighbours expect it, in pixels; 0 where it was not seen. */
  readonly residuals: readonly number[];
  /** Whether the grid seems to be off by a row or a column somewhere. */
  readonly misplaced: boolean;
}

/** How far from where its neighbours expect it a bubble is looked for, in gaps: never as far as the next one. */
const window = 0.33;

/** A bubble farther off than this, in gaps, from what its neighbours say is something else. */
const mostOff = 0.2;

/** Passes over the grid; each carries what is known at least one bubble on. */
const mostPasses = 40;

/**
 * Follows the paper bubble by bubble: those that lie where the whole grid says are taken first; each other one is looked
 * for where its known neighbours are shifted to, pass by pass, so that curl and skew are followed as far as they bend
 * slowly from one bubble to the next. What shows no outline takes its place from its neighbours.
 */
export function followPaper(
  grid: Grid,
  places: readonly Probe[],
  beyond: readonly Probe[],
  whole: Homography,
  gap: XY,
): FollowedGrid {
  const expected = places.map((place) => projectPoint(whole, place));
  const shifts: (XY | undefined)[] = expected.map(() => undefined);
  const rejected = expected.map(() => false);

  const shiftAround = (cell: number, least: number): XY | undefined => {
    let sum = 0;
    let x = 0;
    let y = 0;
    let count = 0;
    const at = expected[cell];
    for (const other of grid.cells[cell]?.neighbours ?? []) {
      const shift = shifts[other];
      const place = expected[other];
      if (shift === undefined || place === undefined || at === undefined) continue;
      const weight = 1 / (distanceBetween(place, at) ** 2 + 1);
      sum += weight;
      x += weight * shift.x;
      y += weight * shift.y;
      count++;
    }
    return count >= least && sum > 0 ? { x: x / sum, y: y / sum } : undefined;
  };

  const look = (cell: number, from: XY, reach: number): XY | undefined => {
    const at = expected[cell] ?? from;
    const found = places[cell]?.map.peakNear(at.x + from.x, at.y + from.y, reach * gap.x, reach * gap.y);
    if (found === undefined || found.strength < leastStrength) return undefined;
    const shift = { x: found.x - at.x, y: found.y - at.y };
    const off = Math.max(Math.abs(shift.x - from.x) / gap.x, Math.abs(shift.y - from.y) / gap.y);
    return off <= mostOff ? shift : undefined;
  };

  expected.forEach((_, cell) => {
    shifts[cell] = look(cell, { x: 0, y: 0 }, 0.2);
  });
  dropLoners(grid, shifts, shiftAround, gap);
  for (let pass = 0; pass < mostPasses; pass++) {
    let found = 0;
    shifts.forEach((own, cell) => {
      if (own !== undefined || rejected[cell] === true) return;
      const around = shiftAround(cell, 2);
      if (around === undefined) return;
      const shift = look(cell, around, window);
      if (shift === undefined) rejected[cell] = pass > 2;
      else {
        shifts[cell] = shift;
        found++;
      }
    });
    if (found === 0 && pass > 2) break;
  }
  dropLoners(grid, shifts, shiftAround, gap);

  const usual = { x: median(known(shifts, 'x')), y: median(known(shifts, 'y')) };
  const residuals: number[] = [];
  const centers = expected.map((at, cell): XY => {
    const own = shifts[cell];
    const around = shiftAround(cell, 1) ?? own ?? usual;
    residuals.push(own === undefined ? 0 : distanceBetween(own, around));
    // Half its own, half its neighbours': a mark that reaches over the outline pulls on it, and the farther the less it is believed.
    const off =
      own === undefined ? 1 : Math.max(Math.abs(own.x - around.x) / gap.x, Math.abs(own.y - around.y) / gap.y);
    const share = own === undefined ? 0 : Math.max(0, 1 - off / mostOff) / 2;
    const { x, y } = own ?? around;
    return { x: at.x + around.x + share * (x - around.x), y: at.y + around.y + share * (y - around.y) };
  });
  const seen = shifts.map((shift) => shift !== undefined);
  const misplaced = isTorn(grid, shifts, gap) || isMisplaced(grid, beyond, whole, gap, { centers, expected, seen });
  return { centers, seen, residuals, misplaced };
}

/** Nearest neighbours that are compared: those beside, above and below. */
const closeNeighbours = 4;

/** Paper bends slowly: neighbours of a block whose shifts differ by more than this, in gaps, follow different rows. */
const tornBy = 0.4;

/** Whether parts of the grid took hold of different rows or columns, so that they run into each other somewhere. */
function isTorn(grid: Grid, shifts: readonly (XY | undefined)[], gap: XY): boolean {
  return grid.cells.some(({ block, neighbours }, cell) => {
    const own = shifts[cell];
    if (own === undefined) return false;
    return neighbours.slice(0, closeNeighbours).some((other) => {
      const shift = shifts[other];
      if (shift === undefined || grid.cells[other]?.block !== block) return false;
      return Math.abs(own.x - shift.x) > tornBy * gap.x || Math.abs(own.y - shift.y) > tornBy * gap.y;
    });
  });
}

/** Shares of an edge's bubbles, and of the places beyond the opposite one, that tell of a grid off by one step. */
const misplacedShares = { edge: 0.4, beyond: 0.6 } as const;

/** Fewer places beyond an edge than this tell nothing. */
const fewestBeyond = 3;

const opposite = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' } as const;

/** Whether some block has bubbles just beyond one edge and none at the opposite one. */
function isMisplaced(
  grid: Grid,
  beyond: readonly Probe[],
  whole: Homography,
  gap: XY,
  { centers, expected, seen }: { centers: readonly XY[]; expected: readonly XY[]; seen: readonly boolean[] },
): boolean {
  const edges = new Map<string, { cells: number; seen: number; beyond: number }>();
  grid.beyond.forEach(({ cell, side }, at) => {
    const key = `${grid.cells[cell]?.block ?? 0} ${side}`;
    const edge = edges.get(key) ?? { cells: 0, seen: 0, beyond: 0 };
    edges.set(key, edge);
    edge.cells++;
    if (seen[cell] === true) edge.seen++;
    const probe = beyond[at];
    const center = centers[cell];
    const from = expected[cell];
    if (probe === undefined || center === undefined || from === undefined) return;
    const { x, y } = projectPoint(whole, probe);
    const found = probe.map.peakNear(x + center.x - from.x, y + center.y - from.y, 0.12 * gap.x, 0.12 * gap.y);
    if (found.strength >= leastStrength) edge.beyond++;
  });
  for (const [key, edge] of edges) {
    const [block = '', side] = key.split(' ');
    if (side !== 'left' && side !== 'right' && side !== 'top' && side !== 'bottom') continue;
    const across = edges.get(`${block} ${opposite[side]}`);
    if (across === undefined || edge.cells < fewestBeyond || across.cells < fewestBeyond) continue;
    if (edge.beyond >= misplacedShares.beyond * edge.cells && across.seen <= misplacedShares.edge * across.cells)
      return true;
  }
  return false;
}

/** Forgets shifts that the neighbours contradict. */
function dropLoners(
  grid: Grid,
  shifts: (XY | undefined)[],
  shiftAround: (cell: number, least: number) => XY | undefined,
  gap: XY,
): void {
  const doubted = grid.cells.map((_, cell) => {
    const own = shifts[cell];
    const around = shiftAround(cell, 3);
    if (own === undefined || around === undefined) return false;
    return Math.abs(own.x - around.x) > mostOff * gap.x || Math.abs(own.y - around.y) > mostOff * gap.y;
  });
  doubted.forEach((doubt, cell) => {
    if (doubt) shifts[cell] = undefined;
  });
}

function known(shifts: readonly (XY | undefined)[], axis: 'x' | 'y'): readonly number[] {
  return shifts.flatMap((shift) => (shift === undefined ? [] : [shift[axis]]));
}
