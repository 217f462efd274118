import { PDFDocument, PrintScaling, rgb } from '@cantoo/pdf-lib';
import type { IdPaper } from '#contract/id-photos.ts';
import type { Size } from '#contract/images.ts';
import { layOutPrints } from './id-print-layout.ts';

export interface PrintedPhoto {
  readonly jpeg: Uint8Array;
  readonly sizeMm: Size;
}

export interface PrintNotes {
  readonly title: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

const pointsPerMm = 72 / 25.4;
/** A hairline that printers still show: a quarter of a point. */
const cutWidthPoints = 0.25;

/** One sheet of the photo, each at exactly its size when it is printed without "fit to page", which the file asks for. */
export async function writePrintSheet(
  { jpeg, sizeMm }: PrintedPhoto,
  paper: IdPaper,
  { title, createdAt }: PrintNotes,
): Promise<{ readonly pdf: Uint8Array<ArrayBuffer>; readonly copies: number }> {
  const { sheetMm, places, cuts } = layOutPrints(sizeMm, paper);
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setCreator('Papel');
  pdf.setProducer('Papel');
  pdf.setCreationDate(new Date(createdAt));
  pdf.setModificationDate(new Date(createdAt));
  // Otherwise readers offer to shrink it, and an ID photo that is 97 % of its size is refused.
  pdf.catalog.getOrCreateViewerPreferences().setPrintScaling(PrintScaling.None);
  const picture = await pdf.embedJpg(jpeg);
  const page = pdf.addPage([sheetMm.width * pointsPerMm, sheetMm.height * pointsPerMm]);
  // PDF counts from the bottom.
  const across = (x: number): number => x * pointsPerMm;
  const up = (y: number): number => (sheetMm.height - y) * pointsPerMm;
  for (const { from, to } of cuts) {
    page.drawLine({
      start: { x: across(from.x), y: up(from.y) },
      end: { x: across(to.x), y: up(to.y) },
      thickness: cutWidthPoints,
      color: rgb(0.55, 0.55, 0.55),
    });
  }
  for (const { x, y } of places) {
    page.drawImage(picture, {
      x: across(x),
      y: up(y + sizeMm.height),
      width: sizeMm.width * pointsPerMm,
      height: sizeMm.height * pointsPerMm,
    });
  }
  return { pdf: new Uint8Array(await pdf.save({ addDefaultPage: false })), copies: places.length };
}
