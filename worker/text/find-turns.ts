import type { Size } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';
import type { PrintBox } from '#contract/text.ts';
import type { Plane } from '#worker/vision/plane.ts';
import type { Letters } from './find-letters.ts';
import { chainLetters } from './follow-lines.ts';

/** Letters of a word are no further apart, in heights of letters; lines of print are. */
const withinWords = 0.5;

/** So many times more letters have a neighbour down the page than across on a page that lies on its side. */
const sidewaysRatio = 2;

/** Fewer neighbours than this tell nothing. */
const leastNeighbours = 20;

/** Whether words run down the page instead of across: it lies on its side, one way or the other. */
export function liesOnSide(letters: Letters): boolean {
  const across = countNeighbours(letters);
  const down = countNeighbours({
    height: letters.height,
    boxes: letters.boxes.map(({ left, top, right, bottom }) => ({
      left: top,
      top: left,
      right: bottom,
      bottom: right,
    })),
  });
  return down >= leastNeighbours && down > sidewaysRatio * across;
}

function countNeighbours(letters: Letters): number {
  return chainLetters(letters, withinWords).reduce((sum, line) => sum + line.length - 1, 0);
}

/** Boxes of a picture after quarter turns clockwise. */
export function turnBoxes(boxes: readonly PrintBox[], turns: Turns, { width, height }: Size): readonly PrintBox[] {
  if (turns === 0) return boxes;
  return boxes.map(({ left, top, right, bottom }): PrintBox => {
    if (turns === 1) return { left: height - bottom, top: left, right: height - top, bottom: right };
    if (turns === 2) return { left: width - right, top: height - bottom, right: width - left, bottom: height - top };
    return { left: top, top: width - right, right: bottom, bottom: width - left };
  });
}

/** The picture after quarter turns clockwise. */
export function turnPlane(picture: Plane, turns: Turns): Plane {
  if (turns === 0) return picture;
  const { width, height, values } = picture;
  const turned = new Uint8Array(values.length);
  const size = turns === 2 ? { width, height } : { width: height, height: width };
  // Where the pixel (0, 0) goes, and the ways along its row and column.
  const [first, alongRow, alongColumn] =
    turns === 1
      ? [height - 1, height, -1]
      : turns === 2
        ? [values.length - 1, -1, -width]
        : [height * (width - 1), -height, 1];
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0, to = first + y * alongColumn; x < width; x++, at++, to += alongRow) turned[to] = values[at] ?? 0;
  return { ...size, values: turned };
}
