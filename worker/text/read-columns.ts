import type { RecognisedLine } from '#contract/text.ts';
import { cropPage, placeLine } from './crop-page.ts';
import { findColumns } from './find-columns.ts';
import { halveColumns, wholeColumns, type Band } from './halve-columns.ts';
import { markBullet } from './mark-bullets.ts';
import type { PreparedPage } from './prepare-page.ts';
import type { Helper, Recogniser } from './recogniser.ts';
import { splitSigns } from './split-signs.ts';

/** Who reads a page, and who is told how far that is. */
export interface Readers {
  readonly recogniser: Recogniser;
  /** Reads the second half of the page where it is ready to. */
  readonly helper?: Helper | undefined;
  /** Told how far the recogniser is, 0 to 1. */
  readonly report?: ((share: number) => void) | undefined;
}

/** A band's lines where they are on the page. */
interface ReadBand {
  readonly column: number;
  readonly lines: readonly RecognisedLine[];
}

/** The lines of each column, row by row; columns one after the other. */
export async function readColumns(
  page: PreparedPage,
  { recogniser, helper, report }: Readers,
): Promise<readonly (readonly RecognisedLine[])[]> {
  const columns = findColumns(page.letters);
  const isHelped = (await helper?.isReady()) === true;
  const { first, second } = isHelped ? halveColumns(page, columns) : { first: wholeColumns(page, columns), second: [] };
  // Asked before this worker begins with its own half.
  const helped = second.length > 0 ? readByHelper(page, second, helper) : undefined;
  const own = readBands(page, first, recogniser, report);
  const others = helped && ((await helped) ?? readBands(page, second, recogniser));
  const read = [...own, ...(others ?? [])];
  return columns.map((_, column) => read.flatMap((band) => (band.column === column ? band.lines : [])));
}

function readBands(
  page: PreparedPage,
  bands: readonly Band[],
  recogniser: Recogniser,
  report?: (share: number) => void,
): readonly ReadBand[] {
  const total = bands.reduce((sum, { work }) => sum + work, 0);
  let done = 0;
  return bands.map((band) => {
    const crop = cropPage(page, band.box, band.read);
    const lines = recogniser.recognise(crop.picture, {
      segmentation: 'block',
      report: (share) => report?.((done + share * band.work) / total),
    });
    done += band.work;
    return { column: band.column, lines: finishLines(lines, band, crop, page) };
  });
}

async function readByHelper(
  page: PreparedPage,
  bands: readonly Band[],
  helper: Helper | undefined,
): Promise<readonly ReadBand[] | undefined> {
  const crops = bands.map((band) => cropPage(page, band.box, band.read));
  const read = await helper?.recognise(crops.map(({ picture }) => picture));
  if (read === undefined) return undefined;
  return bands.map((band, at) => {
    const { left = 0, top = 0 } = crops[at] ?? {};
    return { column: band.column, lines: finishLines(read[at] ?? [], band, { left, top }, page) };
  });
}

/** The band's own lines on their page, with the signs that the recogniser does not know. */
function finishLines(
  lines: readonly RecognisedLine[],
  { own }: Band,
  at: Parameters<typeof placeLine>[1],
  page: PreparedPage,
): readonly RecognisedLine[] {
  return lines
    .map((line) => placeLine(line, at, page.narrowing))
    .filter(({ box: { top, bottom } }) => (top + bottom) / 2 >= own.top && (top + bottom) / 2 < own.bottom)
    .map((line) => splitSigns(markBullet(line, page), page));
}
