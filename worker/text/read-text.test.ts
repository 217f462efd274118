import { expect, it } from 'vitest';
import type { Plane } from '#worker/vision/plane.ts';
import { inkBelow } from './find-letters.ts';
import { readText } from './read-text.ts';
import type { RecognisedLine } from '#contract/text.ts';
import type { Recogniser } from './recogniser.ts';

const width = 620;
const height = 877;

/** Grey words on a page; the first line is indented, so that top and bottom are told apart. */
function printPage(upsideDown = false) {
  const values = new Uint8Array(width * height).fill(245);
  for (let line = 0; line < 8; line++)
    for (let letter = line === 0 ? 8 : 0; letter < 30; letter++) {
      if (letter % 6 === 5) continue;
      for (let y = 0; y < 14; y++)
        for (let x = 0; x < 8; x++) {
          const column = 60 + letter * 14 + x;
          const row = 100 + line * 40 + y;
          const at = upsideDown ? (height - 1 - row) * width + width - 1 - column : row * width + column;
          values[at] = 40;
        }
    }
  return { width, height, values };
}

/** Reads one word where the ink is, and is sure of it where the page is no more than half way down. */
const recogniser: Recogniser = {
  name: 'test',
  recognise(picture: Plane): readonly RecognisedLine[] {
    const rows = Array.from({ length: picture.height }, (_, y) =>
      picture.values.subarray(y * picture.width, (y + 1) * picture.width).some((value) => value < inkBelow),
    );
    const top = rows.indexOf(true);
    const first = picture.values.subarray((top + 2) * picture.width, (top + 3) * picture.width);
    const isIndented = first.findIndex((value) => value < inkBelow) > picture.width / 5;
    const bottom = rows.lastIndexOf(true) + 1;
    const box = { left: 10, top, right: picture.width - 10, bottom };
    const word = { text: isIndented ? 'upright' : 'thgirpu thgirpu', confidence: isIndented ? 0.95 : 0.3, box };
    return [{ words: [word], box, baseline: { from: [10, bottom], to: [90, bottom] }, xHeight: 14 }];
  },
};

it('says where the words are in pixels of the page', async () => {
  const { state, turns, size, blocks } = await readText(printPage(), { recogniser }, true);
  expect({ state, turns, size }).toEqual({ state: 'text', turns: 0, size: { width, height } });
  const [word] = blocks.flatMap(({ lines }) => lines.flatMap(({ words }) => words));
  expect(word?.text).toBe('upright');
  expect(word?.box.y).toBeGreaterThan(96);
  expect(word?.box.y).toBeLessThan(104);
  expect((word?.box.y ?? 0) + (word?.box.height ?? 0)).toBeCloseTo(394, -1);
});

it('turns a page that lies on its head, unless a person has turned it so', async () => {
  expect(await readText(printPage(true), { recogniser }, true)).toMatchObject({ state: 'text', turns: 2 });
  expect(await readText(printPage(true), { recogniser }, false)).toMatchObject({ state: 'unsure', turns: 0 });
});

/** Takes whatever is there for a word that it is not sure of, and on its head for one that it is a little surer of. */
function guessing(text: string): Recogniser {
  return {
    name: 'guessing',
    recognise: (picture) =>
      recogniser.recognise(picture, { segmentation: 'block' }).map((line) => ({
        ...line,
        words: line.words.map((word) => ({ ...word, text, confidence: word.confidence > 0.5 ? 0.4 : 0.3 })),
      })),
  };
}

it('finds no print where two letters are guessed in the grain of the paper, and turns nothing for a guess', async () => {
  const grain = await readText(printPage(true), { recogniser: guessing('LL') }, true);
  expect(grain).toMatchObject({ state: 'nothing', blocks: [], turns: 0 });
  const script = await readText(printPage(true), { recogniser: guessing('whatever that is') }, true);
  expect(script).toMatchObject({ state: 'unsure', turns: 0 });
});

it('has an answer for a page without print', async () => {
  const blank = { width, height, values: new Uint8Array(width * height).fill(240) };
  expect(await readText(blank, { recogniser }, true)).toMatchObject({ state: 'nothing', blocks: [], confidence: 0 });
});
