import type { Size } from '#contract/images.ts';
import type { SheetRectangle } from '#contract/sheets.ts';
import {
  distanceBetween,
  homographyBetween,
  projectPoint,
  type FourPoints,
  type Homography,
  type XY,
} from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { median } from './grid.ts';
import { samplePlane } from './rectify-sheet.ts';

/** Where a box for a character lies in the photo. */
export interface FollowedBox {
  /** Middles of its printed lines, clockwise from the top left. */
  readonly corners: FourPoints;
  /** Whether its lines were seen there. */
  readonly seen: boolean;
}

/** Where the sheet lies, as far as marks and bubbles say. */
export interface PlacedSheet {
  /** Takes a point of the sheet to the photo. */
  readonly toPhoto: (point: XY) => XY;
  /** How far, in units of the sheet, it may be off at a point. */
  readonly slackAt: (point: XY) => number;
}

/** Pixels of a patch for a box's height: a line of 0.28 mm around a box of 8 mm is then nearly two pixels wide. */
const boxHeightPx = 48;

/** White around a row of boxes that is looked at, in box heights: as far as a row is looked for, and a stroke of pen more. */
const marginHeights = 0.55;

/**
 * How far, in box heights, a box with its neighbours is looked for around its row, and alone around its neighbours: a long row bends,
 * paper does not from one box to the next.
 */
const reachHeights = { withNeighbours: 0.17, alone: 0.06 } as const;

/**
 * A line is darker than what lies so far beside it by at least so much of 255: in box heights, and in pixels of the photo where that is
 * more, as a photo blurs the lines of small boxes that wide.
 */
const beside = { heights: 0.09, photoPx: 2 } as const;
const leastContrast = 5;

/** Lines are averaged along over so many pixels of the photo to either side: grain goes, and strokes across them stay short. */
const alongPhotoPx = 2;

/** Share of a box's lines that has to be seen. Strokes over a line hide a part of it; a blank place of paper shows under 0.2. */
const leastSeen = 0.5;

/** Boxes farther apart than this, in box heights, are not one row. */
const rowGapHeights = 0.1;

/**
 * Finds boxes by their printed lines: each row as a whole around where the sheet has it, then each box around its row's
 * place, so that a curled row is followed.
 *
 * @returns in the order of `boxes`; a box whose lines are not seen lies where its neighbours say
 */
export function followBoxes(
  photo: Plane,
  boxes: readonly SheetRectangle[],
  sheet: PlacedSheet,
): readonly FollowedBox[] {
  const found: FollowedBox[] = [];
  for (const row of groupRows(boxes)) {
    const members = row.flatMap((at) => boxes[at] ?? []);
    followRow(photo, members, sheet).forEach((box, at) => {
      const index = row[at];
      if (index !== undefined) found[index] = box;
    });
  }
  return found;
}

/** Indices of boxes that stand side by side, row by row, from left to right. */
function groupRows(boxes: readonly SheetRectangle[]): readonly (readonly number[])[] {
  const order = Array.from(boxes, (_, at) => at).toSorted((a, b) => {
    const [first, second] = [boxes[a], boxes[b]];
    if (first === undefined || second === undefined) return 0;
    return first.top - second.top || first.left - second.left;
  });
  const rows: number[][] = [];
  for (const at of order) {
    const row = rows.at(-1);
    const before = boxes[row?.at(-1) ?? -1];
    const box = boxes[at];
    if (box === undefined) continue;
    const isNext =
      before !== undefined &&
      before.top === box.top &&
      before.height === box.height &&
      Math.abs(box.left - before.left - before.width) < rowGapHeights * box.height;
    if (isNext) row?.push(at);
    else rows.push([at]);
  }
  return rows;
}

function followRow(photo: Plane, boxes: readonly SheetRectangle[], sheet: PlacedSheet): readonly FollowedBox[] {
  const [first] = boxes;
  const last = boxes.at(-1);
  if (first === undefined || last === undefined) return [];
  const scale = boxHeightPx / first.height;
  const margin = marginHeights * first.height;
  const left = first.left - margin;
  const top = first.top - margin;
  const frame = {
    width: Math.ceil((last.left + last.width + margin - left) * scale),
    height: Math.ceil((first.height + 2 * margin) * scale),
  };
  const toPhoto = homographyBetween(
    [
      { x: 0, y: 0 },
      { x: frame.width, y: 0 },
      { x: frame.width, y: frame.height },
      { x: 0, y: frame.height },
    ],
    [
      sheet.toPhoto({ x: left, y: top }),
      sheet.toPhoto({ x: left + frame.width / scale, y: top }),
      sheet.toPhoto({ x: left + frame.width / scale, y: top + frame.height / scale }),
      sheet.toPhoto({ x: left, y: top + frame.height / scale }),
    ],
  );
  const places = boxes.map((box) => ({
    left: (box.left - left) * scale,
    top: (box.top - top) * scale,
    width: box.width * scale,
    height: box.height * scale,
  }));
  if (toPhoto === undefined) return places.map(() => ({ corners: nowhere, seen: false }));
  const photoPx = frame.height / measureHeight(frame, toPhoto);
  const besidePx = Math.round(Math.max(beside.heights * boxHeightPx, beside.photoPx * photoPx));
  const patch = { ...frame, values: samplePlane(photo, frame.width, frame.height, toPhoto) };
  const lines = new LineMap(patch, besidePx, Math.round(alongPhotoPx * photoPx));
  const middle = { x: (first.left + last.left + last.width) / 2, y: first.top + first.height / 2 };
  const room = Math.max(1, Math.floor(marginHeights * boxHeightPx) - besidePx - 1);
  const reach = Math.min(room, Math.ceil(sheet.slackAt(middle) * scale));
  const whole = lines.findShift(places, { x: 0, y: 0 }, reach);
  const reachOf = (heights: number) => Math.ceil(heights * boxHeightPx);
  const own = places.map((place, at) => {
    const neighbours = places.slice(Math.max(0, at - 1), at + 2);
    const { shift } = lines.findShift(neighbours, whole.shift, reachOf(reachHeights.withNeighbours));
    return lines.findShift([place], shift, reachOf(reachHeights.alone));
  });
  return places.map((place, at) => {
    const seen = (own[at]?.share ?? 0) >= leastSeen;
    // The middle of the box and those beside it: a stroke along a line pulls on one box, not on three.
    const around = own.slice(Math.max(0, at - 1), at + 2).filter(({ share }) => share >= leastSeen);
    const shift =
      around.length === 0
        ? whole.shift
        : { x: median(around.map((each) => each.shift.x)), y: median(around.map((each) => each.shift.y)) };
    const x = place.left + shift.x;
    const y = place.top + shift.y;
    const corner = (across: number, down: number) =>
      projectPoint(toPhoto, { x: x + across * place.width, y: y + down * place.height });
    return { corners: [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)], seen };
  });
}

/** How high the middle of a patch is in the photo, in its pixels. */
function measureHeight({ width, height }: Size, toPhoto: Homography): number {
  const across = width / 2;
  return distanceBetween(projectPoint(toPhoto, { x: across, y: 0 }), projectPoint(toPhoto, { x: across, y: height }));
}

const nowhere: FourPoints = [
  { x: 0, y: 0 },
  { x: 0, y: 0 },
  { x: 0, y: 0 },
  { x: 0, y: 0 },
];

/** Samples are this many pixels apart along a line. */
const stridePx = 2;

/** Shares of lines that differ by less than this say the same of two places. */
const alikeShare = 0.03;

/** Of a printed line, blurred. */
const lineWidthPx = 3;

/** Mean of the pixels of a row or column that are at most `reach` away; fewer at its ends. */
function averageAlong({ width, height, values }: Plane, reach: number, way: 'across' | 'down'): Float32Array {
  const out = new Float32Array(values.length);
  const [count, step, lines, lineStep] = way === 'across' ? [width, 1, height, width] : [height, width, width, 1];
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep;
    let sum = 0;
    let seen = 0;
    for (let ahead = 0; ahead < count + reach; ahead++) {
      if (ahead < count) {
        sum += values[start + ahead * step] ?? 0;
        seen++;
      }
      const behind = ahead - 2 * reach - 1;
      if (behind >= 0) {
        sum -= values[start + behind * step] ?? 0;
        seen--;
      }
      if (ahead >= reach) out[start + (ahead - reach) * step] = sum / seen;
    }
  }
  return out;
}

/** Where upright and level lines show in a patch. */
class LineMap {
  readonly #width: number;
  readonly #height: number;
  /** 1 where a line runs across or down here. */
  readonly #level: Uint8Array;
  readonly #upright: Uint8Array;

  /** @param besidePx a line is darker than what lies so far to both sides; @param alongPx it is averaged over so much of it. */
  constructor(patch: Plane, besidePx: number, alongPx: number) {
    const { width, height } = patch;
    this.#width = width;
    this.#height = height;
    this.#level = new Uint8Array(width * height);
    this.#upright = new Uint8Array(width * height);
    const across = averageAlong(patch, alongPx, 'across');
    const down = averageAlong(patch, alongPx, 'down');
    for (let y = besidePx + 1; y < height - besidePx; y++)
      for (let x = besidePx + 1; x < width - besidePx; x++) {
        const at = y * width + x;
        // A line at this coordinate lies between this pixel and the one before.
        const upright = Math.min(down[at - 1] ?? 0, down[at] ?? 0);
        const level = Math.min(across[at - width] ?? 0, across[at] ?? 0);
        const aside = Math.min(down[at - 1 - besidePx] ?? 0, down[at + besidePx] ?? 0);
        const above = Math.min(across[at - (1 + besidePx) * width] ?? 0, across[at + besidePx * width] ?? 0);
        if (aside - upright >= leastContrast) this.#upright[at] = 1;
        if (above - level >= leastContrast) this.#level[at] = 1;
      }
  }

  /** The shift of boxes, at most `reach` pixels from `from`, at which the largest share of their lines shows. */
  findShift(boxes: readonly SheetRectangle[], from: XY, reach: number): { readonly shift: XY; readonly share: number } {
    const tried: { readonly x: number; readonly y: number; readonly share: number }[] = [];
    let best = { x: 0, y: 0, share: -1 };
    for (let y = -reach; y <= reach; y++)
      for (let x = -reach; x <= reach; x++) {
        // Of two places that show as much, the nearer one.
        const share = this.#shareOf(boxes, { x: from.x + x, y: from.y + y }) - 0.001 * Math.hypot(x, y);
        tried.push({ x, y, share });
        if (share > best.share) best = { x, y, share };
      }
    // Lines are wider than a pixel: their middle is the middle of the places that show nearly as much.
    const alike = tried.filter(
      ({ x, y, share }) => share >= best.share - alikeShare && Math.hypot(x - best.x, y - best.y) <= lineWidthPx,
    );
    const meanOf = (axis: 'x' | 'y') => alike.reduce((sum, each) => sum + each[axis], 0) / alike.length;
    return { shift: { x: from.x + meanOf('x'), y: from.y + meanOf('y') }, share: best.share };
  }

  #shareOf(boxes: readonly SheetRectangle[], { x, y }: XY): number {
    let shown = 0;
    let count = 0;
    for (const { left, top, width, height } of boxes) {
      const [west, east] = [Math.round(left + x), Math.round(left + width + x)];
      const [north, south] = [Math.round(top + y), Math.round(top + height + y)];
      for (let column = west + stridePx; column < east; column += stridePx) {
        shown += this.#at(this.#level, column, north) + this.#at(this.#level, column, south);
        count += 2;
      }
      for (let row = north + stridePx; row < south; row += stridePx) {
        shown += this.#at(this.#upright, west, row) + this.#at(this.#upright, east, row);
        count += 2;
      }
    }
    return count === 0 ? 0 : shown / count;
  }

  #at(map: Uint8Array, x: number, y: number): number {
    if (x < 0 || y < 0 || x >= this.#width || y >= this.#height) return 0;
    return map[y * this.#width + x] ?? 0;
  }
}
