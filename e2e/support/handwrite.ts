/** A hand that writes characters into boxes: polylines, not a font. */
import type { Locator, Page } from '@playwright/test';

/** In millimetres, or pixels, of what is written on. */
export interface WritingBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface WrittenCharacter {
  readonly box: WritingBox;
  /** A digit or capital of those below; `#` strikes out whatever was there. */
  readonly character: string;
}

type Stroke = readonly (readonly [x: number, y: number])[];

/** Strokes in a square from 0 to 1, y down. */
const strokesOf: Readonly<Record<string, readonly Stroke[]>> = {
  '0': [arc(0.5, 0.5, 0.32, 0.48, -80, 290)],
  '1': [
    [
      [0.35, 0.22],
      [0.55, 0],
      [0.55, 1],
    ],
  ],
  '2': [[...arc(0.5, 0.28, 0.3, 0.28, -170, 40), [0.2, 0.98], [0.85, 0.96]]],
  '3': [[...arc(0.45, 0.25, 0.28, 0.25, -150, 90), ...arc(0.45, 0.74, 0.32, 0.26, -90, 150)]],
  '4': [
    [
      [0.6, 0],
      [0.15, 0.62],
      [0.88, 0.62],
    ],
    [
      [0.65, 0.35],
      [0.62, 1],
    ],
  ],
  '5': [[[0.78, 0.02], [0.3, 0.02], [0.26, 0.42], ...arc(0.46, 0.68, 0.32, 0.3, -110, 140)]],
  '6': [[[0.68, 0.02], [0.36, 0.36], ...arc(0.5, 0.7, 0.28, 0.28, 190, 540)]],
  '7': [
    [
      [0.18, 0.04],
      [0.82, 0.04],
      [0.42, 1],
    ],
  ],
  '8': [[...arc(0.5, 0.25, 0.24, 0.24, 90, 430), ...arc(0.5, 0.74, 0.3, 0.26, -90, 270)]],
  '9': [[...arc(0.5, 0.28, 0.27, 0.27, 0, -360), [0.77, 0.3], [0.68, 1]]],
  A: [
    [
      [0.12, 1],
      [0.5, 0],
      [0.88, 1],
    ],
    [
      [0.26, 0.64],
      [0.76, 0.64],
    ],
  ],
  B: [
    [
      [0.2, 0],
      [0.2, 1],
    ],
    [
      [0.2, 0.02],
      ...arc(0.42, 0.25, 0.3, 0.23, -90, 90),
      [0.2, 0.5],
      ...arc(0.44, 0.75, 0.36, 0.25, -90, 90),
      [0.2, 1],
    ],
  ],
  C: [arc(0.58, 0.5, 0.42, 0.48, -45, -315)],
  D: [
    [
      [0.2, 0],
      [0.2, 1],
    ],
    [[0.18, 0.02], ...arc(0.3, 0.5, 0.5, 0.48, -80, 80), [0.18, 0.98]],
  ],
  '#': Array.from({ length: 9 }, (_, at): Stroke => [
    [0, at / 8],
    [1, (at + 0.6) / 8],
    [0, (at + 1) / 8],
  ]),
};

function arc(x: number, y: number, across: number, down: number, from: number, to: number): Stroke {
  return Array.from({ length: 15 }, (_, at) => {
    const angle = ((from + ((to - from) * at) / 14) * Math.PI) / 180;
    return [x + across * Math.cos(angle), y + down * Math.sin(angle)] as const;
  });
}

/** Boxes of a printed page as its preview shows them, row by row, from left to right; millimetres. */
export async function readBoxes(preview: Locator): Promise<readonly (readonly WritingBox[])[]> {
  const boxes = await preview.evaluate((svg) =>
    [...svg.querySelectorAll('rect')].map((element) => ({
      left: Number(element.getAttribute('x')),
      top: Number(element.getAttribute('y')),
      width: Number(element.getAttribute('width')),
      height: Number(element.getAttribute('height')),
    })),
  );
  const rows = new Map<number, WritingBox[]>();
  for (const box of boxes.filter(({ width, height }) => width < 8 && height === 8))
    rows.set(box.top, [...(rows.get(box.top) ?? []), box]);
  return [...rows].toSorted(([a], [b]) => a - b).map(([, row]) => row.toSorted((a, b) => a.left - b.left));
}

/**
 * Writes on a page.
 *
 * @param page the page as a PNG in base64
 * @param pixelsPerUnit of the boxes' unit: 150 dots an inch are 5.9 a millimetre
 * @returns the written page, likewise
 */
export function handwrite(
  studio: Page,
  page: string,
  characters: readonly WrittenCharacter[],
  pixelsPerUnit = 150 / 25.4,
): Promise<string> {
  const strokes = characters.flatMap(({ box, character }) =>
    (strokesOf[character] ?? []).map((stroke) =>
      stroke.map(([x, y]) => [
        (box.left + (0.22 + 0.56 * x) * box.width) * pixelsPerUnit,
        (box.top + (0.16 + 0.68 * y) * box.height) * pixelsPerUnit,
      ]),
    ),
  );
  const lineWidth = 0.085 * (characters[0]?.box.height ?? 0) * pixelsPerUnit;
  return studio.evaluate(drawStrokes, { page, strokes, lineWidth });
}

/** Runs in the browser, so it may use nothing from outside itself. */
async function drawStrokes(order: { page: string; strokes: number[][][]; lineWidth: number }): Promise<string> {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${order.page}`)).blob());
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d canvas');
  context.drawImage(picture, 0, 0);
  context.strokeStyle = 'rgb(45 45 70)';
  context.lineWidth = order.lineWidth;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of order.strokes) {
    context.beginPath();
    for (const [x = 0, y = 0] of stroke) context.lineTo(x, y);
    context.stroke();
  }
  return canvas.toDataURL('image/png').replace('data:image/png;base64,', '');
}
