import { beforeAll, describe, expect, it } from 'vitest';
import { capitals, digits, type CharacterReading } from '#contract/handwriting.ts';
import { photoPoint, type RgbaImage } from '#contract/images.ts';
import { fetchModel } from '#src/delivery/fetch-model.ts';
import { createSuppliers } from '#src/engine/suppliers.ts';
import { drawBoxes, strokesOf, type Paper } from '#worker/handwriting/testing/draw-boxes.ts';
import { createCharacterReader, createHandwritingHandlers } from './handwriting-jobs.ts';
import type { Network } from './networks/network.ts';
import { readModel } from './networks/read-model.ts';
import { startWasm } from './networks/tfjs-backends.ts';
import { TfjsNetwork } from './networks/tfjs-network.ts';

/* The shipped network on WebAssembly, from drawn boxes to characters. */

let runtime: { network(): Promise<Network> };

beforeAll(async () => {
  const suppliers = createSuppliers(
    () => {},
    () => {},
  );
  await startWasm(await suppliers.tfjs(() => {}));
  const network = await TfjsNetwork.create(readModel((await fetchModel('handwriting')).files), 'wasm', 1);
  runtime = { network: async () => network };
});

const written = ['7', '1', '0', 'L', 'X'];
const alphabetOf = (character: string) => (digits.includes(character) ? digits : capitals);

function drawRow(paper?: Paper) {
  const drawn = drawBoxes(
    [...written.map((character) => ({ strokes: strokesOf[character] ?? [] })), { strokes: [] }],
    paper,
  );
  const boxes = drawn.outlines.map((outline, index) => ({ outline, alphabet: alphabetOf(written[index] ?? 'A') }));
  return { ...drawn, boxes };
}

const textOf = (readings: readonly CharacterReading[]) =>
  readings.map(({ state, character }) => (state === 'blank' ? '_' : (character ?? '?'))).join('');

describe('the network of characters', () => {
  it.each<[string, Paper]>([
    ['clean paper', {}],
    ['a photo in the shade, turned', { brightness: 150, grain: 5, shadow: 0.3, turn: 0.06 }],
    ['a photo from far away', { boxPx: 24, linePx: 1 }],
  ])('reads boxes on %s', async (_name, paper) => {
    const { picture, boxes } = drawRow(paper);
    expect(textOf(await createCharacterReader(runtime)(picture, boxes))).toBe('710LX_');
  });

  it('gives every character the same chances, however many come at once', async () => {
    const { picture, boxes } = drawRow();
    const read = createCharacterReader(runtime);
    const together = await read(picture, boxes);
    for (const [index, box] of boxes.entries()) {
      const [alone] = await read(picture, [box]);
      expect(alone?.probability).toBeCloseTo(together[index]?.probability ?? Number.NaN, 4);
    }
  });

  it('reads boxes of a page in a photo by their place on the page', async () => {
    const { picture, outlines } = drawRow({ turn: 0.3 });
    const [first, last] = [outlines[0], outlines.at(-1)];
    if (first === undefined || last === undefined) throw new Error('no boxes');
    const corners = [first[0], last[1], last[2], first[3]].map(({ x, y }) => photoPoint(x, y));
    const [a, b, c, d] = corners;
    if (!a || !b || !c || !d) throw new Error('no corners');
    const { readings } = await createHandwritingHandlers(runtime)['handwriting.read-boxes'](
      {
        photo: await encode(picture),
        // In boxes.
        page: { corners: [a, b, c, d], size: { width: outlines.length, height: 1 } },
        boxes: outlines.map((_, left) => ({
          left,
          top: 0,
          width: 1,
          height: 1,
          alphabet: alphabetOf(written[left] ?? 'A'),
        })),
      },
      () => {},
    );
    expect(textOf(readings)).toBe('710LX_');
  });

  it('takes nothing for a character that is struck out, or two in one box', async () => {
    const zigzag = Array.from({ length: 13 }, (_, at) => [0.2 + at * 0.05, at % 2 === 0 ? 0.25 : 0.75] as const);
    const squeezed = (character: string, from: number) =>
      (strokesOf[character] ?? []).map((stroke) => stroke.map(([x, y]) => [from + x / 2, y] as const));
    const { picture, outlines } = drawBoxes([
      { strokes: [...(strokesOf['0'] ?? []), zigzag] },
      { strokes: [...squeezed('7', 0), ...squeezed('0', 0.45)] },
    ]);
    const boxes = outlines.map((outline) => ({ outline, alphabet: digits }));
    const states = (await createCharacterReader(runtime)(picture, boxes)).map(({ state }) => state);
    expect(states[0]).toBe('scribbled');
    expect(states[1]).not.toBe('read');
  });
});

async function encode({ width, height, data }: RgbaImage): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
