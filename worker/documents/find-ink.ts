import type { RgbaImage } from '#contract/images.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { shrinkImage } from '#worker/vision/shrink-image.ts';

/* The small letters of 10 point print (1.8 mm) are then 6 pixels high on A4: enough to tell what sticks out of them. */
const longSidePx = 1000;

/* Paper is the brightest within a tile and its neighbours, 7 mm on A4; ink is a fifth darker. */
const tilePx = 8;
const inkShare = 0.8;

/**
 * What is written or printed on a page: 1 for ink, 0 for paper, at about 1,000 pixels of the long side, without specks
 * and without ruled lines and frames.
 */
export function findInk(page: RgbaImage): Plane {
  const small = shrinkImage(page, Math.max(1, Math.round(Math.max(page.width, page.height) / longSidePx)));
  const { width, height, data } = small;
  const across = Math.ceil(width / tilePx);
  const down = Math.ceil(height / tilePx);
  const tiles = new Uint8Array(across * down);
  for (let y = 0, at = 1; y < height; y++) {
    const row = Math.floor(y / tilePx) * across;
    for (let x = 0; x < width; x++, at += 4) {
      const tile = row + (x >> 3);
      if ((data[at] ?? 0) > (tiles[tile] ?? 0)) tiles[tile] = data[at] ?? 0;
    }
  }
  const limits = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      let most = 0;
      for (let row = Math.max(0, y - 1); row <= Math.min(down - 1, y + 1); row++)
        for (let column = Math.max(0, x - 1); column <= Math.min(across - 1, x + 1); column++)
          most = Math.max(most, tiles[row * across + column] ?? 0);
      limits[y * across + x] = most * inkShare;
    }
  }
  const values = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor(y / tilePx) * across;
    for (let x = 0; x < width; x++, at++) values[at] = (data[at * 4 + 1] ?? 0) < (limits[row + (x >> 3)] ?? 0) ? 1 : 0;
  }
  const ink = { width, height, values };
  removeLines(ink);
  return ink;
}

/** Clears connected ink that is no writing: specks, ruled lines, frames, pictures. */
function removeLines({ width, height, values }: Plane): void {
  const long = Math.max(width, height);
  const stack = new Int32Array(values.length);
  for (let start = 0; start < values.length; start++) {
    if (values[start] !== 1) continue;
    let count = 1;
    stack[0] = start;
    values[start] = 2;
    let left = width;
    let right = 0;
    let top = height;
    let bottom = 0;
    for (let index = 0; index < count; index++) {
      const at = stack[index] ?? 0;
      const x = at % width;
      const y = (at - x) / width;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let row = y > 0 ? -width : 0; row <= width; row += width) {
        for (let column = x > 0 ? -1 : 0; column <= 1; column++) {
          const next = at + row + column;
          if (x + column >= width || values[next] !== 1) continue;
          values[next] = 2;
          stack[count++] = next;
        }
      }
    }
    const wide = right - left + 1;
    const high = bottom - top + 1;
    const isSpeck = count < 6;
    const isRule = Math.max(wide, high) > 12 * Math.min(wide, high);
    const isFrame = Math.min(wide, high) > 0.08 * long || Math.max(wide, high) > 0.4 * long;
    const isBorder = left < 0.02*width || right > 0.98*width || top < 0.02*height || bottom > .98*height;
    const mark = isSpeck || isRule || isFrame || isBorder ? 0 : 3;
    for (let index = 0; index < count; index++) values[stack[index] ?? 0] = mark;
  }
  for (let at = 0; at < values.length; at++) values[at] = values[at] === 3 ? 1 : 0;
}
