import type { PrintBox } from '#contract/text.ts';
import type { Letters } from '../find-letters.ts';

/** Boxes of letters as a line of print has them: 10 high and 8 wide, 2 apart, a space of 8 after every sixth. */
export function setLine(left: number, baseline: number, count: number): PrintBox[] {
  return Array.from({ length: count }, (_, at) => {
    const x = left + at * 10 + Math.floor(at / 6) * 8;
    return { left: x, top: baseline - 10, right: x + 8, bottom: baseline };
  });
}

export function asLetters(boxes: readonly PrintBox[]): Letters {
  return { boxes, height: 10 };
}
