import {
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFOperator,
  PDFOperatorNames as Operator,
  PDFString,
  type PDFDocument,
  type PDFPage,
  type PDFRef,
} from '@cantoo/pdf-lib';
import type { Size } from '#contract/images.ts';
import type { PrintedText } from '#contract/jobs.ts';
import type { TextBlock, TextBox, TextLine } from '#contract/text.ts';
import { buildGlyphlessFont, glyphWidth } from './glyphless-font.ts';

/** Neither filled nor drawn (PDF 32000-1:2008, table 106). */
const invisible = 3;
const resourceName = 'Text';

/** Where a page's picture lies on its sheet, in points (1/72 inch) from the sheet's bottom left. */
export interface PicturePlace extends Size {
  readonly x: number;
  readonly y: number;
}

/** How far a block's print reaches above and below its baselines, in pixels of the page. */
interface Reach {
  readonly above: number;
  readonly below: number;
  /** The usual height of a word. */
  readonly height: number;
}

/**
 * Words over the pictures of a PDF: found, selected and copied, but not seen. One font serves all pages; its signs are
 * numbered as they come, and `finish` tells readers which letter each is, so that every script of Unicode goes.
 */
export class TextLayer {
  readonly #pdf: PDFDocument;
  readonly #font: PDFRef;
  /** Code point to the number that it is written with. 0 is for what a font lacks. */
  readonly #signs = new Map<number, number>();

  constructor(pdf: PDFDocument) {
    this.#pdf = pdf;
    this.#font = pdf.context.nextRef();
  }

  /**
   * Writes the words of a page. Across, each takes exactly the width of its box. Up and down all words of a block reach as
   * far from their baselines: readers take words of unequal height for different lines.
   */
  write(page: PDFPage, text: PrintedText, place: PicturePlace): void {
    if (text.blocks.length === 0) return;
    page.node.setFontDictionary(PDFName.of(resourceName), this.#font);
    const operators = [
      operator(Operator.PushGraphicsState),
      operator(Operator.ConcatTransformationMatrix, ...placeText(text, place)),
      operator(Operator.BeginText),
      operator(Operator.SetTextRenderingMode, invisible),
    ];
    for (const block of text.blocks) operators.push(...this.#writeBlock(block, text.size.height));
    operators.push(operator(Operator.EndText), operator(Operator.PopGraphicsState));
    page.pushOperators(...operators);
  }

  /** Writes the font. Call it once, after the last page. */
  finish(): void {
    const { context } = this.#pdf;
    if (this.#signs.size === 0) return;
    const file = context.register(context.flateStream(buildGlyphlessFont()));
    const fontName = 'PapelText';
    const descriptor = context.register(
      context.obj({
        Type: 'FontDescriptor',
        FontName: fontName,
        // Fixed pitch, symbolic.
        Flags: 5,
        FontBBox: [0, 0, glyphWidth, 1000],
        ItalicAngle: 0,
        Ascent: 1000,
        // Zero is taken for a value that is missing.
        Descent: -1,
        CapHeight: 1000,
        StemV: 80,
        FontFile2: file,
      }),
    );
    // Every sign is glyph 1, the empty one; a map is shorter than a font with as many glyphs.
    const glyphs = new Uint8Array(2 * (this.#signs.size + 1)).map((_, index) => index & 1);
    const descendant = context.register(
      context.obj({
        Type: 'Font',
        Subtype: 'CIDFontType2',
        BaseFont: fontName,
        CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
        FontDescriptor: descriptor,
        DW: glyphWidth,
        CIDToGIDMap: context.register(context.flateStream(glyphs)),
      }),
    );
    context.assign(
      this.#font,
      context.obj({
        Type: 'Font',
        Subtype: 'Type0',
        BaseFont: fontName,
        Encoding: 'Identity-H',
        DescendantFonts: [descendant],
        ToUnicode: context.register(context.flateStream(this.#mapToUnicode())),
      }),
    );
  }

  #writeBlock(block: TextBlock, pageHeight: number): PDFOperator[] {
    const reach = measureReach(block);
    const height = Math.max(1, reach.above + reach.below);
    const operators = [operator(Operator.SetFontAndSize, PDFName.of(resourceName), round(height))];
    for (const line of block.lines) {
      for (const [index, { text, box }] of line.words.entries()) {
        const signs = Array.from(text);
        const natural = (signs.length * height * glyphWidth) / 1000;
        const bottom = baselineOf(line, box, reach.height) + reach.below;
        // The space lies behind the word's box, so that copied words stay apart.
        const shown = index < line.words.length - 1 ? `${text} ` : text;
        operators.push(
          operator(Operator.SetTextHorizontalScaling, round((100 * Math.max(1, box.width)) / natural)),
          operator(Operator.SetTextMatrix, 1, 0, 0, 1, round(box.x), round(pageHeight - bottom)),
          operator(Operator.ShowText, this.#encode(shown)),
        );
      }
    }
    return operators;
  }

  #encode(text: string): PDFHexString {
    const numbers = Array.from(text, (letter) => {
      const point = letter.codePointAt(0) ?? 0;
      const known = this.#signs.get(point);
      if (known !== undefined) return known;
      const number = this.#signs.size + 1;
      this.#signs.set(point, number);
      return number;
    });
    return PDFHexString.of(numbers.map((number) => hex(number)).join(''));
  }

  /** A CMap as PDF 32000-1:2008, 9.10.3 has it: at most 100 signs to a section. */
  #mapToUnicode(): string {
    const entries = [...this.#signs].map(
      ([point, number]) => `<${hex(number)}> <${Array.from(utf16Of(point), hex).join('')}>`,
    );
    const sections: string[] = [];
    for (let at = 0; at < entries.length; at += 100) {
      const section = entries.slice(at, at + 100);
      sections.push(`${section.length} beginbfchar`, ...section, 'endbfchar');
    }
    return [
      '/CIDInit /ProcSet findresource begin',
      '12 dict begin',
      'begincmap',
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
      '/CMapName /Adobe-Identity-UCS def',
      '/CMapType 2 def',
      '1 begincodespacerange',
      '<0000> <FFFF>',
      'endcodespacerange',
      ...sections,
      'endcmap',
      'CMapName currentdict /CMap defineresource pop',
      'end',
      'end',
    ].join('\n');
  }
}

/** From pixels of the upright page, up from its bottom left, to points of the sheet. */
function placeText(
  { size, turns }: Pick<PrintedText, 'size' | 'turns'>,
  { x, y, width, height }: PicturePlace,
): readonly number[] {
  const isAcross = turns === 1 || turns === 3;
  // Points to a pixel along the lines, and from line to line.
  const along = (isAcross ? height : width) / size.width;
  const down = (isAcross ? width : height) / size.height;
  switch (turns) {
    case 0:
      return [along, 0, 0, down, x, y];
    case 1:
      return [0, -along, down, 0, x, y + height];
    case 2:
      return [-along, 0, 0, -down, x + width, y + height];
    case 3:
      return [0, along, -down, 0, x + width, y];
    default:
      return turns satisfies never;
  }
}

/** Four of five words of a block reach no further: one that is misread as a tall blot does not count. */
const reachQuantile = 0.8;

function measureReach({ lines }: TextBlock): Reach {
  const heights = lines.flatMap(({ words }) => words.map(({ box }) => box.height));
  const height = quantile(heights, 0.5);
  const above: number[] = [];
  const below: number[] = [];
  for (const line of lines)
    for (const { box } of line.words) {
      const baseline = baselineOf(line, box, height);
      above.push(baseline - box.y);
      below.push(box.y + box.height - baseline);
    }
  return { above: quantile(above, reachQuantile), below: quantile(below, reachQuantile), height };
}

/** Where a word stands. Where a person has joined lines, words of the second stand on none: on the end of their box, then. */
function baselineOf({ baseline: { from, to } }: TextLine, box: TextBox, usualHeight: number): number {
  const [fromX, fromY] = from;
  const [toX, toY] = to;
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const baseline = toX === fromX ? fromY : fromY + ((toY - fromY) * (x - fromX)) / (toX - fromX);
  // A dash lies half a height above its baseline, a comma on it.
  const isOnLine = y > baseline - 1.6 * usualHeight && y < baseline + 0.6 * usualHeight;
  return isOnLine ? baseline : box.y + box.height;
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
}

function operator(name: Operator, ...values: readonly (number | PDFName | PDFHexString)[]): PDFOperator {
  return PDFOperator.of(
    name,
    values.map((value) => (typeof value === 'number' ? PDFNumber.of(value) : value)),
  );
}

/** A tenth of a pixel, a 72nd of a millimetre at most: far below what is seen, and keeps the file short. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0').toUpperCase();
}

function utf16Of(point: number): readonly number[] {
  const text = String.fromCodePoint(point);
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}
