import type { RgbaImage } from '#contract/images.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { shrinkImage } from '#worker/vision/shrink-image.ts';

/* The small letters of 10 point print (1.8 mm) are then 6 pixels high on A4: enough to tell what sticks out of them. */
const longSidePx = 1000;

/* Paper is the brightest within a tile and its neighbours, 7 mm on A4; ink is a fifth darker. */
const tilePx = 8;
const inkShare = 0.8;

/*
 * Connected ink that is no writing: fewer pixels than a full stop has, boxes as long and thin as a ruled line, boxes larger
 * than letters and words are (shares of the long side), and whatever touches the outer 2 %, where the desk looks in.
 */
const writing = { leastPx: 6, mostElongation: 12, mostHeight: 0.08, mostLength: 0.4, border: 0.02 } as const;

/**
 * What is written or printed on a page: 1 for ink, 0 for paper, at about 1,000 pixels of the long side, without specks, rules
 * and frames.
 */
export function findInk(page: RgbaImage): Plane {
  const small = shrinkImage(page, Math.max(1, Math.round(Math.max(page.width, page.height) / longSidePx)));
  const { width, height, data } = small;
  const across = Math.ceil(width / tilePx);
  const limits = limitsOfInk(small);
  const values = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / tilePx) * across;
    for (let x = 0; x < width; x++, at++)
      values[at] = (data[at * 4 + 1] ?? 0) < (limits[row + Math.floor(x / tilePx)] ?? 0) ? 1 : 0;
  }
  const ink = { width, height, values };
  keepWriting(ink);
  return ink;
}

/** Per tile, the green value that ink lies below. */
function limitsOfInk({ width, height, data }: RgbaImage): Uint8Array {
  const across = Math.ceil(width / tilePx);
  const down = Math.ceil(height / tilePx);
  const brightest = new Uint8Array(across * down);
  for (let y = 0, at = 1; y < height; y++) {
    const row = Math.floor(y / tilePx) * across;
    for (let x = 0; x < width; x++, at += 4) {
      const tile = row + Math.floor(x / tilePx);
      const value = data[at] ?? 0;
      if (value > (brightest[tile] ?? 0)) brightest[tile] = value;
    }
  }
  return brightest.map((_, at) => {
    const x = at % across;
    const y = (at - x) / across;
    let most = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(down - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(across - 1, x + 1); column++)
        most = Math.max(most, brightest[row * across + column] ?? 0);
    return most * inkShare;
  });
}

const untouched = 1;
const visited = 2;
const kept = 3;

/** Clears all connected ink but writing. */
function keepWriting({ width, height, values }: Plane): void {
  const long = Math.max(width, height);
  const group = new Int32Array(values.length);
  for (let start = 0; start < values.length; start++) {
    if (values[start] !== untouched) continue;
    let count = 1;
    group[0] = start;
    values[start] = visited;
    let left = width;
    let right = 0;
    let top = height;
    let bottom = 0;
    for (let index = 0; index < count; index++) {
      const at = group[index] ?? 0;
      const x = at % width;
      const y = (at - x) / width;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column;
          if (values[next] !== untouched) continue;
          values[next] = visited;
          group[count++] = next;
        }
      }
    }
    const wide = right - left + 1;
    const high = bottom - top + 1;
    const isWriting =
      count >= writing.leastPx &&
      Math.max(wide, high) <= writing.mostElongation * Math.min(wide, high) &&
      Math.min(wide, high) <= writing.mostHeight * long &&
      Math.max(wide, high) <= writing.mostLength * long &&
      Math.min(left, width - 1 - right) >= writing.border * width &&
      Math.min(top, height - 1 - bottom) >= writing.border * height;
    for (let index = 0; index < count; index++) values[group[index] ?? 0] = isWriting ? kept : 0;
  }
  for (let at = 0; at < values.length; at++) values[at] = values[at] === kept ? 1 : 0;
}
