import type { Quad, RgbaImage } from '#contract/images.ts';
import type { Position } from '#contract/sheets.ts';
import { homographyBetween, projectPoint, type FourPoints } from '#worker/vision/geometry.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { longerSides, warpQuad } from '#worker/vision/warp-quad.ts';
import type { BoxPlace } from './erase-lines.ts';

/**
 * Height of a box when it is cut out: three times the network's 20 pixels, so that thin strokes and lines stay apart. Of a small
 * box, twice its height in the photo: three times as much reads as well, for half as much work again.
 */
const boxPx = { most: 64, least: 24, perPhotoPx: 2 } as const;
/** Of its surroundings so much of its height is cut out with it on each side: what is written may reach out of the box. */
const marginShare = 0.25;
/** Boxes far from square hold no single character; wider than this they are squeezed. */
const widestRatio = 2.5;

/** Corners may lie this far outside of the picture, as a share of the box: its lines are cut then, and what is in it is not. */
const leastSeen = 0.1;

/**
 * The box upright and flat, with some of its surroundings, and where in that it lies. `undefined`: it has no area, or is not in
 * the picture.
 */
export function cutBox(picture: RgbaImage, outline: Quad<Position>): { grey: Plane; place: BoxPlace } | undefined {
  const sides = longerSides(outline);
  const slack = leastSeen * Math.min(sides.width, sides.height);
  const isSeen = outline.every(
    ({ x, y }) => x >= -slack && y >= -slack && x <= picture.width + slack && y <= picture.height + slack,
  );
  if (!isSeen) return undefined;
  const ratio = Math.min(widestRatio, Math.max(1 / widestRatio, sides.width / sides.height));
  const heightPx = Math.min(boxPx.most, Math.max(boxPx.least, boxPx.perPhotoPx * sides.height));
  const width = Math.round(heightPx * Math.min(1.5, ratio));
  const height = Math.round(width / ratio);
  const marginPx = Math.round(marginShare * heightPx);
  const place = {
    left: marginPx,
    top: marginPx,
    right: marginPx + width,
    bottom: marginPx + height,
    photoPx: height / sides.height,
  };
  const toPicture = homographyBetween(cornersOf(place), outline);
  if (toPicture === undefined) return undefined;
  const size = { width: width + 2 * marginPx, height: height + 2 * marginPx };
  const [a, b, c, d] = cornersOf({ left: 0, top: 0, right: size.width, bottom: size.height });
  const patch = [
    projectPoint(toPicture, a),
    projectPoint(toPicture, b),
    projectPoint(toPicture, c),
    projectPoint(toPicture, d),
  ] as const;
  return { grey: greyPlane(warpQuad(picture, patch, size)), place };
}

function cornersOf({ left, top, right, bottom }: Omit<BoxPlace, 'photoPx'>): FourPoints {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}
