import type { PrintBox } from '#contract/text.ts';
import type { Plane } from '#worker/vision/plane.ts';

/** Evened print is darker than this: half way between the ink of faint print and paper. */
export const inkBelow = 150;

/**
 * Connected ink (8 neighbours) as boxes in pixels of the page, from run to run with union and find (Rosenfeld and Pfaltz
 * 1966): letters, and whatever else is as dark.
 *
 * @param page evened print
 */
export function findInkBoxes({ width, height, values }: Plane): readonly PrintBox[] {
  const parents: number[] = [];
  const boxes: { left: number; top: number; right: number; bottom: number }[] = [];
  const rootOf = (start: number): number => {
    let at = start;
    for (let up = parents[at] ?? at; up !== at; up = parents[at] ?? at) {
      parents[at] = parents[up] ?? up;
      at = up;
    }
    return at;
  };
  let above: Int32Array = new Int32Array(0);
  let current: number[] = [];
  for (let y = 0; y < height; y++) {
    current = [];
    let next = 0;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if ((values[at] ?? 255) >= inkBelow) continue;
      const left = x;
      while (x < width && (values[y * width + x] ?? 255) < inkBelow) x++;
      at = y * width + x;
      let label = -1;
      // Runs of the row above that touch this one, corners included.
      while (next < above.length && (above[next + 1] ?? 0) < left) next += 3;
      for (let other = next; other < above.length && (above[other] ?? 0) <= x; other += 3) {
        const root = rootOf(above[other + 2] ?? 0);
        if (label < 0) label = root;
        else if (root !== label) {
          const [keep, drop] = root < label ? [root, label] : [label, root];
          parents[drop] = keep;
          mergeBoxes(boxes[keep], boxes[drop]);
          label = keep;
        }
      }
      if (label < 0) {
        label = parents.length;
        parents.push(label);
        boxes.push({ left, top: y, right: x, bottom: y + 1 });
      } else mergeBoxes(boxes[label], { left, top: y, right: x, bottom: y + 1 });
      current.push(left, x, label);
    }
    above = Int32Array.from(current);
  }
  return boxes.filter((_, label) => parents[label] === label);
}

function mergeBoxes(into: { -readonly [K in keyof PrintBox]: number } | undefined, other: PrintBox | undefined): void {
  if (into === undefined || other === undefined) return;
  into.left = Math.min(into.left, other.left);
  into.top = Math.min(into.top, other.top);
  into.right = Math.max(into.right, other.right);
  into.bottom = Math.max(into.bottom, other.bottom);
}

/** Letters, and how high they usually are. */
export interface Letters {
  readonly boxes: readonly PrintBox[];
  /** Usual height in pixels, between that of small letters and of capitals; 0 without letters. */
  readonly height: number;
}

/*
 * A letter, or a few that touch, against the usual height: no speck, comma or stroke of a ruled line, no picture. A word
 * whose letters all touch is up to 12 times as long as it is high.
 */
const plausible = { least: 0.5, most: 2.6, longest: 12 } as const;

/** Fewer pixels high is noise. */
const leastHeightPx = 5;

export function chooseLetters(boxes: readonly PrintBox[]): Letters {
  const candidates = boxes.filter(({ left, top, right, bottom }) => {
    const high = bottom - top;
    const wide = right - left;
    return high >= leastHeightPx && wide <= 3 * high && high <= 5 * wide;
  });
  const height = usualHeight(candidates);
  const letters = boxes.filter(({ left, top, right, bottom }) => {
    const high = bottom - top;
    return (
      high >= plausible.least * height && high <= plausible.most * height && right - left <= plausible.longest * height
    );
  });
  return { boxes: height === 0 ? [] : letters, height };
}

/** A box counts by its area, so that grain, of which there may be more than of letters, does not; up to that of a heading's. */
const mostAreaPx = 2500;

function usualHeight(boxes: readonly PrintBox[]): number {
  const sorted = boxes.toSorted((a, b) => a.bottom - a.top - (b.bottom - b.top));
  let rest = sorted.reduce((sum, box) => sum + areaOf(box), 0) / 2;
  const middle = sorted.find((box) => (rest -= areaOf(box)) <= 0);
  return middle === undefined ? 0 : middle.bottom - middle.top;
}

function areaOf({ left, top, right, bottom }: PrintBox): number {
  return Math.min(mostAreaPx, (right - left) * (bottom - top));
}
