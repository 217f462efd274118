import { PDFName, StandardFonts, type PDFDocument, type PDFFont, type PDFRef } from '@cantoo/pdf-lib';
import type { PrintedItem } from '#contract/sheets.ts';
import type { PaintedText } from '../annotate/write-annotated-pdf.ts';

type Text = Extract<PrintedItem, { kind: 'text' }>;

/** Black on white, as high as a line whose font size is `heightPx`: its baseline lies at `heightPx` from the top. */
export type PaintText = (text: string, heightPx: number, isBold: boolean) => Promise<PaintedText>;

/** A line as the PDF writes it, shortened to its most width. */
type WrittenLine =
  | { readonly kind: 'letters'; readonly font: PDFName; readonly hex: string; readonly widthMm: number }
  | {
      readonly kind: 'picture';
      readonly picture: PDFName;
      readonly widthMm: number;
      readonly tallMm: number;
      /** From the baseline to its lower edge. */
      readonly belowMm: number;
    };

/** 600 dots per inch: as sharp as a printer is. */
const pixelsPerMm = 600 / 25.4;

/**
 * The texts of a PDF. Helvetica is in every reader and needs no embedding, but has Latin letters only (PDF 32000-1:2008, 9.6.2.2);
 * a name in another script comes as a picture.
 */
export class PdfText {
  readonly #pdf: PDFDocument;
  readonly #fonts: { readonly plain: PDFFont; readonly bold: PDFFont };
  readonly #known: ReadonlySet<number>;
  readonly #paint: PaintText;
  readonly #pictures = new Map<string, Extract<WrittenLine, { kind: 'picture' }> & { readonly ref: PDFRef }>();

  static async open(pdf: PDFDocument, paint: PaintText): Promise<PdfText> {
    const plain = await pdf.embedFont(StandardFonts.Helvetica);
    const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
    return new PdfText(pdf, { plain, bold }, paint);
  }

  private constructor(pdf: PDFDocument, fonts: { plain: PDFFont; bold: PDFFont }, paint: PaintText) {
    this.#pdf = pdf;
    this.#fonts = fonts;
    this.#known = new Set(fonts.plain.getCharacterSet());
    this.#paint = paint;
  }

  /** Paints the texts that the fonts lack. Each is painted once. */
  async prepare(items: readonly PrintedItem[]): Promise<void> {
    for (const item of items) {
      if (item.kind !== 'text' || this.#canWrite(item.text)) continue;
      const key = keyOf(item);
      if (this.#pictures.has(key)) continue;
      const heightPx = Math.round(item.heightMm * pixelsPerMm);
      const painted = await this.#paint(item.text, heightPx, item.bold);
      const image = await this.#pdf.embedPng(painted.png);
      await image.embed();
      const natural = item.heightMm / heightPx;
      const scale = Math.min(natural, (item.mostWidthMm ?? Infinity) / painted.width);
      this.#pictures.set(key, {
        kind: 'picture',
        picture: PDFName.of(`Text${this.#pictures.size}`),
        ref: image.ref,
        widthMm: painted.width * scale,
        tallMm: painted.height * scale,
        belowMm: (painted.height - heightPx) * scale,
      });
    }
  }

  /** Fonts and pictures of some items, for a page's resources. */
  resourcesOf(items: readonly PrintedItem[]): {
    readonly fonts: Readonly<Record<string, PDFRef>>;
    readonly pictures: Readonly<Record<string, PDFRef>>;
  } {
    const pictures: Record<string, PDFRef> = {};
    for (const item of items) {
      const picture = item.kind === 'text' ? this.#pictures.get(keyOf(item)) : undefined;
      if (picture !== undefined) pictures[picture.picture.decodeText()] = picture.ref;
    }
    return { fonts: { Plain: this.#fonts.plain.ref, Bold: this.#fonts.bold.ref }, pictures };
  }

  lineOf(item: Text): WrittenLine {
    const picture = this.#pictures.get(keyOf(item));
    if (picture !== undefined) return picture;
    const font = item.bold ? this.#fonts.bold : this.#fonts.plain;
    const text = shorten(font, item);
    return {
      kind: 'letters',
      font: PDFName.of(item.bold ? 'Bold' : 'Plain'),
      hex: font.encodeText(text).asString(),
      widthMm: font.widthOfTextAtSize(text, item.heightMm),
    };
  }

  #canWrite(text: string): boolean {
    return Array.from(text).every((sign) => this.#known.has(sign.codePointAt(0) ?? 0));
  }
}

function keyOf({ text, heightMm, bold, mostWidthMm }: Text): string {
  return JSON.stringify([text, heightMm, bold, mostWidthMm]);
}

function shorten(font: PDFFont, { text, heightMm, mostWidthMm = Infinity }: Text): string {
  if (font.widthOfTextAtSize(text, heightMm) <= mostWidthMm) return text;
  const signs = Array.from(text);
  while (signs.length > 0 && font.widthOfTextAtSize(`${signs.join('')}…`, heightMm) > mostWidthMm) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}
