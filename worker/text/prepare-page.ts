import type { Plane } from '#worker/vision/plane.ts';
import { clearMargins } from './clear-margins.ts';
import { eraseRules } from './erase-rules.ts';
import { chooseLetters, findInkBoxes, type Letters } from './find-letters.ts';
import { followLines, straightenLetters } from './follow-lines.ts';
import { straightenPage, type ToPage } from './straighten.ts';

/** A page as the recogniser reads it best: evenly lit, its lines level, without rules, letters of one size. */
export interface PreparedPage {
  readonly picture: Plane;
  /** In pixels of the picture. */
  readonly letters: Letters;
  readonly toPage: ToPage;
}

/** Letters are brought to this height, between small ones and capitals: larger ones only take longer to read. */
const letterHeightPx = 24;

/** Pages near that are left as they are; none is enlarged by more than three, which shows nothing that is not there. */
const scales = { same: 0.12, least: 0.4, most: 3 } as const;

/**
 * Prepares evened print for reading.
 *
 * @returns `undefined` where there are no letters
 */
export function preparePage(even: Plane): PreparedPage | undefined {
  clearMargins(even);
  const letters = chooseLetters(findInkBoxes(even));
  if (letters.boxes.length === 0) return undefined;
  const bend = followLines(letters, even);
  const wanted = letterHeightPx / letters.height;
  const scale = Math.abs(wanted - 1) < scales.same ? 1 : Math.min(scales.most, Math.max(scales.least, wanted));
  const { picture, toPage } = straightenPage(even, bend, scale);
  eraseRules(picture, letters.height * scale);
  return { picture, letters: scaleLetters(straightenLetters(letters, bend), scale), toPage };
}

function scaleLetters({ boxes, height }: Letters, scale: number): Letters {
  return {
    height: height * scale,
    boxes: boxes.map(({ left, top, right, bottom }) => ({
      left: left * scale,
      top: top * scale,
      right: right * scale,
      bottom: bottom * scale,
    })),
  };
}
