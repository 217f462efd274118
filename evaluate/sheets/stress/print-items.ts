import type { PrintedItem } from '#contract/sheets.ts';
import type { Canvas } from './print-sheet.ts';

/** Draws what a sheet of ours prints, on a canvas whose unit is a millimetre. */
export function printItems(canvas: Canvas, items: readonly PrintedItem[]): void {
  for (const item of items) {
    canvas.beginPath();
    switch (item.kind) {
      case 'rectangle':
        canvas.roundRect(item.left, item.top, item.width, item.height, item.radius);
        paint(canvas, item);
        break;
      case 'ellipse': {
        const { left, top, width, height } = item;
        canvas.ellipse(left + width / 2, top + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
        paint(canvas, item);
        break;
      }
      case 'line':
        canvas.moveTo(item.from.x, item.from.y);
        canvas.lineTo(item.to.x, item.to.y);
        canvas.strokeStyle = shadeOf(item.grey);
        canvas.lineWidth = item.widthMm;
        canvas.stroke();
        break;
      case 'text':
        canvas.font = `${item.bold ? 'bold ' : ''}${item.heightMm}px sans-serif`;
        canvas.textAlign = item.align;
        canvas.textBaseline = 'alphabetic';
        canvas.fillStyle = shadeOf(item.grey);
        canvas.fillText(item.text, item.at.x, item.at.y);
        break;
      case 'modules':
        printModules(canvas, item);
        break;
    }
  }
}

function paint(canvas: Canvas, { stroke, fill }: Extract<PrintedItem, { kind: 'rectangle' | 'ellipse' }>): void {
  if (fill !== undefined) {
    canvas.fillStyle = shadeOf(fill.grey);
    canvas.fill();
  }
  if (stroke === undefined) return;
  canvas.strokeStyle = shadeOf(stroke.grey);
  canvas.lineWidth = stroke.widthMm;
  canvas.stroke();
}

/** All black squares as one path, so that no hairline shows between them. */
function printModules(
  canvas: Canvas,
  { left, top, width, height, rows }: Extract<PrintedItem, { kind: 'modules' }>,
): void {
  const tall = height / rows.length;
  rows.forEach((row, y) => {
    const wide = width / row.length;
    row.forEach((isBlack, x) => {
      // A little over the edge: squares drawn apart would show hairlines.
      if (isBlack) canvas.rect(left + x * wide, top + y * tall, wide * 1.01, tall * 1.01);
    });
  });
  canvas.fillStyle = 'black';
  canvas.fill();
}

function shadeOf(grey: number): string {
  const level = Math.round(255 * grey);
  return `rgb(${level} ${level} ${level})`;
}
