import type { RgbaImage } from '#contract/images.ts';
import type { SheetBlock, SheetDesign, SheetField } from '#contract/sheets.ts';
import { projectPoint, type Homography, type XY } from '#worker/vision/geometry.ts';

/** Answer sheets drawn for tests: printed circles with a stroke inside, marks, and a camera. */

/** Two columns of ten questions and a number of three digits: no turn of it looks like another. */
export function createDesign(location: SheetDesign<RgbaImage>['location'] = { by: 'bubbles' }): SheetDesign<RgbaImage> {
  const digits = {
    name: 'number',
    fields: Array.from({ length: 3 }, (_, digit) =>
      fieldAt(`n${digit}`, 'digits', '01234', 120 + digit * 13, 25, 0, 12),
    ),
  };
  return {
    name: 'test',
    unit: 'mm',
    size: { width: 190, height: 270 },
    location,
    blocks: [columnAt('left', 30, 1), columnAt('right', 115, 11), digits],
    customLabels: [{ label: 'number', parts: ['n0', 'n1', 'n2'] }],
    outputColumns: ['number', ...Array.from({ length: 20 }, (_, at) => `q${at + 1}`)],
  };
}

function columnAt(name: string, left: number, first: number): SheetBlock {
  const fields = Array.from({ length: 10 }, (_, row) =>
    fieldAt(`q${first + row}`, 'single', 'ABCD', left, 110 + row * 14, 13, 0),
  );
  return { name, fields };
}

function fieldAt(
  label: string,
  kind: SheetField['kind'],
  values: string,
  left: number,
  top: number,
  acrossStep: number,
  downStep: number,
): SheetField {
  const bubbles = Array.from(values, (value, at) => ({
    value,
    left: left + at * acrossStep,
    top: top + at * downStep,
    width: 8,
    height: 8,
  }));
  return { label, kind, emptyValue: '', bubbles };
}

export interface SheetPicture {
  /** Values by label; each character is a marked bubble. */
  readonly marks: Readonly<Record<string, string>>;
  /** Darkness of marks, 0 none to 1 black. */
  readonly ink?: number;
  readonly habit?: 'filled' | 'crossed';
  /** Takes pixels of the photo to units of the sheet. */
  readonly toSheet: Homography;
  readonly width: number;
  readonly height: number;
  /** Shifts the print, in units of the sheet: curled paper. */
  readonly curl?: (point: XY) => XY;
  /** Pictures printed on the sheet, with the place of their middle and their width. */
  readonly stamps?: readonly {
    readonly picture: RgbaImage;
    readonly x: number;
    readonly y: number;
    readonly width: number;
  }[];
}

/** Draws a photo of the sheet, each pixel the mean of four samples. What lies beside the paper is dark. */
export function drawSheet(design: SheetDesign<RgbaImage>, picture: SheetPicture): RgbaImage {
  const { width, height, toSheet, curl = (point) => point } = picture;
  const bubbles = design.blocks.flatMap(({ fields }) =>
    fields.flatMap((field) =>
      field.bubbles.map((bubble) => ({
        x: bubble.left + 4,
        y: bubble.top + 4,
        turn: (bubble.value.charCodeAt(0) * 0.7) % Math.PI,
        marked: picture.marks[field.label]?.includes(bubble.value) === true,
      })),
    ),
  );
  const near = new Map<string, DrawnBubble[]>();
  for (const bubble of bubbles)
    for (const dx of [-1, 0, 1])
      for (const dy of [-1, 0, 1]) {
        const tile = tileAt(bubble.x + dx * tileSide, bubble.y + dy * tileSide);
        near.set(tile, [...(near.get(tile) ?? []), bubble]);
      }
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      let sum = 0;
      for (const [dx, dy] of [
        [0.25, 0.25],
        [0.75, 0.25],
        [0.25, 0.75],
        [0.75, 0.75],
      ] as const) {
        const point = curl(projectPoint(toSheet, { x: x + dx, y: y + dy }));
        sum += shadeAt(design, near.get(tileAt(point.x, point.y)) ?? [], picture, point);
      }
      data[at] = data[at + 1] = data[at + 2] = sum / 4;
      data[at + 3] = 255;
    }
  return { width, height, data };
}

/** As wide as a bubble reaches. */
const tileSide = 10;

function tileAt(x: number, y: number): string {
  return `${Math.floor(x / tileSide)} ${Math.floor(y / tileSide)}`;
}

interface DrawnBubble extends XY {
  readonly turn: number;
  readonly marked: boolean;
}

function shadeAt(
  { size }: SheetDesign<RgbaImage>,
  bubbles: readonly DrawnBubble[],
  { ink = 0.8, habit = 'filled', stamps = [] }: SheetPicture,
  { x, y }: XY,
): number {
  if (x < -10 || y < -10 || x > size.width + 10 || y > size.height + 10) return 50;
  for (const stamp of stamps) {
    const scale = stamp.picture.width / stamp.width;
    const column = Math.floor((x - stamp.x) * scale + stamp.picture.width / 2);
    const row = Math.floor((y - stamp.y) * scale + stamp.picture.height / 2);
    if (column >= 0 && row >= 0 && column < stamp.picture.width && row < stamp.picture.height)
      return stamp.picture.data[(row * stamp.picture.width + column) * 4] ?? 255;
  }
  let shade = 235;
  for (const bubble of bubbles) {
    const dx = x - bubble.x;
    const dy = y - bubble.y;
    const radius = Math.hypot(dx, dy);
    if (radius > 5) continue;
    if (Math.abs(radius - 3.8) < 0.25) shade = 70;
    // A stroke of its own direction stands for the letter.
    const along = dx * Math.cos(bubble.turn) + dy * Math.sin(bubble.turn);
    const across = -dx * Math.sin(bubble.turn) + dy * Math.cos(bubble.turn);
    if (Math.abs(along) < 1.6 && Math.abs(across) < 0.25) shade = 90;
    const drawn = habit === 'filled' ? radius < 3.5 : radius < 4.2 && Math.abs(Math.abs(dx) - Math.abs(dy)) < 0.6;
    if (bubble.marked && drawn) shade = Math.min(shade, 235 * (1 - ink));
  }
  return shade;
}

/** Rings in rings, as OMRChecker's own marker. */
export function drawMarker(side: number): RgbaImage {
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const radius = Math.hypot(x + 0.5 - side / 2, y + 0.5 - side / 2) / (side / 2);
      const dark = radius < 0.2 || (radius > 0.4 && radius < 0.6) || (radius > 0.8 && radius < 1);
      data.fill(dark ? 20 : 255, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  return { width: side, height: side, data };
}
