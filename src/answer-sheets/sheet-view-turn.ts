/** Shows a photo the right way up, whichever way the sheet lay, and finds what was pressed on it. Pure. */
import type { Quad, Size } from '#contract/images.ts';
import type { FieldReading, Position } from '#contract/sheets.ts';

/** Quarter turns clockwise that the sheet lies in the photo. */
export function findTurns([topLeft, topRight]: Quad): Turns {
  const angle = Math.atan2(topRight.y - topLeft.y, topRight.x - topLeft.x);
  const quarter = (Math.round(angle / (Math.PI / 2)) + 4) % 4;
  return quarter === 1 ? 1 : quarter === 2 ? 2 : quarter === 3 ? 3 : 0;
}

export type Turns = 0 | 1 | 2 | 3;

/** @returns how a picture of this size is turned back, as an SVG transform, and how large it is then */
export function turnPhoto(turns: Turns, { width, height }: Size): { readonly transform: string; readonly view: Size } {
  const transforms = {
    0: '',
    1: `translate(0 ${width}) rotate(-90)`,
    2: `translate(${width} ${height}) rotate(180)`,
    3: `translate(${height} 0) rotate(90)`,
  };
  const view = turns % 2 === 0 ? { width, height } : { width: height, height: width };
  return { transform: transforms[turns], view };
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
export function shareOf({ x, y }: Position, turns: Turns, { width, height }: Size): Position {
  const [across, down] = [x / width, y / height];
  const shares = {
    0: { x: across, y: down },
    1: { x: down, y: 1 - across },
    2: { x: 1 - across, y: 1 - down },
    3: { x: 1 - down, y: across },
  };
  return shares[turns];
}
