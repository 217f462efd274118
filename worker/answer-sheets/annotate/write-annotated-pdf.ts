import { PDFDocument, StandardFonts, rgb, type Color, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';
import { bubbleSigns, type AnnotatedSheet, type AnnotationOrder } from '#contract/annotations.ts';
import { paperSizes } from '#contract/regions.ts';
import { projectPoint } from '#worker/vision/geometry.ts';
import { drawSign, signColours } from './draw-signs.ts';
import { planFlatSheet, type FlatPlan } from './plan-flat-sheet.ts';

/** A picture of a text in a script that the PDF's own fonts lack. */
export interface PaintedText {
  readonly png: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** What the host does with pictures. */
export interface AnnotationPictures {
  /** @returns a JPEG of `plan.size`. */
  readonly flatten: (sheet: AnnotatedSheet, plan: FlatPlan) => Promise<Uint8Array<ArrayBuffer>>;
  /** Black on white, as high as a line of this size. */
  readonly paintText: (text: string, heightPx: number) => Promise<PaintedText>;
}

interface Pen {
  readonly page: PDFPage;
  readonly plain: PDFFont;
  readonly bold: PDFFont;
  readonly pictures: AnnotationPictures;
}

const pointsPerMm = 72 / 25.4;
const marginPoints = 8 * pointsPerMm;
const headingPoints = 15 * pointsPerMm;
const legendPoints = 7 * pointsPerMm;
const ink = rgb(0.14, 0.125, 0.11);
const softInk = rgb(0.39, 0.36, 0.33);

/**
 * Writes one page a sheet: heading, the photo laid flat, signs and notes over it as vectors, the legend. Photos are flattened one
 * after the other; what stays in memory of each is its JPEG.
 */
export async function writeAnnotatedPdf(
  order: AnnotationOrder,
  pictures: AnnotationPictures,
  onSheet: (done: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const createdAt = new Date(order.createdAt);
  pdf.setTitle(order.title, { showInWindowTitleBar: true });
  pdf.setCreator('Papel');
  pdf.setProducer('Papel');
  pdf.setCreationDate(createdAt);
  pdf.setModificationDate(createdAt);
  pdf.setLanguage(order.language);
  const plain = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  const { width: widthMm, height: heightMm } = paperSizes[order.paper];

  for (const [done, sheet] of order.sheets.entries()) {
    onSheet(done);
    const page = pdf.addPage([widthMm * pointsPerMm, heightMm * pointsPerMm]);
    const pen = { page, plain, bold, pictures };
    await writeHeading(pen, sheet.heading);
    await drawSheet(pdf, pen, sheet);
    await writeLegend(pen, order.legend);
  }
  return new Uint8Array(await pdf.save({ addDefaultPage: false, objectsPerTick: Infinity }));
}

async function writeHeading(pen: Pen, { left, right, below }: AnnotatedSheet['heading']): Promise<void> {
  const { page, bold } = pen;
  const width = page.getWidth() - 2 * marginPoints;
  const baseline = page.getHeight() - marginPoints - 12;
  const score = canWrite(bold, right) ? bold.widthOfTextAtSize(right, 16) : width / 4;
  await writeText(pen, left, { x: marginPoints, y: baseline, size: 14, font: bold, most: width - score - 12 });
  await writeText(pen, right, { x: marginPoints + width - score, y: baseline, size: 16, font: bold, most: score + 1 });
  await writeText(pen, below, { x: marginPoints, y: baseline - 15, size: 9, colour: softInk, most: width });
}

async function drawSheet(pdf: PDFDocument, pen: Pen, sheet: AnnotatedSheet): Promise<void> {
  const { page } = pen;
  const plan = planFlatSheet(sheet);
  const picture = await pdf.embedJpg(await pen.pictures.flatten(sheet, plan));
  const room = {
    width: page.getWidth() - 2 * marginPoints,
    height: page.getHeight() - 2 * marginPoints - headingPoints - legendPoints,
  };
  const scale = Math.min(room.width / plan.size.width, room.height / plan.size.height);
  const width = plan.size.width * scale;
  const height = plan.size.height * scale;
  const left = (page.getWidth() - width) / 2;
  const top = page.getHeight() - marginPoints - headingPoints;
  page.drawImage(picture, { x: left, y: top - height, width, height });
  page.drawRectangle({ x: left, y: top - height, width, height, borderColor: softInk, borderWidth: 0.4 });

  const place = (flat: { readonly x: number; readonly y: number }) => ({
    x: left + flat.x * scale,
    y: top - flat.y * scale,
  });
  const bubble = sheet.bubbleUnits * plan.pixelsPerUnit * scale;
  for (const { sign, at } of sheet.signs) drawSign(page, sign, place(projectPoint(plan.fromPhoto, at)), bubble);
  const size = Math.min(10, Math.max(6, bubble * 0.8));
  const inFlat = (units: number) => (units + sheet.marginUnits) * plan.pixelsPerUnit;
  for (const { at, text } of sheet.notes) {
    const { x, y } = place({ x: inFlat(at.x), y: inFlat(at.y) });
    const most = page.getWidth() - marginPoints - x;
    const wide = Math.min(most, canWrite(pen.bold, text) ? pen.bold.widthOfTextAtSize(text, size) : most);
    page.drawRectangle({ x: x - 1, y: y - size * 0.6, width: wide + 2, height: size * 1.2, color: rgb(1, 1, 1) });
    await writeText(pen, text, { x, y: y - size * 0.35, size, font: pen.bold, colour: signColours.missed, most });
  }
}

async function writeLegend(pen: Pen, legend: AnnotationOrder['legend']): Promise<void> {
  const step = (pen.page.getWidth() - 2 * marginPoints) / bubbleSigns.length;
  for (const [index, sign] of bubbleSigns.entries()) {
    const x = marginPoints + index * step;
    const y = marginPoints + 2;
    drawSign(pen.page, sign, { x: x + 6, y: y + 3 }, 8);
    await writeText(pen, legend[sign], { x: x + 18, y, size: 8, colour: softInk, most: step - 22 });
  }
}

interface TextPlace {
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly size: number;
  /** Wider text is shortened. */
  readonly most: number;
  readonly font?: PDFFont;
  readonly colour?: Color;
}

/** Helvetica is in every reader and has Latin letters only (PDF 32000-1:2008, 9.6.2.2); other names come as pictures. */
async function writeText(pen: Pen, text: string, place: TextPlace): Promise<void> {
  const { font = pen.plain, colour = ink, size, most, x, y } = place;
  if (text === '') return;
  if (canWrite(font, text)) {
    pen.page.drawText(shorten(font, text, size, most), { x, y, size, font, color: colour });
    return;
  }
  // Four pixels a point is 288 dots per inch.
  const painted = await pen.pictures.paintText(text, size * 4);
  const picture = await pen.page.doc.embedPng(painted.png);
  const scale = Math.min(size / painted.height, most / painted.width);
  const height = painted.height * scale;
  pen.page.drawImage(picture, { x, y: y - height * 0.22, width: painted.width * scale, height });
}

function canWrite(font: PDFFont, text: string): boolean {
  const known = new Set(font.getCharacterSet());
  return Array.from(text).every((sign) => known.has(sign.codePointAt(0) ?? 0));
}

function shorten(font: PDFFont, text: string, size: number, most: number): string {
  if (font.widthOfTextAtSize(text, size) <= most) return text;
  const signs = Array.from(text);
  while (signs.length > 0 && font.widthOfTextAtSize(`${signs.join('')}…`, size) > most) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}
