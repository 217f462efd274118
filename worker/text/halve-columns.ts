import type { PrintBox } from '#contract/text.ts';
import { inkBelow } from './find-letters.ts';
import type { PreparedPage } from './prepare-page.ts';

export type Rows = Pick<PrintBox, 'top' | 'bottom'>;

/** A column or a part of one, to be read as one block. */
export interface Band {
  /** Of the columns, which one. */
  readonly column: number;
  readonly box: PrintBox;
  /** Rows of pixels that are its own: what lies beyond belongs to another band of the column. */
  readonly own: Rows;
  /** Rows of pixels that are read: one more row of print where the column is parted. */
  readonly read: Rows;
  /** What the recogniser's time grows with: how wide its letters are, all rows brought to one height. */
  readonly work: number;
}

export interface Halves {
  readonly first: readonly Band[];
  /** Empty where there is no place to part the page. */
  readonly second: readonly Band[];
}

/** Fewer letters are read in less time than is won: a sixth of a second. */
const fewestLetters = 300;

/** A half of less than this share is not worth the way to another worker. */
const leastShare = 0.2;

/** Parts of a column have at least so many letters: of a few short rows, Tesseract misses some that it finds among others. */
const fewestInPart = 120;

/** What halves may be further from even, if that leaves all columns whole. */
const worthOfWhole = 0.1;

/** Each column as one band. */
export function wholeColumns(page: PreparedPage, columns: readonly PrintBox[]): readonly Band[] {
  const rows = { top: 0, bottom: page.picture.height };
  return columns.map((box, column) => ({
    column,
    box,
    own: rows,
    read: rows,
    work: workOf(lettersIn(page, box), page),
  }));
}

/**
 * Parts columns into two lists of about the same work, so that one after the other gives the order of the whole. As columns are
 * read row by row, one may be parted between two rows, where nothing of either is in the other's way.
 */
export function halveColumns(page: PreparedPage, columns: readonly PrintBox[]): Halves {
  const bands = wholeColumns(page, columns);
  const total = bands.reduce((sum, { work }) => sum + work, 0);
  let best: Halves = { first: bands, second: [] };
  let nearest = 0.5 - leastShare;
  const consider = (workAbove: number, lessThanWhole: number, halves: () => Halves): void => {
    const off = Math.abs(workAbove / total - 0.5) + lessThanWhole;
    if (off >= nearest) return;
    nearest = off;
    best = halves();
  };
  if (page.letters.boxes.length < fewestLetters) return best;
  let above = 0;
  for (const [index, band] of bands.entries()) {
    consider(above, 0, () => ({ first: bands.slice(0, index), second: bands.slice(index) }));
    for (const gap of findGaps(page, band.box))
      consider(above + gap.work, worthOfWhole, () => {
        const [upper, lower] = partBand(band, gap);
        return { first: [...bands.slice(0, index), upper], second: [lower, ...bands.slice(index + 1)] };
      });
    above += band.work;
  }
  return best;
}

/** A row of pixels without ink between two rows of print. */
interface Gap {
  readonly row: number;
  /** The gaps before and behind. */
  readonly before: number;
  readonly behind: number;
  /** Above it in the column. */
  readonly work: number;
}

function partBand(band: Band, { row, before, behind, work }: Gap): readonly [Band, Band] {
  const { box, own, read } = band;
  return [
    { ...band, box: { ...box, bottom: behind }, own: { ...own, bottom: row }, read: { ...read, bottom: behind }, work },
    {
      ...band,
      box: { ...box, top: before },
      own: { ...own, top: row },
      read: { ...read, top: before },
      work: band.work - work,
    },
  ];
}

function findGaps(page: PreparedPage, box: PrintBox): readonly Gap[] {
  const letters = lettersIn(page, box).toSorted((a, b) => a.top - b.top);
  const gaps: { row: number; work: number; isInside: boolean }[] = [];
  let bottom = Infinity;
  let work = 0;
  for (const [above, letter] of letters.entries()) {
    const row = Math.round((bottom + letter.top) / 2);
    if (letter.top > bottom && isWhite(page, box, row)) {
      const isInside = above >= fewestInPart && letters.length - above >= fewestInPart;
      gaps.push({ row, work, isInside });
    }
    bottom = above === 0 ? letter.bottom : Math.max(bottom, letter.bottom);
    work += workOf([letter], page);
  }
  return gaps.flatMap(({ row, work: workAbove, isInside }, at) => {
    const before = gaps[at - 1]?.row ?? box.top;
    const behind = gaps[at + 1]?.row ?? box.bottom;
    return isInside ? [{ row, before, behind, work: workAbove }] : [];
  });
}

/** Whether neither a heading nor a picture, which are no letters, lies across the row. */
function isWhite(
  { picture: { width, values }, narrowing }: PreparedPage,
  { left, right }: PrintBox,
  row: number,
): boolean {
  const from = row * width + Math.max(0, Math.floor(left * narrowing));
  const to = row * width + Math.min(width, Math.ceil(right * narrowing));
  return values.subarray(from, to).every((value) => value >= inkBelow);
}

function lettersIn({ letters }: Pick<PreparedPage, 'letters'>, box: PrintBox): readonly PrintBox[] {
  return letters.boxes.filter(({ left, top, right, bottom }) => {
    const x = (left + right) / 2;
    const y = (top + bottom) / 2;
    return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
  });
}

function workOf(boxes: readonly PrintBox[], { letters }: Pick<PreparedPage, 'letters'>): number {
  return boxes.reduce(
    (sum, { left, top, right, bottom }) => sum + (right - left) / Math.max(letters.height, bottom - top),
    0,
  );
}
