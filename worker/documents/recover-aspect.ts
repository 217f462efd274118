import type { PhotoPoint, Quad, Size } from '#contract/images.ts';
import { paperSizes, type PaperSize } from '#contract/pages.ts';

export interface PaperGuess {
  /** Width over height of the page as it lies in the quad, recognised paper snapped to its exact ratio. */
  readonly aspect: number;
  readonly paper: PaperSize | 'custom';
}

type Vector = readonly [number, number, number];

/*
 * Focal length over the photo's long side. A phone's main camera is a 23 to 28 mm equivalent: 26 mm on the 43.3 mm
 * diagonal of a 4:3 picture is 0.75 of the long side. Lenses outside of 0.55 (ultra wide) to 2.5 (tele) photograph no
 * paper; an estimate beyond them comes from noise in the corners or from a cropped photo.
 */
const typicalFocalShare = 0.75;
const focalShares = { least: 0.55, most: 2.5 } as const;

/*
 * How far opposite sides must converge, in both directions, before the quad says more about the focal length than the
 * habit of phones does. Over 4,000 simulated photos with corners off by 0.2 % of the diagonal, the 95th percentile of the
 * error in aspect with phone lenses is 4.4 % at 0, 2.5 % at 0.05 and no better above; with lenses of 0.6 to 1.6 long
 * sides it is 4.9, 5.7 and, at 0.15, 6.6 %.
 */
const tellingConvergence = 0.05;

/*
 * Snapping distance in |ln ratio|. A4 (0.707) and Letter (0.773) lie 0.089 apart, so 0.044 is the most that keeps them
 * disjoint. A card (0.631) lies 0.037 from folio, the long bond paper of Philippine schools (0.654), which must not come
 * out as a card at four times the resolution: 0.018 keeps them apart.
 */
const snapDistance = { a4: 0.044, letter: 0.044, card: 0.018 } as const;

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Direction of the vanishing point `scale * to - from`; its third part is 0 where the two sides are parallel. */
function vanishingDirection(scale: number, to: Vector, from: Vector): Vector {
  return [scale * to[0] - from[0], scale * to[1] - from[1], scale * to[2] - from[2]];
}

/**
 * Width over height of the flat rectangle whose perspective image is `corners`, in a photo of `photo` pixels.
 *
 * Zhang and He, "Whiteboard scanning and image enhancement" (MSR-TR-2003-39), section 4.3: square pixels, principal
 * point in the middle of the photo. Where the sides hardly converge the focal length cannot be read from them; a
 * phone's usual one is taken, and the formula turns by itself into the ratio of the side lengths.
 */
export function recoverAspect(corners: Quad, photo: Size): number {
  const unit = Math.max(photo.width, photo.height);
  const [topLeft, topRight, bottomRight, bottomLeft] = corners;
  const fromCentre = ({ x, y }: PhotoPoint): Vector => [(x - photo.width / 2) / unit, (y - photo.height / 2) / unit, 1];
  const m1 = fromCentre(topLeft);
  const m2 = fromCentre(topRight);
  const m3 = fromCentre(bottomLeft);
  const m4 = fromCentre(bottomRight);

  const diagonal = cross(m1, m4);
  const k2 = dot(diagonal, m3) / dot(cross(m2, m4), m3);
  const k3 = dot(diagonal, m2) / dot(cross(m3, m4), m2);
  const along = vanishingDirection(k2, m2, m1);
  const down = vanishingDirection(k3, m3, m1);

  let focal = typicalFocalShare;
  if (Math.min(Math.abs(along[2]), Math.abs(down[2])) > tellingConvergence) {
    const squared = -(along[0] * down[0] + along[1] * down[1]) / (along[2] * down[2]);
    if (squared > 0) focal = Math.min(focalShares.most, Math.max(focalShares.least, Math.sqrt(squared)));
  }
  const width = Math.hypot(along[0], along[1], focal * along[2]);
  const height = Math.hypot(down[0], down[1], focal * down[2]);
  return width / height;
}

/**
 * Snaps the aspect of an upright page to the paper that it is near. A4 and Letter lie either way; a card only across,
 * as nearly all are printed: upright paper of that ratio is a notepad. A5 has the ratio of A4 (both the square root of
 * 2, to 0.3 %), so a photo alone cannot tell them apart: the commoner A4 is taken.
 */
export function guessPaper(aspect: number): PaperGuess {
  const upright = Math.min(aspect, 1 / aspect);
  let nearest: PaperGuess = { aspect, paper: 'custom' };
  let least = Infinity;
  for (const paper of aspect < 1 ? (['a4', 'letter'] as const) : (['a4', 'letter', 'card'] as const)) {
    const ratio = shortSideMm(paper) / longSideMm(paper);
    const distance = Math.abs(Math.log(upright / ratio));
    if (distance > snapDistance[paper] || distance >= least) continue;
    least = distance;
    nearest = { aspect: aspect < 1 ? ratio : 1 / ratio, paper };
  }
  return nearest;
}

/**
 * Pixels per inch of a page of `size` pixels on the guessed paper. `custom` paper is taken to be as large as fits into A4:
 * a receipt's length or a notebook's width then comes out within about a fifth.
 */
export function dotsPerInch(size: Size, paper: PaperSize | 'custom'): number {
  const known = paper === 'custom' ? 'a4' : paper;
  const long = Math.max(size.width, size.height) / (longSideMm(known) / 25.4);
  const short = Math.min(size.width, size.height) / (shortSideMm(known) / 25.4);
  return paper === 'custom' ? Math.max(long, short) : (long + short) / 2;
}

function longSideMm(paper: PaperSize): number {
  return Math.max(paperSizes[paper].widthMm, paperSizes[paper].heightMm);
}

function shortSideMm(paper: PaperSize): number {
  return Math.min(paperSizes[paper].widthMm, paperSizes[paper].heightMm);
}
