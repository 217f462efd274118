import type { Fiducial, SheetBubble } from '#contract/sheets.ts';
import { printItems } from './print-items.ts';
import type { PlainPrint, PrintedDesign } from './printed-design.ts';

export type Canvas = OffscreenCanvasRenderingContext2D;

/** The 4 x 4 cells of the first marks of OpenCV's DICT_4X4_50, row by row, 1 white. */
const arucoCells = [0xb532, 0x0f9a, 0x332d, 0x9946, 0x549e, 0x79cd, 0x9e2e, 0xc4f2];

/** An empty sheet, drawn at `scale` pixels a millimetre. */
export function printSheet({ design, shape, print }: PrintedDesign, scale: number): Canvas {
  const canvas = openCanvas(Math.round(design.size.width * scale), Math.round(design.size.height * scale));
  canvas.fillStyle = 'white';
  canvas.fillRect(0, 0, canvas.canvas.width, canvas.canvas.height);
  canvas.setTransform(scale, 0, 0, scale, 0, 0);
  if ('grey' in print) printPlainly(canvas, design, shape, print);
  else printItems(canvas, print);
  return canvas;
}

function printPlainly(
  canvas: Canvas,
  design: PrintedDesign['design'],
  shape: PrintedDesign['shape'],
  print: PlainPrint,
): void {
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  if (design.location.by === 'fiducials') for (const mark of design.location.fiducials) drawAruco(canvas, mark);
  canvas.fillStyle = 'rgb(20 20 20)';
  canvas.font = 'bold 6px sans-serif';
  canvas.fillText('Answer sheet', design.size.width / 2, 14);
  canvas.font = '3.4px sans-serif';
  for (const { fields } of design.blocks) {
    for (const { label, kind, bubbles } of fields) {
      const [first] = bubbles;
      if (first !== undefined && kind !== 'digits')
        canvas.fillText(label.slice(1), first.left - 5, first.top + first.height / 2);
    }
  }
  const grey = `rgb(${print.grey} ${print.grey} ${print.grey})`;
  canvas.strokeStyle = grey;
  canvas.fillStyle = grey;
  canvas.lineWidth = print.strokeMm;
  for (const { fields } of design.blocks)
    for (const { bubbles } of fields) for (const bubble of bubbles) drawBubble(canvas, shape, print.letters, bubble);
}

function drawBubble(canvas: Canvas, shape: PrintedDesign['shape'], letters: boolean, bubble: SheetBubble): void {
  tracePath(canvas, shape, bubble);
  canvas.stroke();
  if (!letters) return;
  canvas.font = `${0.62 * bubble.height}px sans-serif`;
  canvas.fillText(bubble.value, bubble.left + bubble.width / 2, bubble.top + bubble.height * 0.54);
}

export function tracePath(canvas: Canvas, shape: PrintedDesign['shape'], bubble: SheetBubble, inset = 0): void {
  const { left, top, width, height } = bubble;
  canvas.beginPath();
  if (shape === 'square') canvas.rect(left + inset, top + inset, width - 2 * inset, height - 2 * inset);
  else if (shape === 'pill')
    canvas.roundRect(left + inset, top + inset, width - 2 * inset, height - 2 * inset, height / 2 - inset);
  else canvas.ellipse(left + width / 2, top + height / 2, width / 2 - inset, height / 2 - inset, 0, 0, 2 * Math.PI);
}

function drawAruco(canvas: Canvas, mark: Fiducial<string>): void {
  if (mark.kind !== 'aruco') return;
  const cell = mark.width / 6;
  const left = mark.x - mark.width / 2;
  const top = mark.y - mark.width / 2;
  const cells = arucoCells[mark.id] ?? 0;
  canvas.fillStyle = 'black';
  canvas.fillRect(left, top, mark.width, mark.width);
  canvas.fillStyle = 'white';
  for (let at = 0; at < 16; at++) {
    if (((cells >> (15 - at)) & 1) === 0) continue;
    // A little over the edge: cells drawn apart would show hairlines.
    canvas.fillRect(left + (1 + (at % 4)) * cell, top + (1 + Math.floor(at / 4)) * cell, cell * 1.01, cell * 1.01);
  }
}

export function openCanvas(width: number, height: number): Canvas {
  const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (canvas === null) throw new Error('The browser gives no canvas');
  return canvas;
}
