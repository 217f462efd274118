import {
  PDFHexString,
  appendBezierCurve,
  beginText,
  closePath,
  concatTransformationMatrix,
  drawObject,
  endText,
  fill,
  fillAndStroke,
  lineTo,
  moveTo,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setFillingGrayscaleColor,
  setFontAndSize,
  setLineWidth,
  setStrokingGrayscaleColor,
  setTextMatrix,
  showText,
  stroke,
  type PDFOperator,
} from '@cantoo/pdf-lib';
import type { PrintedItem } from '#contract/sheets.ts';
import type { PdfText } from './pdf-text.ts';

type Painted = Extract<PrintedItem, { kind: 'rectangle' | 'ellipse' }>;
type Modules = Extract<PrintedItem, { kind: 'modules' }>;
type Text = Extract<PrintedItem, { kind: 'text' }>;

const pointsPerMm = 72 / 25.4;

/** Makes the operators that follow count in millimetres from the top left, y down, of a page so many millimetres high. */
export function countInMm(heightMm: number, leftMm = 0): PDFOperator {
  return concatTransformationMatrix(pointsPerMm, 0, 0, -pointsPerMm, leftMm * pointsPerMm, heightMm * pointsPerMm);
}

/** @param text how texts are written; all are prepared. */
export function drawItems(items: readonly PrintedItem[], text: PdfText): PDFOperator[] {
  return items.flatMap((item) => drawItem(item, text));
}

function drawItem(item: PrintedItem, text: PdfText): PDFOperator[] {
  switch (item.kind) {
    case 'rectangle':
      return paint(item, [rectangle(mm(item.left), mm(item.top), mm(item.width), mm(item.height))]);
    case 'ellipse':
      return paint(item, traceEllipse(item));
    case 'line':
      return [
        setStrokingGrayscaleColor(item.grey),
        setLineWidth(item.widthMm),
        moveTo(mm(item.from.x), mm(item.from.y)),
        lineTo(mm(item.to.x), mm(item.to.y)),
        stroke(),
      ];
    case 'text':
      return drawText(item, text);
    default:
      return drawModules(item);
  }
}

/** Thousandths of a millimetre are finer than any printer. */
function mm(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function paint({ stroke: line, fill: area }: Painted, path: readonly PDFOperator[]): PDFOperator[] {
  if (line === undefined && area === undefined) return [];
  const finish = line === undefined ? fill() : area === undefined ? stroke() : fillAndStroke();
  return [
    ...(line === undefined ? [] : [setStrokingGrayscaleColor(line.grey), setLineWidth(line.widthMm)]),
    ...(area === undefined ? [] : [setFillingGrayscaleColor(area.grey)]),
    ...path,
    finish,
  ];
}

/** How far the handles of a quarter circle reach, in radii: off by at most 0.03 % (4/3 tan(π/8)). */
const handle = 0.5523;

function traceEllipse({ left, top, width, height }: Painted): PDFOperator[] {
  const x = mm(left + width / 2);
  const y = mm(top + height / 2);
  const across = width / 2;
  const down = height / 2;
  const curve = (x1: number, y1: number, x2: number, y2: number, x3: number, y3: number) =>
    appendBezierCurve(
      mm(x + x1 * across),
      mm(y + y1 * down),
      mm(x + x2 * across),
      mm(y + y2 * down),
      mm(x + x3 * across),
      mm(y + y3 * down),
    );
  return [
    moveTo(mm(x + across), y),
    curve(1, handle, handle, 1, 0, 1),
    curve(-handle, 1, -1, handle, -1, 0),
    curve(-1, -handle, -handle, -1, 0, -1),
    curve(handle, -1, 1, -handle, 1, 0),
    closePath(),
  ];
}

/** All squares are one path, neighbours in a row one rectangle, so that no hairline of paper shows between them. */
function drawModules({ left, top, width, height, rows }: Modules): PDFOperator[] {
  const tall = height / rows.length;
  const path = rows.flatMap((row, y) => {
    const wide = width / row.length;
    return row.flatMap((isBlack, x) => {
      if (!isBlack || row[x - 1] === true) return [];
      const end = row.indexOf(false, x);
      const count = (end === -1 ? row.length : end) - x;
      return [rectangle(mm(left + x * wide), mm(top + y * tall), mm(count * wide), mm(tall))];
    });
  });
  return [setFillingGrayscaleColor(0), ...path, fill()];
}

function drawText(item: Text, text: PdfText): PDFOperator[] {
  const { at, align, heightMm, grey } = item;
  const written = text.lineOf(item);
  const { widthMm } = written;
  const x = mm(align === 'left' ? at.x : align === 'right' ? at.x - widthMm : at.x - widthMm / 2);
  if (written.kind === 'picture') {
    const { picture, tallMm, belowMm } = written;
    return [
      pushGraphicsState(),
      // A picture stands upright on a y axis that goes up, and this one goes down.
      concatTransformationMatrix(mm(widthMm), 0, 0, -mm(tallMm), x, mm(at.y + belowMm)),
      drawObject(picture),
      popGraphicsState(),
    ];
  }
  return [
    beginText(),
    setFillingGrayscaleColor(grey),
    setFontAndSize(written.font, heightMm),
    setTextMatrix(1, 0, 0, -1, x, mm(at.y)),
    showText(PDFHexString.of(written.hex)),
    endText(),
  ];
}
