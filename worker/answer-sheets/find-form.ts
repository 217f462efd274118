import type { PhotoPoint, Quad, Size } from '#contract/images.ts';
import type { SheetRectangle } from '#contract/sheets.ts';
import { cornerAt, homographyBetween, projectPoint } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { followBoxes, type FollowedBox } from './follow-boxes.ts';

export interface FoundForm {
  /** Of the page, from the form's own top left corner. */
  readonly corners: Quad<PhotoPoint>;
  readonly boxes: readonly FollowedBox[];
}

/** A page that is not upright has other lines where the form has boxes; a quarter of these may be covered or faint. */
const surelySeen = 0.75;

/** Upright first, then upside down: a form without printed boxes looks alike all ways, and stays as it was photographed. */
const quarterTurns = [0, 2, 1, 3] as const;

/** Another way up has to show so many more of the boxes, as a share. */
const betterBy = 0.2;

/** A page's outline is found to about a hundredth of its height; in heights of boxes, a row is looked for this far. */
const slackHeights = 0.45;

/**
 * Finds the boxes of a form on its page by their printed lines, whichever way up the page lies.
 *
 * @param corners of the page, in pixels of the photo, clockwise
 * @param size of the form's flat picture, in which `boxes` are
 */
export function findForm(photo: Plane, corners: Quad, size: Size, boxes: readonly SheetRectangle[]): FoundForm {
  let best: (FoundForm & { readonly share: number }) | undefined;
  for (const turn of quarterTurns) {
    const turned: Quad = [
      cornerAt(corners, turn),
      cornerAt(corners, turn + 1),
      cornerAt(corners, turn + 2),
      cornerAt(corners, turn + 3),
    ];
    const found = findBoxes(photo, turned, size, boxes);
    const share = boxes.length === 0 ? 1 : found.filter(({ seen }) => seen).length / boxes.length;
    if (best === undefined || share > best.share + betterBy) best = { corners: turned, boxes: found, share };
    if (best.share >= surelySeen) break;
  }
  return best ?? { corners, boxes: [] };
}

function findBoxes(photo: Plane, corners: Quad, size: Size, boxes: readonly SheetRectangle[]): readonly FollowedBox[] {
  const { width, height } = size;
  const toPhoto = homographyBetween(
    [
      { x: 0, y: 0 },
      { x: width, y: 0 },
      { x: width, y: height },
      { x: 0, y: height },
    ],
    corners,
  );
  // Pages that are found have area, so this is a bug.
  if (toPhoto === undefined) throw new Error('the corners of the page lie on a line');
  const heights = boxes.map((box) => box.height);
  return followBoxes(photo, boxes, {
    toPhoto: (point) => projectPoint(toPhoto, point),
    slackAt: () => slackHeights * Math.min(...heights),
  });
}
