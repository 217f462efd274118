import type { AnnotatedSheet } from '#contract/annotations.ts';
import type { Handlers } from '#contract/jobs.ts';
import type { FlatPlan } from '#worker/answer-sheets/annotate/plan-flat-sheet.ts';
import type { PaintedText } from '#worker/answer-sheets/annotate/write-annotated-pdf.ts';
import type { FourPoints, XY } from '#worker/vision/geometry.ts';
import { warpQuad } from '#worker/vision/warp-quad.ts';
import { decodePicture, openCanvas, readScaled } from './decode-picture.ts';
import { encodePicture } from './encode-picture.ts';

/** Twice the flattened sheet's: a sheet that fills half of its photo loses nothing. */
const readLongSidePx = 2400;

/** Pencil stays legible, and a page is about 200 kB. */
const sheetQuality = 0.72;

/** The writer of PDFs is a chunk of its own: who only reads sheets never loads it. */
export function createSheetExportHandlers(): Pick<Handlers, 'answer-sheets.annotate'> {
  return {
    'answer-sheets.annotate': async ({ order }, report) => {
      const { writeAnnotatedPdf } = await import('#worker/answer-sheets/annotate/write-annotated-pdf.ts');
      const total = order.sheets.length;
      const pdf = await writeAnnotatedPdf(order, { flatten: flattenPhoto, paintText }, (done) =>
        report({ stage: 'annotate', done, total }),
      );
      return { pdf: new Blob([pdf], { type: 'application/pdf' }), pages: total };
    },
  };
}

async function flattenPhoto({ photo, photoSize }: AnnotatedSheet, plan: FlatPlan): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = await decodePicture(photo);
  try {
    const pixels = readScaled(bitmap, readLongSidePx);
    const scale = ({ x, y }: XY): XY => ({
      x: (x * pixels.width) / photoSize.width,
      y: (y * pixels.height) / photoSize.height,
    });
    const [a, b, c, d] = plan.shown;
    const shown: FourPoints = [scale(a), scale(b), scale(c), scale(d)];
    const flat = await encodePicture(warpQuad(pixels, shown, plan.size), 'image/jpeg', sheetQuality);
    return new Uint8Array(await flat.arrayBuffer());
  } finally {
    bitmap.close();
  }
}

async function paintText(text: string, heightPx: number): Promise<PaintedText> {
  const font = `${heightPx}px system-ui, sans-serif`;
  const ruler = openCanvas({ width: 1, height: 1 });
  ruler.font = font;
  const width = Math.max(1, Math.ceil(ruler.measureText(text).width));
  // Letters below and accents above the line need a third more than the size of the font.
  const height = Math.ceil(heightPx * 1.35);
  const context = openCanvas({ width, height });
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'black';
  context.font = font;
  context.textBaseline = 'alphabetic';
  context.fillText(text, 0, heightPx);
  const png = await context.canvas.convertToBlob({ type: 'image/png' });
  context.canvas.width = 0;
  return { png: new Uint8Array(await png.arrayBuffer()), width, height };
}
