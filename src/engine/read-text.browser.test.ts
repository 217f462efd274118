import { beforeAll, describe, expect, it } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import { wholePhoto } from '#contract/images.ts';
import { plainTextOf } from '#contract/text.ts';
import { engine } from './engine.ts';
import { poolSize } from './pool-size.ts';

/* Tesseract as the app has it: in the engine's own worker, with its wasm and languages delivered and verified. */

const lines = [
  'Field trip to the harbour museum',
  'Bring a packed lunch and a raincoat.',
  'We leave at half past eight.',
];
const size = { width: 1240, height: 1754 };
const upright = { corners: wholePhoto(size), turns: 0 } as const;

async function printPage(texts: readonly string[], turned = 0, scale = 1): Promise<Blob> {
  const canvas = new OffscreenCanvas(size.width * scale, size.height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(scale, scale);
  context.fillStyle = 'white';
  context.fillRect(0, 0, size.width, size.height);
  context.translate(size.width / 2, size.height / 2);
  context.rotate(turned);
  context.translate(-size.width / 2, -size.height / 2);
  context.fillStyle = 'black';
  context.font = '34px serif';
  texts.forEach((text, index) => context.fillText(text, 150, 300 + index * 60));
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

describe('text.read', () => {
  let photo: Blob;
  beforeAll(async () => {
    photo = await printPage(lines);
  });

  it('reads a page with progress, and says where its words are', async () => {
    const stages = new Set<string>();
    const reading = await engine.run(
      'text.read',
      { photo, edits: upright, languages: ['eng'], turns: 'find' },
      { onProgress: ({ stage }) => stages.add(stage) },
    );
    expect([...stages]).toEqual(['download', 'decode', 'flatten', 'prepare', 'recognise']);
    expect(plainTextOf(reading).replaceAll(/\s+/g, ' ')).toBe(lines.join(' '));
    expect(reading).toMatchObject({ state: 'text', languages: ['eng'], turns: 0, size });
    expect(reading.confidence).toBeGreaterThan(0.8);
    const [first] = reading.blocks.flatMap((block) => block.lines);
    expect(first?.words[0]?.text).toBe('Field');
    expect(first?.words[0]?.box.x).toBeCloseTo(150, -1);
    expect(first?.baseline.from[1]).toBeGreaterThan(290);
    expect(first?.baseline.from[1]).toBeLessThan(310);
  });

  it('says that a language is not there', async () => {
    const asked = engine.run('text.read', { photo, edits: upright, languages: ['eng', 'ceb'], turns: 'keep' });
    await expect(asked).rejects.toMatchObject({ failure: { code: 'language-unavailable' } });
    // And goes on with those that are.
    const reading = await engine.run('text.read', { photo, edits: upright, languages: ['eng'], turns: 'keep' });
    expect(reading.state).toBe('text');
  });

  it('ends when it is told to, and the next page is read', async () => {
    const controller = new AbortController();
    const cancelled = engine.run(
      'text.read',
      { photo, edits: upright, languages: ['eng', 'fil'], turns: 'find' },
      {
        signal: controller.signal,
        onProgress: ({ stage }) => {
          if (stage === 'recognise') controller.abort();
        },
      },
    );
    await expect(cancelled).rejects.toBeInstanceOf(CodedFailure);
    await expect(cancelled).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    const reading = await engine.run('text.read', { photo, edits: upright, languages: ['fil'], turns: 'keep' });
    expect(reading.blocks.length).toBeGreaterThan(0);
  });

  describe('a long page', () => {
    /** Enough print for two. */
    const long = Array.from({ length: 6 }, () => lines).flat();
    const order = { edits: upright, languages: ['eng'], turns: 'find' } as const;
    const partsRead = () => performance.getEntriesByName('text.recognise').length;
    let longPhoto: Blob;
    beforeAll(async () => {
      longPhoto = await printPage(long);
    });

    it('is read by two workers where another one has nothing to do, and by one where not', async () => {
      // Whatever other tests left, both have started once this was read.
      await engine.run('text.read', { photo: longPhoto, ...order });
      performance.clearMeasures('text.recognise');
      const shares: number[] = [];
      const reading = await engine.run(
        'text.read',
        { photo: longPhoto, ...order },
        { onProgress: ({ stage, done = 0 }) => stage === 'recognise' && shares.push(done) },
      );
      expect(plainTextOf(reading).replaceAll(/\s+/g, ' ')).toBe(long.join(' '));
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect(partsRead()).toBe(poolSize(navigator) > 1 ? 1 : 0);

      performance.clearMeasures('text.recognise');
      const pages = Array.from({ length: poolSize(navigator) }, () =>
        engine.run('text.read', { photo: longPhoto, ...order }),
      );
      for (const { blocks } of await Promise.all(pages))
        expect(plainTextOf({ blocks }).replaceAll(/\s+/g, ' ')).toBe(long.join(' '));
    });

    it('is given up by both when it is cancelled, and read again', async () => {
      const controller = new AbortController();
      const cancelled = engine.run(
        'text.read',
        { photo: longPhoto, ...order },
        {
          signal: controller.signal,
          onProgress: ({ stage, done = 0 }) => {
            if (stage === 'recognise' && done > 10) controller.abort();
          },
        },
      );
      await expect(cancelled).rejects.toMatchObject({ failure: { code: 'cancelled' } });
      const reading = await engine.run('text.read', { photo: longPhoto, ...order });
      expect(plainTextOf(reading).replaceAll(/\s+/g, ' ')).toBe(long.join(' '));
    });
  });

  it('reads a page that lies on its head or its side, and says how it is to be turned', async () => {
    const head = await printPage(lines, Math.PI);
    const reading = await engine.run('text.read', { photo: head, edits: upright, languages: ['eng'], turns: 'find' });
    expect(reading).toMatchObject({ state: 'text', turns: 2, size });
    expect(plainTextOf(reading).replaceAll(/\s+/g, ' ')).toBe(lines.join(' '));
    const [word] = reading.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
    expect(word?.box.x).toBeCloseTo(150, -1);

    const side = await engine.run('text.read', {
      photo,
      edits: { ...upright, turns: 1 },
      languages: ['eng'],
      turns: 'find',
    });
    expect(side).toMatchObject({ state: 'text', turns: 0, size });
    // A person's turn stands.
    const kept = await engine.run('text.read', { photo: head, edits: upright, languages: ['eng'], turns: 'keep' });
    expect(kept.turns).toBe(0);
    expect(kept.state).toBe('unsure');
  });

  it('reads a page of more than 20 megapixels', async () => {
    const scale = 3.1;
    const large = { width: Math.floor(size.width * scale), height: Math.floor(size.height * scale) };
    expect(large.width * large.height).toBeGreaterThan(20e6);
    const reading = await engine.run('text.read', {
      photo: await printPage(lines, 0, scale),
      edits: { corners: wholePhoto(large), turns: 0 },
      languages: ['eng'],
      turns: 'find',
    });
    expect(plainTextOf(reading).replaceAll(/\s+/g, ' ')).toBe(lines.join(' '));
    // Pages have at most 3508 pixels a side, and words lie on them.
    expect(reading.size.height).toBe(3508);
    const [word] = reading.blocks.flatMap((block) => block.lines.flatMap((line) => line.words));
    expect((word?.box.x ?? 0) / reading.size.width).toBeCloseTo(150 / size.width, 2);
  });

  it('is not sure of a script that none of its languages has, and turns no page for it', async () => {
    const reading = await engine.run('text.read', {
      photo: await printPage([
        'საქართველოს დედაქალაქი თბილისი',
        'ყველა ადამიანი იბადება თავისუფალი',
        'და თანასწორი თავისი ღირსებით',
      ]),
      edits: upright,
      languages: ['eng'],
      turns: 'find',
    });
    expect(reading).toMatchObject({ state: 'unsure', turns: 0 });
  });

  it('has an answer for a page without print', async () => {
    const reading = await engine.run('text.read', {
      photo: await printPage([]),
      edits: upright,
      languages: ['eng'],
      turns: 'find',
    });
    expect(reading).toMatchObject({ state: 'nothing', blocks: [], confidence: 0 });
  });
});
