import type { RgbaImage, Size } from '#contract/images.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import { cornerAt, homographyBetween, type FourPoints, type Homography } from '#worker/vision/geometry.ts';

/** Where the frame of a sheet may lie: takes units of the sheet to pixels of the photo. */
export type Frame = Homography;

/** Pages in a photo, as clockwise corners, likeliest first; none where there is no page. */
export type FindOutlines = (photo: RgbaImage) => readonly FourPoints[];

/** Upright first: where a grid looks alike both ways up, a sheet is taken to be as it was photographed. */
export const quarterTurns = [0, 2, 1, 3] as const;

/** The frame whose corners lie on a quad of the photo, its top left on the corner at `turns`. */
export function frameOn(
  { size }: Pick<SheetDesign, 'size'>,
  quad: FourPoints,
  turns: (typeof quarterTurns)[number],
): Frame | undefined {
  return homographyBetween(
    [
      { x: 0, y: 0 },
      { x: size.width, y: 0 },
      { x: size.width, y: size.height },
      { x: 0, y: size.height },
    ],
    [cornerAt(quad, turns), cornerAt(quad, turns + 1), cornerAt(quad, turns + 2), cornerAt(quad, turns + 3)],
  );
}

export function wholePicture({ width, height }: Size): FourPoints {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
}
