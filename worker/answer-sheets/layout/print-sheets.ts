import {
  PDFDocument,
  PDFName,
  PrintScaling,
  drawObject,
  popGraphicsState,
  pushGraphicsState,
  type PDFPage,
  type PDFRef,
} from '@cantoo/pdf-lib';
import type { Student } from '#contract/exams.ts';
import type { Size } from '#contract/images.ts';
import { paperSizes } from '#contract/pages.ts';
import type { LaidOutPage, PrintedItem, PrintOrder, SheetPlan, SheetRectangle } from '#contract/sheets.ts';
import { countInMm, drawItems } from './draw-items.ts';
import { layOutSheet } from './lay-out-sheet.ts';
import { frameOf } from './paper-frame.ts';
import { PdfText, type PaintText } from './pdf-text.ts';
import { printIdentity } from './print-student.ts';
import { greys } from './sketch.ts';

const pointsPerMm = 72 / 25.4;

/** An A4 on its side. */
const twoUp = { width: paperSizes.a4.heightMm, height: paperSizes.a4.widthMm };

/** A sheet of one version, its pages laid out. */
interface PrintedSheet {
  readonly plan: SheetPlan;
  readonly page: LaidOutPage;
  readonly student: Student | undefined;
}

/**
 * Writes the sheets as vectors, in millimetres. What all sheets of a version share is in the file once, so that forty sheets are
 * hardly larger than one.
 */
export async function printSheets(
  order: PrintOrder,
  paint: PaintText,
  onPage: (done: number, total: number) => void,
): Promise<{ readonly pdf: Uint8Array<ArrayBuffer>; readonly pages: number }> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const createdAt = new Date(order.createdAt);
  pdf.setTitle(order.title, { showInWindowTitleBar: true });
  pdf.setCreator('Papel');
  pdf.setProducer('Papel');
  pdf.setCreationDate(createdAt);
  pdf.setModificationDate(createdAt);
  // Scaled to a printer's margins, marks would come out smaller than they may be.
  pdf.catalog.getOrCreateViewerPreferences().setPrintScaling(PrintScaling.None);
  const text = await PdfText.open(pdf, paint);
  const printer = new SheetPrinter(pdf, text);
  const isTwoUp =
    order.paper === 'a5-on-a4' && order.plans.every(({ look }) => frameOf(look.paper).size.width <= twoUp.width / 2);
  const sheets = listSheets(order, isTwoUp);
  for (const [done, sheet] of sheets.entries()) {
    onPage(done, sheets.length);
    await printer.print(sheet, isTwoUp);
  }
  const bytes = await pdf.save({ addDefaultPage: false, objectsPerTick: Infinity });
  return { pdf: new Uint8Array(bytes), pages: pdf.getPageCount() };
}

/** In the order in which they come out: all pages of one student, then the next. */
function listSheets({ plans, students }: PrintOrder, isTwoUp: boolean): readonly PrintedSheet[] {
  const laidOut = plans.map((plan) => layOutSheet(plan).map((page) => ({ plan, page })));
  if (students === undefined || students.length === 0) {
    const blank = laidOut.flat().map((sheet) => ({ ...sheet, student: undefined }));
    // Half an A4 would stay white: each is there twice, side by side.
    return isTwoUp && blank.length % 2 === 1 ? blank.flatMap((sheet) => [sheet, sheet]) : blank;
  }
  return students.flatMap((student, at) =>
    (laidOut[at % laidOut.length] ?? []).map((sheet) => ({ ...sheet, student })),
  );
}

class SheetPrinter {
  readonly #pdf: PDFDocument;
  readonly #text: PdfText;
  readonly #shared = new Map<LaidOutPage, PDFRef>();
  /** The A4 whose right half is still free. */
  #halfEmpty: PDFPage | undefined;

  constructor(pdf: PDFDocument, text: PdfText) {
    this.#pdf = pdf;
    this.#text = text;
  }

  async print({ plan, page, student }: PrintedSheet, isTwoUp: boolean): Promise<void> {
    const { size } = page.design;
    const shared = this.#shared.get(page) ?? (await this.#writeShared(page));
    this.#shared.set(page, shared);
    const own = printIdentity(plan, page, student);
    await this.#text.prepare(own);
    const isRight = this.#halfEmpty !== undefined;
    const paper = this.#halfEmpty ?? (isTwoUp ? this.#openTwoUp() : this.#openPaper(size));
    this.#halfEmpty = isTwoUp && !isRight ? paper : undefined;
    const left = isTwoUp ? (twoUp.width / 2 - size.width) / 2 + (isRight ? twoUp.width / 2 : 0) : 0;
    const { fonts, pictures } = this.#text.resourcesOf(own);
    for (const [name, ref] of Object.entries(fonts)) paper.node.setFontDictionary(PDFName.of(name), ref);
    for (const [name, ref] of Object.entries(pictures)) paper.node.setXObject(PDFName.of(name), ref);
    const name = paper.node.newXObject('Sheet', shared);
    paper.pushOperators(
      pushGraphicsState(),
      countInMm(size.height, left),
      drawObject(name),
      ...drawItems(own, this.#text),
      popGraphicsState(),
    );
  }

  #openPaper({ width, height }: Size): PDFPage {
    return this.#pdf.addPage([width * pointsPerMm, height * pointsPerMm]);
  }

  /** An A4 on its side, with the line to cut it along. */
  #openTwoUp(): PDFPage {
    const paper = this.#openPaper(twoUp);
    const cut: PrintedItem = {
      kind: 'line',
      from: { x: twoUp.width / 2, y: 0 },
      to: { x: twoUp.width / 2, y: twoUp.height },
      grey: greys.rule,
      widthMm: 0.2,
    };
    paper.pushOperators(
      pushGraphicsState(),
      countInMm(twoUp.height),
      ...drawItems([cut], this.#text),
      popGraphicsState(),
    );
    return paper;
  }

  /** Everything but the code, which may differ from sheet to sheet. */
  async #writeShared({ printed, code, design: { size } }: LaidOutPage): Promise<PDFRef> {
    const items = printed.filter((item) => item.kind !== 'modules' || !liesIn(item, code));
    await this.#text.prepare(items);
    const { fonts, pictures } = this.#text.resourcesOf(items);
    const form = this.#pdf.context.formXObject(drawItems(items, this.#text), {
      BBox: [0, 0, size.width, size.height],
      Resources: { Font: fonts, XObject: pictures },
    });
    return this.#pdf.context.register(form);
  }
}

function liesIn(item: SheetRectangle, place: SheetRectangle): boolean {
  const x = item.left + item.width / 2 - place.left;
  const y = item.top + item.height / 2 - place.top;
  return x > 0 && y > 0 && x < place.width && y < place.height;
}
