import { beforeAll, describe, expect, it } from 'vitest';
import { capitals, digits, type CharacterReading } from '#contract/handwriting.ts';
import type { RgbaImage } from '#contract/images.ts';
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
    const { picture, outlines } = drawRow();
    const [topLeft, , ,] = outlines[0] ?? [];
    const [, , bottomRight] = outlines.at(-1) ?? [];
    if (topLeft === undefined || bottomRight === undefined) throw new Error('no boxes');
    const side = (bottomRight.x - topLeft.x) / outlines.length;
    const { readings } = await createHandwritingHandlers(runtime)['handwriting.read-boxes'](
      {
        photo: await encode(picture),
        boxes: outlines.map((_, index) => ({
          left: topLeft.x + index * side,
          top: topLeft.y,
          width: side,
          height: side,
          alphabet: alphabetOf(written[index] ?? 'A'),
        })),
      },
      () => {},
    );
    expect(textOf(readings)).toBe('710LX_');
  });
});

async function encode({ width, height, data }: RgbaImage): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
