import type { LaidOutPage, PrintedItem, SheetRectangle } from '#contract/sheets.ts';

/** Photos of answer sheets: what is printed and marked is drawn flat, then seen by a camera. What lies where is known exactly. */

export type Place = readonly [number, number];

export interface SheetPhoto {
  /** Values by label; each character, or the value as a whole, is a marked bubble. */
  readonly marks?: Readonly<Record<string, string>>;
  /** Places on the paper that something lies on. */
  readonly covered?: readonly SheetRectangle[];
  readonly width?: number;
  readonly height?: number;
  /** Where the corners of the paper are in the photo, from its own top left clockwise. */
  readonly corners?: readonly [Place, Place, Place, Place];
  /** Standard deviation, in pixels of the photo. */
  readonly blurPx?: number;
}

/** A hand-held phone above an A4 sheet: two megapixels. */
const usual = {
  width: 1224,
  height: 1632,
  corners: [
    [140, 130],
    [1090, 95],
    [1150, 1520],
    [85, 1470],
  ],
} as const;

const pixelsPerMm = 8;

export function photographSheet(
  page: Pick<LaidOutPage, 'design' | 'printed'>,
  photo: SheetPhoto = {},
): OffscreenCanvas {
  const { width = usual.width, height = usual.height, corners = usual.corners, blurPx = 0 } = photo;
  const sheet = drawSheet(page, photo);
  const seen = openCanvas(width, height);
  const picture = seen.createImageData(width, height);
  const toPaper = invert(squareToQuad(corners));
  const from = sheet.getImageData(0, 0, sheet.canvas.width, sheet.canvas.height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      let sum = 0;
      for (const [dx, dy] of samples) sum += shadeAt(from, toPaper, x + dx, y + dy);
      picture.data.fill(sum / samples.length, at, at + 3);
      picture.data[at + 3] = 255;
    }
  seen.putImageData(picture, 0, 0);
  if (blurPx === 0) return seen.canvas;
  const blurred = openCanvas(width, height);
  blurred.filter = `blur(${blurPx}px)`;
  blurred.drawImage(seen.canvas, 0, 0);
  return blurred.canvas;
}

const samples = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const;

const paperShade = 232;
const deskShade = 70;

function shadeAt({ width, height, data }: ImageData, toPaper: Matrix, x: number, y: number): number {
  const [across, down] = project(toPaper, x, y);
  if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) return deskShade;
  return data[4 * (Math.floor(down * height) * width + Math.floor(across * width))] ?? 0;
}

function drawSheet({ design, printed }: Pick<LaidOutPage, 'design' | 'printed'>, photo: SheetPhoto) {
  const { width, height } = design.size;
  const context = openCanvas(Math.round(width * pixelsPerMm), Math.round(height * pixelsPerMm));
  context.fillStyle = greyOf(1);
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.scale(pixelsPerMm, pixelsPerMm);
  for (const item of printed) drawItem(context, item);
  for (const field of design.blocks.flatMap(({ fields }) => fields))
    for (const bubble of field.bubbles) {
      const marked = photo.marks?.[field.label];
      if (
        marked === undefined ||
        !(marked === bubble.value || (bubble.value.length === 1 && marked.includes(bubble.value)))
      )
        continue;
      context.fillStyle = 'rgb(60 60 66)';
      ellipse(context, bubble, 0.9);
      context.fill();
    }
  context.fillStyle = 'rgb(120 90 70)';
  for (const { left, top, width: across, height: down } of photo.covered ?? [])
    context.fillRect(left, top, across, down);
  return context;
}

function drawItem(context: OffscreenCanvasRenderingContext2D, item: PrintedItem): void {
  context.beginPath();
  switch (item.kind) {
    case 'modules': {
      const side = item.width / (item.rows[0]?.length ?? 1);
      item.rows.forEach((row, y) =>
        row.forEach((isBlack, x) => isBlack && context.rect(item.left + x * side, item.top + y * side, side, side)),
      );
      context.fillStyle = greyOf(0);
      context.fill();
      return;
    }
    case 'line':
      context.moveTo(item.from.x, item.from.y);
      context.lineTo(item.to.x, item.to.y);
      stroke(context, item);
      return;
    case 'text':
      context.font = `${item.bold ? 'bold ' : ''}${item.heightMm}px sans-serif`;
      context.textAlign = item.align;
      context.fillStyle = greyOf(item.grey);
      context.fillText(item.text, item.at.x, item.at.y, item.mostWidthMm);
      return;
    case 'ellipse':
      ellipse(context, item, 1);
      break;
    case 'rectangle':
      context.roundRect(item.left, item.top, item.width, item.height, item.radius);
  }
  if (item.fill) {
    context.fillStyle = greyOf(item.fill.grey);
    context.fill();
  }
  if (item.stroke) stroke(context, item.stroke);
}

function stroke(
  context: OffscreenCanvasRenderingContext2D,
  { grey, widthMm }: { grey: number; widthMm: number },
): void {
  context.strokeStyle = greyOf(grey);
  context.lineWidth = widthMm;
  context.stroke();
}

function ellipse(
  context: OffscreenCanvasRenderingContext2D,
  { left, top, width, height }: SheetRectangle,
  share: number,
): void {
  context.beginPath();
  context.ellipse(left + width / 2, top + height / 2, (share * width) / 2, (share * height) / 2, 0, 0, 2 * Math.PI);
}

/** Of ink and paper: neither is quite black or white in a photo. */
function greyOf(grey: number): string {
  const shade = 30 + grey * (paperShade - 30);
  return `rgb(${shade} ${shade} ${shade})`;
}

function openCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  return context;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** Takes (0, 0) to (1, 1) to a quad (Heckbert 1989, Fundamentals of Texture Mapping and Image Warping, 2.2.3). */
function squareToQuad([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: readonly [Place, Place, Place, Place]): Matrix {
  const [dx1, dy1, dx2, dy2] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const whole = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / whole;
  const h = (dx1 * sy - sx * dy1) / whole;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

/** Up to a factor, which a homography does not have. */
function invert([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

function project([a, b, c, d, e, f, g, h, i]: Matrix, x: number, y: number): Place {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}
