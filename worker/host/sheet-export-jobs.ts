import type { AnnotatedSheet } from '#contract/annotations.ts';
import type { Handlers } from '#contract/jobs.ts';
import type { FlatPlan } from '#worker/answer-sheets/annotate/plan-flat-sheet.ts';
import type { FourPoints, XY } from '#worker/vision/geometry.ts';
import { warpQuad } from '#worker/vision/warp-quad.ts';
import { decodePicture, readScaled } from './decode-picture.ts';
import { encodePicture } from './encode-picture.ts';
import { paintText } from './paint-text.ts';

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
