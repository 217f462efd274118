import type { Quad } from '#contract/images.ts';

/** A photo of a page that the browser renders: what lies where is known exactly. */
export interface RenderedPhoto {
  readonly canvas: OffscreenCanvas;
  readonly corners: readonly (readonly [number, number])[];
}

/** Corners of the page in a photo of 1600 x 1200, top left first: a sheet seen from its lower right. */
const corners = [
  [420, 130],
  [1190, 210],
  [1130, 1080],
  [330, 960],
] as const;

/** White paper with lines of text on a dark desk, with noise in it as a camera has. */
export function renderPage(width = 1600, height = 1200): RenderedPhoto {
  const scaleX = width / 1600;
  const scaleY = height / 1200;
  const quad = corners.map(([x, y]) => [x * scaleX, y * scaleY] as const);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = 'rgb(70 58 48)';
  context.fillRect(0, 0, width, height);
  fill(context, quad, 'rgb(244 243 238)');
  for (let line = 0; line < 24; line++) {
    const top = 0.08 + line * 0.036;
    for (let word = 0; word < 9; word++) {
      const left = 0.09 + word * 0.093;
      const right = left + 0.05 + ((line * 7 + word * 3) % 4) * 0.009;
      if (line % 6 === 5 && word > 4) break;
      const strip = [
        place(quad, left, top),
        place(quad, right, top),
        place(quad, right, top + 0.012),
        place(quad, left, top + 0.012),
      ];
      fill(context, strip, 'rgb(40 40 48)');
    }
  }
  return { canvas, corners: quad };
}

/** The longest distance between corners of the same name, in pixels. */
export function worstCorner(found: Quad, expected: RenderedPhoto['corners']): number {
  return Math.max(
    ...found.map(({ x, y }, at) => Math.hypot(x - (expected[at]?.[0] ?? 0), y - (expected[at]?.[1] ?? 0))),
  );
}

type Place = readonly [number, number];

function fill(context: OffscreenCanvasRenderingContext2D, polygon: readonly Place[], colour: string): void {
  context.beginPath();
  for (const [x, y] of polygon) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
}

/** A point of the page, 0 to 1 across and down, between its corners. */
function place(quad: readonly Place[], across: number, down: number): Place {
  const [a = [0, 0], b = [0, 0], c = [0, 0], d = [0, 0]] = quad;
  const at = (axis: 0 | 1) =>
    (1 - down) * ((1 - across) * a[axis] + across * b[axis]) + down * ((1 - across) * d[axis] + across * c[axis]);
  return [at(0), at(1)];
}
