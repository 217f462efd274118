import type { IdPaper } from '#contract/id-photos.ts';
import type { Size } from '#contract/images.ts';

/** Millimetres, upright. The last one is what photo shops call 10 x 15 (6 x 4 in is 1.6 mm wider: it fits). */
const papersMm: Readonly<Record<IdPaper, Size>> = {
  a4: { width: 210, height: 297 },
  letter: { width: 215.9, height: 279.4 },
  '10x15': { width: 100, height: 150 },
};

/** What home printers cannot reach at a sheet's edge; photo paper is printed closer to it. */
const marginMm: Readonly<Record<IdPaper, number>> = { a4: 8, letter: 8, '10x15': 3 };

/** Between two photos: room for a cut that is not quite straight. */
const gapMm = 2;

/** How far a line to cut along reaches beyond the photos. */
const overhangMm = 2;

export interface PrintedPlace {
  /** Of the photo's top left corner from the sheet's, millimetres. */
  readonly x: number;
  readonly y: number;
}

export interface CutLine {
  readonly from: PrintedPlace;
  readonly to: PrintedPlace;
}

export interface PrintLayout {
  readonly sheetMm: Size;
  readonly places: readonly PrintedPlace[];
  readonly cuts: readonly CutLine[];
}

/** As many photos as the paper holds, in its middle; turned on its side where it then holds more. */
export function layOutPrints(photoMm: Size, paper: IdPaper): PrintLayout {
  const upright = papersMm[paper];
  const sideways = { width: upright.height, height: upright.width };
  const sheetMm = count(photoMm, sideways, paper).photos > count(photoMm, upright, paper).photos ? sideways : upright;
  const { columns, rows } = count(photoMm, sheetMm, paper);
  const xs = spread(columns, photoMm.width, sheetMm.width);
  const ys = spread(rows, photoMm.height, sheetMm.height);
  const acrossFrom = (ys[0] ?? 0) - overhangMm;
  const acrossTo = (ys.at(-1) ?? 0) + photoMm.height + overhangMm;
  const downFrom = (xs[0] ?? 0) - overhangMm;
  const downTo = (xs.at(-1) ?? 0) + photoMm.width + overhangMm;
  return {
    sheetMm,
    places: ys.flatMap((y) => xs.map((x) => ({ x, y }))),
    cuts: [
      ...xs.flatMap((x) => [x, x + photoMm.width]).map((x) => ({ from: { x, y: acrossFrom }, to: { x, y: acrossTo } })),
      ...ys.flatMap((y) => [y, y + photoMm.height]).map((y) => ({ from: { x: downFrom, y }, to: { x: downTo, y } })),
    ],
  };
}

function count(photo: Size, sheet: Size, paper: IdPaper) {
  const fit = (length: number, room: number): number =>
    Math.max(1, Math.floor((room - 2 * marginMm[paper] + gapMm) / (length + gapMm)));
  const columns = fit(photo.width, sheet.width);
  const rows = fit(photo.height, sheet.height);
  return { columns, rows, photos: columns * rows };
}

/** Where `amount` lengths with gaps begin, all together in the middle of the room. */
function spread(amount: number, length: number, room: number): number[] {
  const taken = amount * length + (amount - 1) * gapMm;
  return Array.from({ length: amount }, (_, index) => (room - taken) / 2 + index * (length + gapMm));
}
