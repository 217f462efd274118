import type { PrintBox, RecognisedLine } from '#contract/text.ts';
import { inkBelow } from './find-letters.ts';
import { findPieces, type Print } from './find-pieces.ts';

/** The dot against the height of letters: its size, how far its middle is above the line, how far the text begins behind it. */
const bullet = { least: 0.15, most: 0.62, lowest: 0.2, highest: 0.75, gap: 0.6, roundness: 1.7, solid: 0.6 } as const;

/**
 * The line with `•` for its first word, where what stands there is a dot half way up and the text begins further on. Its shape
 * says so: what Tesseract took it for, and how sure it was of that, says nothing of it.
 */
export function markBullet(line: RecognisedLine, page: Print): RecognisedLine {
  const [first, ...rest] = line.words;
  if (first === undefined) return line;
  const { height } = page.letters;
  const foot = line.baseline.from[1];
  const [sign, next] = findPieces(page, {
    left: first.box.left - 0.6 * height,
    right: Math.max(first.box.right, first.box.left + 4 * height),
    top: foot - 1.4 * height,
    bottom: foot + 0.4 * height,
  });
  if (sign === undefined || next === undefined || next.left - sign.right < bullet.gap * height) return line;
  const dot = findDot(page, sign);
  if (dot === undefined || !isBullet(dot, foot, height)) return line;
  const mark = { ...first, text: '•', confidence: 1, box: dot.box };
  // All of the first word is the dot, or it was taken for a sign that hangs on the word behind it.
  if (first.box.right < next.left + 0.3 * height) return { ...line, words: [mark, ...rest] };
  if (!/^[^\p{L}\p{N}]\p{L}/u.test(first.text)) return line;
  const behind = { ...first, text: first.text.slice(1), box: { ...first.box, left: next.left } };
  return { ...line, words: [mark, behind, ...rest] };
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
