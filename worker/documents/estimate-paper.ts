import type { RgbaImage } from '#contract/images.ts';
import { closePlane, fillGaps, readRow, shrinkPlane, type Plane } from '#worker/vision/plane.ts';
import { findPaper } from './find-paper.ts';
import { shrinkImage } from '#worker/vision/shrink-image.ts';

/**
 * What blank paper would look like at every place of the page: light, shadow and the paper's own colour, without what
 * is written, printed or drawn on it.
 */
export interface PaperLight {
  /** Pixels of the page per pixel of the planes, across and down. */
  readonly factor: number;
  /** 1 to 255 each. */
  readonly red: Plane<Float32Array>;
  readonly green: Plane<Float32Array>;
  readonly blue: Plane<Float32Array>;
  /** Share of the page, 0 to 1, that is bare paper. */
  readonly paperShare: number;
}

/** Long side of the planes in pixels: A4 at 300 dpi is read at 60 dpi, where a pixel (0.42 mm) is finer than a shadow's edge. */
const longSidePx = 700;

/*
 * Half the width of the closing, as a share of the long side: strokes up to 2.4 % (7 mm on A4) count as ink wherever
 * they are, what is wider must show itself as a figure or a shadow. Headings and marker pens are below; a hand's or a
 * phone's shadow is far above.
 */
const closingShare = 0.012;

/** Cells in which paper, shadow and figure are told apart: pixels of the planes per cell. */
const cellPx = 4;

/* Fewer bare cells than this and there is no page to speak of: a photo, a book's cover, a dark board. */
const leastPaperShare = 0.12;

/*
 * Paper whose weakest channel is above 0.6 of its strongest is white under warm or cold light, or pastel: it becomes
 * white. Below 0.4 it is a coloured cover, which keeps its colour. The pink and blue forms of the development set lie
 * at 0.75 to 0.85, its saturated covers at 0.1 to 0.3.
 */
const paperColour = { white: 0.6, coloured: 0.4 } as const;

/**
 * Estimates the light on the paper of a flattened page.
 *
 * @param strokeShare half the widest stroke that counts as ink, as a share of the long side.
 */
export function estimatePaper(page: RgbaImage, strokeShare = closingShare): PaperLight {
  const factor = Math.max(1, Math.round(Math.max(page.width, page.height) / longSidePx));
  const small = shrinkImage(page, factor);
  const radius = Math.max(2, Math.round(Math.max(small.width, small.height) * strokeShare));
  const red = closePlane(channelOf(small, 0), radius);
  const green = closePlane(channelOf(small, 1), radius);
  const blue = closePlane(channelOf(small, 2), radius);
  const redCells = shrinkPlane(red, cellPx);
  const greenCells = shrinkPlane(green, cellPx);
  const blueCells = shrinkPlane(blue, cellPx);
  const paper = findPaper(redCells, greenCells, blueCells, findSharpCells(green));

  const paperShare = paper.values.reduce((sum, value) => sum + value, 0) / paper.values.length;
  if (paperShare < leastPaperShare) return { factor, paperShare, ...evenLight(small) };
  return {
    factor,
    paperShare,
    ...lightOfColouredPaper(
      smoothPlane(replaceFigures(red, redCells, paper)),
      smoothPlane(replaceFigures(green, greenCells, paper)),
      smoothPlane(replaceFigures(blue, blueCells, paper)),
      measurePaperColour(redCells, greenCells, blueCells, paper),
    ),
  };
}

/*
 * A step of a tenth over 2 pixels of the planes (0.8 mm on A4): print and hard shadows make it at any contrast worth
 * noting, a soft shadow that halves the light would have to do so within 5 mm.
 */
const sharpStep = 0.1;

/** The cells that a sharp edge runs through: 1, the others 0. */
function findSharpCells({ width, height, values }: Plane): Plane {
  const across = Math.max(1, Math.ceil(width / cellPx));
  const down = Math.max(1, Math.ceil(height / cellPx));
  const sharp = new Uint8Array(across * down);
  for (let y = 0, at = 0; y < height; y++) {
    const lower = y + 2 < height ? 2 * width : 0;
    const cells = Math.floor((y + 1) / cellPx) * across;
    for (let x = 0; x < width; x++, at++) {
      const here = values[at] ?? 0;
      const right = x + 2 < width ? (values[at + 2] ?? 0) : here;
      const below = values[at + lower] ?? 0;
      const least = sharpStep * here;
      if (Math.abs(here - right) > least || Math.abs(here - below) > least)
        sharp[Math.min(sharp.length - 1, cells + Math.floor((x + 1) / cellPx))] = 1;
    }
  }
  return { width: across, height: down, values: sharp };
}

type Channels = Pick<PaperLight, 'red' | 'green' | 'blue'>;

/** Where no paper is to be found: the same white light everywhere, as bright as the brightest twentieth. */
function evenLight(small: RgbaImage): Channels {
  const greens = channelOf(small, 1).values.toSorted();
  const plane = {
    width: 1,
    height: 1,
    values: Float32Array.of(Math.max(1, greens[Math.floor(greens.length * 0.95)] ?? 255)),
  };
  return { red: plane, green: plane, blue: plane };
}

/** The closed channel where there is paper, and under figures what the paper around them lets expect. */
function replaceFigures(closed: Plane, cells: Cells, paper: Cells): Cells {
  const filled = fillGaps(cells, paper);
  const { width, height } = closed;
  const values = new Float32Array(width * height);
  const fillRow = new Float32Array(width);
  const paperRow = new Float32Array(width);
  for (let y = 0, at = 0; y < height; y++) {
    readRow(filled, cellPx, y, fillRow);
    readRow(paper, cellPx, y, paperRow);
    for (let x = 0; x < width; x++, at++) {
      // Bilinear between cells, so half way to a figure's cell the paper still counts in full.
      const share = Math.min(1, Math.max(0, 2 * (paperRow[x] ?? 0) - 1));
      values[at] = share * (closed.values[at] ?? 0) + (1 - share) * (fillRow[x] ?? 0);
    }
  }
  return { width, height, values };
}

/** Mean of 3 x 3: takes the closing's steps out of the light and leaves a shadow's edge where it is. */
function smoothPlane({ width, height, values }: Cells): Cells {
  const out = new Float32Array(values.length);
  const columns = new Float32Array(width + 2);
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * width;
    const here = y * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++)
      columns[x + 1] = (values[above + x] ?? 0) + (values[here + x] ?? 0) + (values[below + x] ?? 0);
    columns[0] = columns[1] ?? 0;
    columns[width + 1] = columns[width] ?? 0;
    for (let x = 0; x < width; x++)
      out[here + x] = Math.max(1, ((columns[x] ?? 0) + (columns[x + 1] ?? 0) + (columns[x + 2] ?? 0)) / 9);
  }
  return { width, height, values: out };
}

/** `colour` 1 keeps the paper's colour: all three channels then get the light of the brightest. */
function lightOfColouredPaper(red: Cells, green: Cells, blue: Cells, colour: number): Channels {
  if (colour === 0) return { red, green, blue };
  const brightest = red.values.map((value, at) => Math.max(value, green.values[at] ?? 0, blue.values[at] ?? 0));
  const towards = ({ width, height, values }: Cells): Cells => ({
    width,
    height,
    values: values.map((value, at) => value + colour * ((brightest[at] ?? 0) - value)),
  });
  return { red: towards(red), green: towards(green), blue: towards(blue) };
}

/** How far the paper is of a colour of its own, 0 to 1. */
function measurePaperColour(red: Cells, green: Cells, blue: Cells, paper: Cells): number {
  const onPaper = ({ values }: Cells): number =>
    values.reduce((sum, value, at) => sum + value * (paper.values[at] ?? 0), 1);
  const sums = [onPaper(red), onPaper(green), onPaper(blue)];
  const whiteness = Math.min(...sums) / Math.max(...sums);
  return Math.min(1, Math.max(0, (paperColour.white - whiteness) / (paperColour.white - paperColour.coloured)));
}

type Cells = Plane<Float32Array>;

function channelOf({ width, height, data }: RgbaImage, offset: 0 | 1 | 2): Plane {
  const values = new Uint8Array(width * height);
  for (let at = 0, from = offset; at < values.length; at++, from += 4) values[at] = data[from] ?? 0;
  return { width, height, values };
}
