import { wholePhoto, type Quad, type RgbaImage, type Size } from '#contract/images.ts';
import type { PageEdits, PaperSize, Turns } from '#contract/pages.ts';
import { cornerAt, distanceBetween } from '#worker/vision/geometry.ts';
import { longerSides, warpQuad } from '#worker/vision/warp-quad.ts';
import { dotsPerInch, guessPaper, recoverAspect } from './recover-aspect.ts';

/** A page cut out of its photo, flat and upright. */
export interface FlatPage {
  readonly image: RgbaImage;
  readonly paper: PaperSize | 'custom';
  /** Pixels per inch of `image` on the guessed paper, in as far as the photo really holds them. */
  readonly dotsPerInch: number;
}

/** A4 at 300 dots per inch: more adds bytes and no legible detail. */
const mostLongSidePx = 3508;

/**
 * Cuts the page out of the photo, undoes its perspective and turns it upright. The size follows from the longer of
 * each pair of opposite sides, so that no part of the page is recorded coarser than it was photographed; the ratio is
 * that of the paper (see `recoverAspect`, `guessPaper`).
 *
 * @param edits corners in pixels of `photo`, in any convex shape; they may lie outside of it, where the photo's edge goes on.
 * @param limitLongSidePx most pixels of the longer side; smaller for previews.
 * @returns a new image, or `photo` itself where nothing is to be done.
 */
export function flattenPage(
  photo: RgbaImage,
  edits: Pick<PageEdits, 'corners' | 'turns'>,
  limitLongSidePx = mostLongSidePx,
): FlatPage {
  const { corners, turns } = edits;
  const sides = longerSides(corners);
  const isWhole = isWholePhoto(corners, photo);
  const measured = isWhole ? photo.width / photo.height : recoverAspect(corners, photo);
  const guess = guessPaper(turns % 2 === 0 ? measured : 1 / measured);
  const aspect = turns % 2 === 0 ? guess.aspect : 1 / guess.aspect;
  // The ratio is the paper's, the area that of the sides as photographed.
  const full = isWhole
    ? photo
    : {
        width: Math.sqrt(sides.width * sides.height * aspect),
        height: Math.sqrt((sides.width * sides.height) / aspect),
      };
  const scale = Math.min(1, limitLongSidePx / Math.max(full.width, full.height));
  const flat = {
    width: Math.max(1, Math.round(full.width * scale)),
    height: Math.max(1, Math.round(full.height * scale)),
  };

  const image =
    isWhole && scale === 1 && turns === 0 ? photo : warpQuad(photo, turnQuad(corners, turns), turnSize(flat, turns));
  const dots = dotsPerInch(image, guess.paper);
  return { image, paper: guess.paper, dotsPerInch: dots };
}

/** The quad's corners from the one that is top left after `turns` quarter turns clockwise. */
function turnQuad(corners: Quad, turns: Turns): Quad {
  return [
    cornerAt(corners, -turns),
    cornerAt(corners, 1 - turns),
    cornerAt(corners, 2 - turns),
    cornerAt(corners, 3 - turns),
  ];
}

function turnSize({ width, height }: Size, turns: Turns): Size {
  return turns % 2 === 0 ? { width, height } : { width: height, height: width };
}

function isWholePhoto(corners: Quad, photo: Size): boolean {
  const whole = wholePhoto(photo);
  return corners.every((corner, index) => distanceBetween(corner, cornerAt(whole, index)) < 0.5);
}
