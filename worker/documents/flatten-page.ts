import { wholePhoto, type Quad, type RgbaImage, type Size } from '#contract/images.ts';
import type { PageEdits, PaperSize, Turns } from '#contract/pages.ts';
import { cornerAt, distanceBetween } from '#worker/vision/geometry.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { longerSides, warpGreyQuad, warpQuad } from '#worker/vision/warp-quad.ts';
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
  const { quad, size, isPhoto, paper } = planPage(photo, edits, limitLongSidePx);
  const image = isPhoto ? photo : warpQuad(photo, quad, size);
  return { image, paper, dotsPerInch: dotsPerInch(image, paper) };
}

/** As the image of `flattenPage`, in grey: what reads the page needs no more. */
export function flattenGrey(photo: RgbaImage, edits: Pick<PageEdits, 'corners' | 'turns'>): Plane {
  const { quad, size, isPhoto } = planPage(photo, edits, mostLongSidePx);
  return isPhoto ? greyPlane(photo) : warpGreyQuad(photo, quad, size);
}

interface PagePlan {
  /** From the corner that is top left on the upright page. */
  readonly quad: Quad;
  /** Of the upright page. */
  readonly size: Size;
  /** Whether the page is the photo as it is. */
  readonly isPhoto: boolean;
  readonly paper: FlatPage['paper'];
}

function planPage(
  photo: Size,
  { corners, turns }: Pick<PageEdits, 'corners' | 'turns'>,
  limitLongSidePx: number,
): PagePlan {
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
  return {
    quad: turnQuad(corners, turns),
    size: turnSize(flat, turns),
    isPhoto: isWhole && scale === 1 && turns === 0,
    paper: guess.paper,
  };
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
