import type { PrintBox } from '#contract/text.ts';
import { inkBelow } from './find-letters.ts';
import type { PreparedPage } from './prepare-page.ts';

/** What is looked at of a page. */
export type Print = Pick<PreparedPage, 'picture' | 'narrowing'> & {
  readonly letters: Pick<PreparedPage['letters'], 'height'>;
};

/** Heights of letters that part words; between letters of a word there is less than half of that. */
const leastGap = 0.28;

/** Ink in a part of the page, from left to right, parted where a gap between words is. */
export function findPieces({ picture, narrowing, letters }: Print, area: PrintBox): readonly PrintBox[] {
  const { width, height, values } = picture;
  const pieces: PrintBox[] = [];
  let open: { left: number; top: number; right: number; bottom: number } | undefined;
  for (let x = Math.max(0, Math.floor(area.left * narrowing)); x < Math.min(width, area.right * narrowing); x++) {
    let top = -1;
    let bottom = -1;
    for (let y = Math.max(0, Math.floor(area.top)); y < Math.min(height, area.bottom); y++) {
      if ((values[y * width + x] ?? 255) >= inkBelow) continue;
      if (top < 0) top = y;
      bottom = y + 1;
    }
    if (top < 0) continue;
    const left = x / narrowing;
    const right = (x + 1) / narrowing;
    if (open === undefined || left - open.right >= leastGap * letters.height) {
      if (open !== undefined) pieces.push(open);
      open = { left, top, right, bottom };
    } else open = { ...open, right, top: Math.min(open.top, top), bottom: Math.max(open.bottom, bottom) };
  }
  return open === undefined ? pieces : [...pieces, open];
}
