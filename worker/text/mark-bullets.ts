import { inkBelow } from './find-letters.ts';
import type { PreparedPage } from './prepare-page.ts';
import type { PrintBox, RecognisedLine } from './recogniser.ts';

/** What Tesseract makes of the dot before an item of a list. */
const likeBullets = /^[.,·•°*+«»<>¢©®e@o0\-–—=:;]{1,2}$/iu;

/** The dot against the height of letters: its size, how far its middle is above the line, how far the text begins behind it. */
const bullet = { least: 0.15, most: 0.62, lowest: 0.2, highest: 0.75, gap: 0.6, roundness: 1.7, solid: 0.6 } as const;

/** What is looked at of a page. */
type Print = Pick<PreparedPage, 'picture' | 'narrowing'> & {
  readonly letters: Pick<PreparedPage['letters'], 'height'>;
};

/** The line with `•` for its first word, where what stands there is a dot half way up and the text begins further on. */
export function markBullet(line: RecognisedLine, page: Print): RecognisedLine {
  const [first, second, ...rest] = line.words;
  if (first === undefined || second === undefined) return line;
  const { height } = page.letters;
  const glued = /^[.,·•°*+«»¢©®]\d?$/u;
  if (!likeBullets.test(first.text) && !glued.test(first.text)) return line;
  const dot = findDot(page, {
    left: first.box.left - 0.6 * height,
    right: Math.max(first.box.right, second.box.left - 0.2 * height),
    top: line.baseline.from[1] - 1.4 * height,
    bottom: line.baseline.from[1] + 0.4 * height,
  });
  if (dot === undefined || !isBullet(dot, line.baseline.from[1], height)) return line;
  if (second.box.left - dot.box.right < bullet.gap * height) return line;
  // Its shape says so: what Tesseract took it for, and how sure it was of that, says nothing of it.
  return { ...line, words: [{ ...first, text: '•', confidence: 1, box: dot.box }, second, ...rest] };
}

interface Dot {
  readonly box: PrintBox;
  /** Share of the box that is ink. */
  readonly solid: number;
}

/** The ink in a part of the picture. */
function findDot({ picture, narrowing }: Print, area: PrintBox): Dot | undefined {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  let count = 0;
  for (let y = Math.max(0, Math.floor(area.top)); y < Math.min(picture.height, area.bottom); y++)
    for (
      let x = Math.max(0, Math.floor(area.left * narrowing));
      x < Math.min(picture.width, area.right * narrowing);
      x++
    ) {
      if ((picture.values[y * picture.width + x] ?? 255) >= inkBelow) continue;
      count++;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  if (count === 0) return undefined;
  const box = { left: left / narrowing, top, right: right / narrowing, bottom };
  return { box, solid: count / ((right - left) * (bottom - top)) };
}

function isBullet({ box, solid }: Dot, baseline: number, height: number): boolean {
  const wide = box.right - box.left;
  const high = box.bottom - box.top;
  const up = (baseline - (box.top + box.bottom) / 2) / height;
  return (
    Math.min(wide, high) >= bullet.least * height &&
    Math.max(wide, high) <= bullet.most * height &&
    Math.max(wide, high) <= bullet.roundness * Math.min(wide, high) &&
    solid >= bullet.solid &&
    up >= bullet.lowest &&
    up <= bullet.highest
  );
}
