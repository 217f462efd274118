import { photoPoint, type PhotoPoint, type Quad } from '#contract/images.ts';
import type { FieldReading, SheetDesign } from '#contract/sheets.ts';
import { distanceBetween, projectPoint, type FourPoints, type Homography, type XY } from '#worker/vision/geometry.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { followBoxes, type PlacedSheet } from './follow-boxes.ts';
import type { FollowedGrid } from './follow-paper.ts';
import type { Grid } from './grid.ts';
import type { Placement } from './place-grid.ts';
import type { SheetRaster } from './rectify-sheet.ts';

/** What reading a sheet's bubbles found out about where it lies. */
interface GridInPhoto {
  readonly raster: SheetRaster;
  readonly placement: Placement;
  readonly followed: FollowedGrid;
}

/** Bubbles that say where the paper around them lies. */
const fewestNear = 8;

/** Between bubbles the paper is known to a fraction of one; each bubble's width beyond them it may curl by this share more. */
const slackShares = { among: 0.25, beyond: 0.06, most: 0.9 } as const;

/** Places by the bubbles that were followed: a point lies off its plane as those near it do. */
export function placeByBubbles(grid: Grid, { raster, placement, followed }: GridInPhoto): PlacedSheet {
  const scale = raster.fromSheet[0];
  const expectedAt = (point: XY): XY => {
    const { x, y } = projectPoint(raster.fromSheet, point);
    return projectPoint(placement.transform, { x: x - 0.5, y: y - 0.5 });
  };
  const known = grid.cells.flatMap((cell, at) => {
    const center = followed.centers[at];
    if (center === undefined || followed.seen[at] !== true) return [];
    const expected = expectedAt(cell);
    return [{ cell, shift: { x: center.x - expected.x, y: center.y - expected.y } }];
  });
  const nearest = (point: XY) =>
    known
      .map(({ cell, shift }) => ({ shift, distance: distanceBetween(cell, point) }))
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, fewestNear);
  return {
    toPhoto: (point) => {
      const expected = expectedAt(point);
      let sum = 1e-9;
      let x = 0;
      let y = 0;
      for (const { shift, distance } of nearest(point)) {
        const weight = 1 / (distance * scale + 1) ** 2;
        sum += weight;
        x += weight * shift.x;
        y += weight * shift.y;
      }
      return projectPoint(raster.toPhoto, { x: expected.x + x / sum + 0.5, y: expected.y + y / sum + 0.5 });
    },
    slackAt: (point) => {
      const width = grid.bubbleWidth;
      const distance = nearest(point)[0]?.distance ?? Infinity;
      return width * Math.min(slackShares.most, slackShares.among + (slackShares.beyond * distance) / width);
    },
  };
}

/** Curl between marks at the edges lifts a sheet by this share of its width at most, as far as it was seen on photos. */
const slackOfMarks = 0.015;

/** Places by marks alone. */
export function placeByMarks({ size }: Pick<SheetDesign<unknown>, 'size'>, sheetToPhoto: Homography): PlacedSheet {
  return {
    toPhoto: (point) => projectPoint(sheetToPhoto, point),
    slackAt: () => slackOfMarks * size.width,
  };
}

/** The design's boxes for characters, where they lie in the photo; what is in them is not read yet. */
export function locateBoxes<Picture>(
  photo: Plane,
  { written = [] }: Pick<SheetDesign<Picture>, 'written'>,
  sheet: PlacedSheet,
): readonly FieldReading[] {
  if (written.length === 0) return [];
  const boxes = followBoxes(photo, written, sheet);
  return written.map(({ label }, at): FieldReading => {
    const box = boxes[at];
    const isInside =
      box?.seen === true && box.corners.every(({ x, y }) => x >= 0 && y >= 0 && x <= photo.width && y <= photo.height);
    return {
      label,
      value: '',
      state: 'doubtful',
      confidence: 0,
      bubbles: [],
      written: {
        state: isInside ? 'unread' : 'lost',
        corners: quadOf(box?.corners ?? nowhere),
        alternatives: [],
      },
    };
  });
}

const nowhere: FourPoints = [
  { x: 0, y: 0 },
  { x: 0, y: 0 },
  { x: 0, y: 0 },
  { x: 0, y: 0 },
];

export function quadOf([a, b, c, d]: FourPoints): Quad<PhotoPoint> {
  return [photoPoint(a.x, a.y), photoPoint(b.x, b.y), photoPoint(c.x, c.y), photoPoint(d.x, d.y)];
}
