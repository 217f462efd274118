/** Where a field lies on the flattened picture of its sheet, and how much around it helps to judge it. Pure. */
import type { Quad, Size } from '#contract/images.ts';
import type { FieldReading, Position, SheetRectangle } from '#contract/sheets.ts';

/** How a sheet is flattened: `size` is the frame in the design's units. */
export interface Flattening {
  readonly frame: Size;
  readonly marginUnits: number;
  readonly pixelsPerUnit: number;
}

/** Of the frame's long side: A4 then has 150 dots per inch, in which a pencil's stroke is 3 px wide. */
const longSidePx = 1750;
/** Markers of imported sheets are the frame's corners, and bubbles may lie close to it. */
const marginShare = 0.03;

export function planFlattening(frame: Size): Flattening {
  const longSide = Math.max(frame.width, frame.height);
  return { frame, marginUnits: marginShare * longSide, pixelsPerUnit: longSidePx / longSide };
}

type Map = (point: Position) => Position;

/**
 * Maps the photo to the flattened picture: the projective map that takes the four corners to the frame's, by Heckbert,
 * Fundamentals of Texture Mapping and Image Warping (1989), 2.2.3, and its inverse.
 */
export function mapToFlattened(corners: Quad, { frame, marginUnits, pixelsPerUnit }: Flattening): Map {
  const [p0, p1, p2, p3] = corners;
  const sumX = p0.x - p1.x + p2.x - p3.x;
  const sumY = p0.y - p1.y + p2.y - p3.y;
  const [dx1, dy1, dx2, dy2] = [p1.x - p2.x, p1.y - p2.y, p3.x - p2.x, p3.y - p2.y];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sumX * dy2 - dx2 * sumY) / determinant;
  const h = (dx1 * sumY - sumX * dy1) / determinant;
  // Rows of the map from the unit square to the photo.
  const [a, b, c] = [p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x];
  const [d, e, f] = [p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y];
  return ({ x, y }) => {
    // The adjugate of that map.
    const across = (e - f * h) * x + (c * h - b) * y + (b * f - c * e);
    const down = (f * g - d) * x + (a - c * g) * y + (c * d - a * f);
    const scale = (d * h - e * g) * x + (b * g - a * h) * y + (a * e - b * d);
    return {
      x: (marginUnits + (across / scale) * frame.width) * pixelsPerUnit,
      y: (marginUnits + (down / scale) * frame.height) * pixelsPerUnit,
    };
  };
}

/** Pixels of the flattened picture. */
export interface FieldPlace {
  /** Centres of its bubbles, as they were found in the photo. */
  readonly centers: readonly Position[];
  /** Of a bubble, about. */
  readonly radius: number;
  /** Around all its bubbles. */
  readonly bounds: SheetRectangle;
  /** What to show. */
  readonly crop: SheetRectangle;
}

/** Where bubbles touch, the radius is half their distance; the usual sheet has gaps. */
const radiusOfSpacing = 0.36;
/** In bubble distances: enough for the neighbours and the question's number beside it. */
const around = { across: 2.6, along: 1.8 };

/** In boxes: the characters beside help to read one. */
const aroundBox = { across: 2.5, along: 0.7 };

/** @returns undefined where the field has neither bubbles nor a box */
export function placeField(
  { bubbles, written }: Pick<FieldReading, 'bubbles' | 'written'>,
  map: Map,
): FieldPlace | undefined {
  if (written !== undefined) {
    const bounds = boxAround(written.corners.map(map));
    const crop = pad(bounds, aroundBox.across * bounds.width, aroundBox.along * bounds.height);
    return { centers: [], radius: 0.08 * bounds.width, bounds, crop };
  }
  const centers = bubbles.map(({ center }) => map(center));
  const [first, second] = centers;
  if (first === undefined) return undefined;
  // A single bubble, such as a minus sign, has no neighbour to measure by: 6 mm at 150 dots per inch.
  const spacing = second === undefined ? 36 : Math.hypot(second.x - first.x, second.y - first.y);
  const radius = radiusOfSpacing * spacing;
  const bounds = pad(boxAround(centers), 1.5 * radius, 1.5 * radius);
  const isRow = bounds.width >= bounds.height;
  const crop = isRow
    ? pad(bounds, around.across * spacing, around.along * spacing)
    : pad(bounds, around.along * 1.5 * spacing, spacing);
  return { centers, radius, bounds, crop };
}

function boxAround(points: readonly Position[]): SheetRectangle {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function pad({ left, top, width, height }: SheetRectangle, across: number, along: number): SheetRectangle {
  return { left: left - across, top: top - along, width: width + 2 * across, height: height + 2 * along };
}

/** A rectangle of the design on the flattened picture, with a little around it. */
export function placeBox(box: SheetRectangle, { marginUnits, pixelsPerUnit }: Flattening): SheetRectangle {
  const shown = pad(box, 0.02 * box.width, 0.06 * box.height);
  return {
    left: (shown.left + marginUnits) * pixelsPerUnit,
    top: (shown.top + marginUnits) * pixelsPerUnit,
    width: shown.width * pixelsPerUnit,
    height: shown.height * pixelsPerUnit,
  };
}
