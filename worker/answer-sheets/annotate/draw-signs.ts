import { rgb, type Color, type PDFPage } from '@cantoo/pdf-lib';
import type { BubbleSign } from '#contract/annotations.ts';

/** Points of a page, from its bottom left. */
interface PagePosition {
  readonly x: number;
  readonly y: number;
}

/* Dark enough to be told from the paper in a copy without colours (contrast with white of at least 5:1). */
export const signColours: Readonly<Record<BubbleSign, Color>> = {
  right: rgb(0.02, 0.42, 0.27),
  wrong: rgb(0.72, 0.11, 0.11),
  missed: rgb(0.02, 0.34, 0.6),
  open: rgb(0.5, 0.31, 0),
};
const white = rgb(1, 1, 1);

/**
 * Draws a sign around a bubble: each stroke on a wider white one, so that it is seen on pencil, too. A ring with a tick, a
 * cross, a dashed ring, a ring with a dot below a hook: the forms differ as much as the colours.
 *
 * @param size diameter of the bubble, in points
 */
export function drawSign(page: PDFPage, sign: BubbleSign, { x, y }: PagePosition, size: number): void {
  const radius = size * 0.62;
  const thickness = Math.max(0.9, size * 0.11);
  for (const [color, width] of [
    [white, thickness * 2.2],
    [signColours[sign], thickness],
  ] as const) {
    const ring = (dashes?: number[]) =>
      page.drawEllipse({
        x,
        y,
        xScale: radius,
        yScale: radius,
        borderColor: color,
        borderWidth: width,
        ...(dashes === undefined ? {} : { borderDashArray: dashes }),
      });
    const stroke = (...points: readonly (readonly [number, number])[]) => {
      for (const [index, [fromX, fromY]] of points.slice(0, -1).entries()) {
        const [toX = 0, toY = 0] = points[index + 1] ?? [];
        page.drawLine({
          start: { x: x + fromX * size, y: y + fromY * size },
          end: { x: x + toX * size, y: y + toY * size },
          color,
          thickness: width,
        });
      }
    };
    switch (sign) {
      case 'right':
        ring();
        stroke([0.12, 0.42], [0.34, 0.16], [0.86, 0.86]);
        break;
      case 'wrong':
        stroke([-0.52, -0.52], [0.52, 0.52]);
        stroke([-0.52, 0.52], [0.52, -0.52]);
        break;
      case 'missed':
        ring([size * 0.3, size * 0.2]);
        break;
      case 'open':
        ring();
        stroke([-0.2, 0.2], [0, 0.4], [0.2, 0.2], [0, 0], [0, -0.14]);
        stroke([0, -0.3], [0, -0.4]);
        break;
    }
  }
}
