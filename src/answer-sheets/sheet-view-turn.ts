/** Shows a photo the right way up, whichever way the sheet lay, and finds what was pressed on it. Pure. */
import type { Quad, Size } from '#contract/images.ts';
import type { FieldReading, Position } from '#contract/sheets.ts';

/** Quarter turns clockwise that the sheet lies in the photo. */
export function findTurns([topLeft, topRight]: Quad): 0 | 1 | 2 | 3 {
  const angle = Math.atan2(topRight.y - topLeft.y, topRight.x - topLeft.x);
  const quarter = (Math.round(angle / (Math.PI / 2)) + 4) % 4;
  return quarter === 1 ? 1 : quarter === 2 ? 2 : quarter === 3 ? 3 : 0;
}

/** @returns how a picture of this size is turned back, as an SVG transform, and how large it is then */
export function turnPhoto(
  turns: 0 | 1 | 2 | 3,
  { width, height }: Size,
): { readonly transform: string; readonly view: Size } {
  switch (turns) {
    case 0:
      return { transform: '', view: { width, height } };
    case 1:
      return { transform: `translate(0 ${width}) rotate(-90)`, view: { width: height, height: width } };
    case 2:
      return { transform: `translate(${width} ${height}) rotate(180)`, view: { width, height } };
    case 3:
      return { transform: `translate(${height} 0) rotate(90)`, view: { width: height, height: width } };
  }
}

/** @param reach in pixels of the photo. @returns the nearest bubble within reach */
export function findPressed(
  fields: readonly Pick<FieldReading, 'label' | 'bubbles'>[],
  at: Position,
  reach: number,
): { readonly label: string; readonly value: string } | undefined {
  let nearest: { readonly label: string; readonly value: string } | undefined;
  let least = reach;
  for (const { label, bubbles } of fields) {
    for (const { center, value } of bubbles) {
      const distance = Math.hypot(center.x - at.x, center.y - at.y);
      if (distance < least) {
        least = distance;
        nearest = { label, value };
      }
    }
  }
  return nearest;
}

/** Where a point of the photo is on the turned picture, as shares of its size. */
export function shareOf({ x, y }: Position, turns: 0 | 1 | 2 | 3, { width, height }: Size): Position {
  const [across, down] = [x / width, y / height];
  switch (turns) {
    case 0:
      return { x: across, y: down };
    case 1:
      return { x: down, y: 1 - across };
    case 2:
      return { x: 1 - across, y: 1 - down };
    case 3:
      return { x: 1 - down, y: across };
  }
}
