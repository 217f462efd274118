import { expect, it } from 'vitest';
import type { PrintPicture, RecognisedLine } from '#contract/text.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { inkBelow } from './find-letters.ts';
import type { PreparedPage } from './prepare-page.ts';
import { readColumns } from './read-columns.ts';
import type { Helper, Recogniser } from './recogniser.ts';
import { asLetters, setLine } from './testing/set-letters.ts';

const size = { width: 800, height: 1000 };
const lineCount = 20;

const page: PreparedPage = setPage();

function setPage(): PreparedPage {
  const boxes = Array.from({ length: lineCount }, (_, at) => setLine(60, 100 + at * 30, 30)).flat();
  const values = new Uint8Array(size.width * size.height).fill(250);
  for (const { left, top, right, bottom } of boxes)
    for (let y = top; y < bottom; y++) values.fill(20, y * size.width + left, y * size.width + right);
  return { picture: { ...size, values }, narrowing: 1, letters: asLetters(boxes), toPage: (x, y) => [x, y] };
}

/** Finds the rows with ink; their text says how far down the picture they begin. */
function findLines({ width, height, values }: Plane): readonly RecognisedLine[] {
  const lines: RecognisedLine[] = [];
  let top = -1;
  for (let y = 0; y < height; y++) {
    const isInk = values.subarray(y * width, (y + 1) * width).some((value) => value < inkBelow);
    if (isInk && top < 0) top = y;
    if (isInk || top < 0) continue;
    const box = { left: 20, top, right: width - 20, bottom: y };
    lines.push({
      words: [{ text: `row`, confidence: 0.9, box }],
      box,
      baseline: { from: [20, y], to: [width - 20, y] },
      xHeight: 10,
    });
    top = -1;
  }
  return lines;
}

const told: string[] = [];
const recogniser: Recogniser = {
  name: 'test',
  recognise(picture, { report }) {
    told.push(`own ${picture.height}`);
    report?.(1);
    return findLines(picture);
  },
};

function helperThat(answer: Helper['recognise'], isReady = true): Helper {
  return { isReady: () => Promise.resolve(isReady), recognise: answer };
}

const reading = (pictures: readonly PrintPicture[]) => Promise.resolve(pictures.map(findLines));
const topsOf = (columns: readonly (readonly RecognisedLine[])[]) =>
  columns.flat().map(({ box }) => Math.round(box.top));
const expected = Array.from({ length: lineCount }, (_, at) => 90 + at * 30);

it('has the second half read by the helper, while it reads the first, and puts the lines where they are on the page', async () => {
  told.length = 0;
  let asked = 0;
  const helper = helperThat(async (pictures) => {
    told.push('helper');
    asked = pictures.length;
    return reading(pictures);
  });
  const shares: number[] = [];
  const columns = await readColumns(page, { recogniser, helper, report: (share) => shares.push(share) });
  expect(topsOf(columns)).toEqual(expected);
  expect(asked).toBe(1);
  // The helper is asked first, or it would begin when this one has ended.
  expect(told[0]).toBe('helper');
  expect(told).toHaveLength(2);
  expect(shares).toEqual([1]);
});

it('reads by itself what a helper was lost with, and all where none is ready', async () => {
  told.length = 0;
  const lost = await readColumns(page, { recogniser, helper: helperThat(() => Promise.resolve(undefined)) });
  expect(topsOf(lost)).toEqual(expected);
  expect(told).toHaveLength(2);
  told.length = 0;
  const alone = await readColumns(page, { recogniser, helper: helperThat(reading, false) });
  expect(topsOf(alone)).toEqual(expected);
  expect(told).toHaveLength(1);
});
