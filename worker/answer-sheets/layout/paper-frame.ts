import type { SheetPaper } from '#contract/exams.ts';
import type { Size } from '#contract/images.ts';
import { paperSizes } from '#contract/pages.ts';
import type { Fiducial, SheetRectangle } from '#contract/sheets.ts';

/** What is at the same place on every page of a paper size; millimetres from the paper's top left. */
export interface PaperFrame {
  readonly size: Size;
  readonly marks: readonly Extract<Fiducial, { kind: 'aruco' }>[];
  /** Between the marks of the top edge: the title. */
  readonly title: SheetRectangle;
  /** For everything else; the black of the code lies in its top right corner. */
  readonly content: SheetRectangle;
  /** Quiet zone included. */
  readonly code: SheetRectangle;
  readonly moduleMm: number;
}

/** A QR code of version 3 is 29 modules wide, and its quiet zone 4 on each side (ISO/IEC 18004). */
export const codeModules = { side: 29, quiet: 4 } as const;

/**
 * White around everything printed: printers need up to 6 mm (inkjets at the bottom edge), and a copier's glass or feeder shifts a
 * sheet by a millimetre or two.
 */
const edgeMm = 8;

/** White between a mark and what is beside it: more than the cell that the detector needs. */
const markGapMm = 2;

/**
 * Marks in the corners are found at 18 pixels: 9 mm are that in a photo of half a megapixel that the sheet fills. Ids tell the
 * papers apart, so that a sheet is never read as one of another size.
 */
const looks = {
  a4: { firstMark: 0, cornerMm: 9, alongMm: 7, moduleMm: 0.75 },
  letter: { firstMark: 8, cornerMm: 9, alongMm: 7, moduleMm: 0.75 },
  a5: { firstMark: 16, cornerMm: 8, alongMm: 6, moduleMm: 0.7 },
} as const;

/** @returns the frame of one sheet: that of two on an A4 is an A5. */
export function frameOf(paper: SheetPaper): PaperFrame {
  const name = paper === 'a5-on-a4' ? 'a5' : paper;
  const { firstMark, cornerMm, alongMm, moduleMm } = looks[name];
  const { widthMm, heightMm } = paperSizes[name];
  const corner = edgeMm + cornerMm / 2;
  const along = edgeMm + alongMm / 2;
  const places = [
    { x: corner, y: corner, width: cornerMm },
    { x: widthMm - corner, y: corner, width: cornerMm },
    { x: widthMm - corner, y: heightMm - corner, width: cornerMm },
    { x: corner, y: heightMm - corner, width: cornerMm },
    { x: along, y: heightMm / 3, width: alongMm },
    { x: widthMm - along, y: heightMm / 3, width: alongMm },
    { x: widthMm - along, y: (heightMm * 2) / 3, width: alongMm },
    { x: along, y: (heightMm * 2) / 3, width: alongMm },
  ];
  const side = edgeMm + alongMm + markGapMm;
  const end = edgeMm + cornerMm + markGapMm;
  const content = { left: side, top: end + 1, width: widthMm - 2 * side, height: heightMm - 2 * end - 1 };
  const codeMm = (codeModules.side + 2 * codeModules.quiet) * moduleMm;
  const quietMm = codeModules.quiet * moduleMm;
  return {
    size: { width: widthMm, height: heightMm },
    marks: places.map((place, at) => ({ kind: 'aruco', id: firstMark + at, ...place })),
    title: { left: end + 1, top: edgeMm, width: widthMm - 2 * (end + 1), height: cornerMm },
    content,
    // Its black corner is the content's; the quiet zone reaches beyond.
    code: {
      left: content.left + content.width + quietMm - codeMm,
      top: content.top - quietMm,
      width: codeMm,
      height: codeMm,
    },
    moduleMm,
  };
}

/** Where the code of a sheet on this paper lies, quiet zone included: the same on every page of every exam. */
export function codePlaceOf(paper: SheetPaper): SheetRectangle {
  return frameOf(paper).code;
}
