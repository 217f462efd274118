import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import * as pdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { openCanvas } from '../decode-picture.ts';
import { OffscreenCanvasFactory, PdfDataFactory, PlainFilterFactory } from './pdf-factories.ts';
import { type ConvertedPhoto, type PhotoFile } from './photo-file.ts';

/** A PDF of more pages is a book: it would take an hour and gigabytes. */
const mostPages = 200;

/** Pages are drawn at 200 dots per inch, what fax "superfine" and most office scanners take for text. */
const dotsPerInch = 200;
const pointsPerInch = 72;
/** Posters and plans get fewer dots: A4 at 300 dpi, the most that a scanned page is kept at. */
const mostLongSidePx = 3508;
const jpegQuality = 0.92;

/** Readers take 1 kB of anything behind the end of a PDF; mail and web servers have been seen to add more. */
const mostBytesBehindEnd = 16 * 1024;

// pdf.js would start a worker of its own; its worker half runs in this one instead, as Safari once had no nested workers.
Object.assign(globalThis, { pdfjsWorker: pdfWorker });

/**
 * Opens a PDF.
 *
 * @throws CodedFailure `encrypted-pdf` where it wants a password, `too-many-pages`, `damaged-file`.
 */
export async function openPdf(file: Blob): Promise<PhotoFile> {
  const data = new Uint8Array(await file.arrayBuffer());
  if (!hasEnd(data)) throw new CodedFailure('damaged-file', 'PDF without its end');
  const loading = getDocument({
    data,
    CanvasFactory: OffscreenCanvasFactory,
    FilterFactory: PlainFilterFactory,
    BinaryDataFactory: PdfDataFactory,
    useWorkerFetch: false,
    // No font of the device and no document to hang one in: glyphs are drawn as paths.
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    verbosity: 0,
  });
  try {
    const pdf = await loading.promise;
    if (pdf.numPages > mostPages) {
      throw new CodedFailure('too-many-pages', `${pdf.numPages} pages`, { pages: pdf.numPages, limit: mostPages });
    }
    return {
      pictures: pdf.numPages,
      convert: (index, encoding) => drawPage(pdf, index, encoding),
      close: () => loading.destroy(),
    };
  } catch (cause) {
    await loading.destroy();
    throw nameCause(cause);
  }
}

/** pdf.js rebuilds what was cut off as far as it can, and pages are missing without a word. */
function hasEnd(data: Uint8Array): boolean {
  const end = new TextDecoder('latin1').decode(data.subarray(-mostBytesBehindEnd));
  return end.includes('%%EOF');
}

async function drawPage(pdf: PDFDocumentProxy, index: number, encoding: () => void): Promise<ConvertedPhoto> {
  try {
    const page = await pdf.getPage(index + 1);
    const points = page.getViewport({ scale: 1 });
    const scale = Math.min(dotsPerInch / pointsPerInch, mostLongSidePx / Math.max(points.width, points.height));
    const viewport = page.getViewport({ scale });
    const size: Size = {
      width: Math.max(1, Math.round(viewport.width)),
      height: Math.max(1, Math.round(viewport.height)),
    };
    const context = openCanvas(size);
    await page.render({ canvas: context.canvas, viewport, background: 'white', intent: 'print' }).promise;
    encoding();
    const photo = await context.canvas.convertToBlob({ type: 'image/jpeg', quality: jpegQuality });
    context.canvas.width = 0;
    return { photo, size };
  } catch (cause) {
    throw nameCause(cause);
  }
}

/** pdf.js names its exceptions; whatever else it trips over in a file is the file's fault. */
function nameCause(cause: unknown): CodedFailure {
  if (cause instanceof CodedFailure) return cause;
  if (cause instanceof Error && cause.name === 'PasswordException') {
    return new CodedFailure('encrypted-pdf', cause.message, undefined, cause);
  }
  return new CodedFailure('damaged-file', `This PDF does not open: ${String(cause)}`, undefined, cause);
}
