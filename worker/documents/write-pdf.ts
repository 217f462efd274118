import {
  PDFDocument,
  PDFRawStream,
  concatTransformationMatrix,
  drawObject,
  popGraphicsState,
  pushGraphicsState,
  type PDFRef,
} from '@cantoo/pdf-lib';
import type { Size } from '#contract/images.ts';
import type { PdfSettings, PrintedText } from '#contract/jobs.ts';
import { paperSizes, type PaperSize } from '#contract/pages.ts';
import { readPicture, type EmbeddablePicture } from './read-picture.ts';
import { TextLayer, type PicturePlace } from './text-layer.ts';

/** A page's picture, JPEG or PNG, read when it is its turn. */
export interface PdfPage {
  readonly size: Size;
  readonly paper: PaperSize | 'custom';
  readonly dotsPerInch: number;
  /** Goes under the picture, to be searched and copied but not seen. */
  readonly text?: PrintedText | undefined;
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
}

export interface PdfOptions {
  readonly onPage?: (done: number) => void;
}

const pointsPerMm = 72 / 25.4;

/** Least and most sides of a page that readers accept (PDF 32000-1:2008, annex C.2). */
const sidePoints = { least: 3, most: 14_400 } as const;

/**
 * Writes one page per picture. Pictures go in as they are, without decoding: a JPEG keeps its every byte but the metadata, a
 * PNG its compressed rows. What stays in memory per page is its compressed picture.
 */
export async function writePdf(
  pages: readonly PdfPage[],
  settings: Pick<PdfSettings, 'paper' | 'title' | 'createdAt' | 'language'>,
  options: PdfOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const createdAt = new Date(settings.createdAt);
  pdf.setTitle(settings.title, { showInWindowTitleBar: true });
  pdf.setCreator('Papel');
  pdf.setProducer('Papel');
  pdf.setCreationDate(createdAt);
  pdf.setModificationDate(createdAt);
  if (settings.language !== undefined) pdf.setLanguage(settings.language);
  const layer = new TextLayer(pdf);

  for (const [index, source] of pages.entries()) {
    const bytes = await source.read();
    const picture = readPicture(bytes);
    const ref = picture === undefined ? await embedDecoded(pdf, bytes) : embedAsIs(pdf, picture);
    const sheet = sizeOfSheet(source, settings.paper);
    const place = placePicture(source.size, sheet);
    const page = pdf.addPage([sheet.width, sheet.height]);
    if (source.text !== undefined) layer.write(page, source.text, place);
    const name = page.node.newXObject('Picture', ref);
    page.pushOperators(
      pushGraphicsState(),
      concatTransformationMatrix(place.width, 0, 0, place.height, place.x, place.y),
      drawObject(name),
      popGraphicsState(),
    );
    options.onPage?.(index + 1);
  }
  layer.finish();
  return new Uint8Array(await pdf.save({ addDefaultPage: false, objectsPerTick: Infinity }));
}

function embedAsIs(pdf: PDFDocument, picture: EmbeddablePicture): PDFRef {
  const { width, height, filter, colourSpace, bitsPerComponent, content } = picture;
  const entries = {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: colourSpace,
    BitsPerComponent: bitsPerComponent,
    Filter: filter,
  };
  // Predictor 15: each row says in its first byte how it was filtered, as in PNG (PDF 32000-1:2008, 7.4.4.4).
  const rows = {
    Predictor: 15,
    Colors: colourSpace === 'DeviceGray' ? 1 : 3,
    BitsPerComponent: bitsPerComponent,
    Columns: width,
  };
  const dictionary = pdf.context.obj(filter === 'FlateDecode' ? { ...entries, DecodeParms: rows } : entries);
  return pdf.context.register(PDFRawStream.of(dictionary, content));
}

/** PNGs that PDF has no form for: decoded and compressed anew, alpha as a mask of its own. */
async function embedDecoded(pdf: PDFDocument, bytes: Uint8Array): Promise<PDFRef> {
  const image = await pdf.embedPng(bytes);
  await image.embed();
  return image.ref;
}

/** Points of the sheet: the paper asked for, turned as the picture is, or the picture's own size as it was measured. */
function sizeOfSheet({ size, paper, dotsPerInch }: PdfPage, asked: PdfSettings['paper']): Size {
  if (asked !== 'as-captured') return turnedLike(size, asked);
  if (paper !== 'custom') return turnedLike(size, paper);
  const points = (pixels: number): number =>
    Math.min(sidePoints.most, Math.max(sidePoints.least, (pixels * 72) / Math.max(1, dotsPerInch)));
  return { width: points(size.width), height: points(size.height) };
}

function turnedLike(size: Size, paper: PaperSize): Size {
  const { widthMm, heightMm } = paperSizes[paper];
  const short = Math.min(widthMm, heightMm) * pointsPerMm;
  const long = Math.max(widthMm, heightMm) * pointsPerMm;
  return size.width > size.height ? { width: long, height: short } : { width: short, height: long };
}

/** As large as the sheet allows, in its middle. A ratio within 1 % of the sheet's fills it: no white hairline is left. */
function placePicture(size: Size, sheet: Size): PicturePlace {
  const ratio = (size.width * sheet.height) / (size.height * sheet.width);
  if (Math.abs(ratio - 1) < 0.01) return { x: 0, y: 0, width: sheet.width, height: sheet.height };
  const scale = Math.min(sheet.width / size.width, sheet.height / size.height);
  const width = size.width * scale;
  const height = size.height * scale;
  return { x: (sheet.width - width) / 2, y: (sheet.height - height) / 2, width, height };
}
