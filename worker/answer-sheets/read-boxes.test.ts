import { describe, expect, it } from 'vitest';
import { digits, type CharacterReading, type ReadCharacters } from '#contract/handwriting.ts';
import type { RgbaImage } from '#contract/images.ts';
import type { LaidOutPage, SheetDesign } from '#contract/sheets.ts';
import { loadOpenCvInNode } from '#worker/vision/opencv-in-node.ts';
import { layOutSheet } from './layout/lay-out-sheet.ts';
import { drawPage } from './layout/testing/draw-page.ts';
import { planOf } from './layout/testing/random-plans.ts';
import { readBoxes } from './read-boxes.ts';
import { readSheet } from './read-sheet.ts';

const pixelsPerMm = 5.4;

type DrawablePage = LaidOutPage & { design: SheetDesign<RgbaImage> };

function pageOf(...of: Parameters<typeof planOf>): DrawablePage {
  const [page] = layOutSheet(planOf(...of));
  if (page === undefined) throw new Error('A sheet has a page');
  const { location } = page.design;
  const fiducials = location.by === 'fiducials' ? location.fiducials.filter((mark) => mark.kind === 'aruco') : [];
  return { ...page, design: { ...page.design, location: { by: 'fiducials', fiducials } } };
}

async function locate(page: DrawablePage, photo: RgbaImage) {
  const { cv } = await loadOpenCvInNode();
  return readSheet(
    cv,
    photo,
    page.design,
    () => [],
    () => undefined,
  );
}

/** As paper lies that is held in the middle and hangs at its sides. */
function curl({ width, height, data }: RgbaImage, risePx: number): RgbaImage {
  const curled = new Uint8ClampedArray(data.length).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = y - Math.round(risePx * Math.sin((Math.PI * x) / width));
      if (from < 0 || from >= height) continue;
      curled.set(data.subarray((from * width + x) * 4, (from * width + x) * 4 + 4), (y * width + x) * 4);
    }
  return { width, height, data: curled };
}

/** As a simple lens blurs: twice the mean of the pixels around each, in both directions. */
function soften({ width, height, data }: RgbaImage): RgbaImage {
  let soft = data;
  for (const step of [4, 4 * width, 4, 4 * width])
    soft = soft.map((value, at) => ((soft[at - step] ?? value) + 2 * value + (soft[at + step] ?? value)) / 4);
  return { width, height, data: soft };
}

const written = { kind: 'numeric', digits: 3, decimals: 1, sign: true, inBoxes: true } as const;
const looks = {
  'a number in bubbles and boxes': { studentNumber: { form: 'both', digits: 6 }, nameInBoxes: true },
  'boxes alone': { studentNumber: { form: 'boxes', digits: 8 }, nameInBoxes: true },
} as const;

describe.each(Object.entries(looks))('a sheet with %s', (_, look) => {
  it.each([
    [0, 'flat'],
    [8, 'curled by 1.5 mm'],
  ])('has its boxes found where they were printed (%s px: %s)', async (risePx) => {
    const page = pageOf(12, written, look);
    const reading = await locate(page, curl(drawPage(page, pixelsPerMm), risePx));
    if (!reading.found) throw new Error(reading.reason);
    const places = new Map(page.design.written?.map((field) => [field.label, field]));
    const boxes = reading.fields.filter((field) => field.written !== undefined);
    expect(boxes).toHaveLength(places.size);
    const pageWidth = page.design.size.width * pixelsPerMm;
    for (const { label, written: box } of boxes) {
      expect(`${label} ${box?.state}`).toBe(`${label} unread`);
      const { left = 0, top = 0, width = 0, height = 0 } = places.get(label) ?? {};
      const [topLeft, , bottomRight] = box?.corners ?? [];
      for (const [corner, x, y] of [
        [topLeft, left, top],
        [bottomRight, left + width, top + height],
      ] as const) {
        const rise = risePx * Math.sin((Math.PI * x * pixelsPerMm) / pageWidth);
        expect(Math.abs((corner?.x ?? 0) / pixelsPerMm - x)).toBeLessThan(0.35);
        expect(Math.abs(((corner?.y ?? 0) - rise) / pixelsPerMm - y)).toBeLessThan(0.35);
      }
    }
  });
});

it('finds boxes of a dozen pixels in a soft, dim photo', async () => {
  const page = pageOf(4, written, looks['a number in bubbles and boxes']);
  const photo = soften(drawPage(page, 2));
  const dim = { ...photo, data: photo.data.map((value, at) => (at % 4 === 3 ? value : 0.55 * value)) };
  const reading = await locate(page, dim);
  if (!reading.found) throw new Error(reading.reason);
  const lost = reading.fields.filter((field) => field.written?.state === 'lost');
  expect(lost.map(({ label }) => label)).toEqual([]);
});

it('does not take what lies over a box for the box', async () => {
  const page = pageOf(4, written, looks['boxes alone']);
  const photo = drawPage(page, pixelsPerMm);
  const [field] = page.design.written ?? [];
  if (field === undefined) throw new Error('The sheet has boxes');
  const px = (mm: number) => Math.round(mm * pixelsPerMm);
  for (let y = px(field.top - 2); y < px(field.top + field.height + 2); y++)
    photo.data.fill(90, (y * photo.width + px(field.left - 2)) * 4, (y * photo.width + px(field.left + 40)) * 4);
  const reading = await locate(page, photo);
  const covered = reading.found ? reading.fields.find(({ label }) => label === field.label) : undefined;
  expect(covered).toMatchObject({ state: 'doubtful', written: { state: 'lost' } });
});

describe('reading located boxes', () => {
  const answers: Readonly<Record<string, CharacterReading>> = {
    'numberBox.1': reads('read', '7', 0.99),
    'numberBox.2': reads('doubtful', '1', 0.6),
    'numberBox.3': { state: 'scribbled', probability: 0, alternatives: [] },
    'numberBox.4': { state: 'blank', probability: 0, alternatives: [] },
  };

  it('keeps what is sure, and leaves the rest to a person', async () => {
    const page = pageOf(2, { kind: 'true-false' }, { studentNumber: { form: 'boxes', digits: 4 } });
    const photo = drawPage(page, pixelsPerMm);
    const located = await locate(page, photo);
    const asked: string[] = [];
    const readCharacters: ReadCharacters = async (_picture, boxes) => {
      asked.push(...boxes.map(({ alphabet }) => alphabet));
      return boxes.map((__, at) => answers[`numberBox.${at + 1}`] ?? reads('read', '0', 1));
    };
    const reading = await readBoxes(photo, page.design, located, readCharacters);
    if (!reading.found) throw new Error(reading.reason);
    expect(asked).toEqual(Array.from({ length: 4 }, () => digits));
    const boxes = reading.fields.filter(({ label }) => label.startsWith('numberBox.'));
    expect(boxes.map(({ value, state, confidence }) => [value, state, confidence])).toEqual([
      ['7', 'marked', 0.99],
      ['1', 'doubtful', 0.6],
      ['', 'doubtful', 0],
      ['', 'blank', 1],
    ]);
    expect(reading.flagged).toEqual(['numberBox.2', 'numberBox.3']);
    expect(reading.columns.find(({ label }) => label === 'numberBox.1')?.value).toBe('7');
  });

  it('asks for a surer reading of boxes that are but a few pixels wide', async () => {
    const page = pageOf(2, { kind: 'true-false' }, { studentNumber: { form: 'boxes', digits: 4 } });
    const photo = drawPage(page, 2.4);
    const blank = { state: 'blank', probability: 0, alternatives: [] } as const;
    const readings = [reads('read', '7', 0.99), reads('read', '7', 0.97), blank, reads('doubtful', '7', 0.5)];
    const reading = await readBoxes(photo, page.design, await locate(page, photo), async () => readings);
    const boxes = reading.found ? reading.fields.filter(({ label }) => label.startsWith('numberBox.')) : [];
    expect(boxes.map(({ value, state, written: box }) => [value, state, box?.state])).toEqual([
      ['7', 'marked', 'read'],
      ['7', 'doubtful', 'read'],
      ['', 'doubtful', 'blank'],
      ['7', 'doubtful', 'doubtful'],
    ]);
  });

  it('reads the marks all the same where there is no reader of handwriting', async () => {
    const page = pageOf(2, { kind: 'true-false' }, { studentNumber: { form: 'boxes', digits: 4 } });
    const photo = drawPage(page, pixelsPerMm, ['q1 T']);
    const reading = await readBoxes(photo, page.design, await locate(page, photo), async () => undefined);
    if (!reading.found) throw new Error(reading.reason);
    expect(reading.fields.find(({ label }) => label === 'q1')).toMatchObject({ value: 'T', state: 'marked' });
    expect(reading.fields.find(({ label }) => label === 'numberBox.1')).toMatchObject({
      state: 'doubtful',
      written: { state: 'unread' },
    });
  });
});

function reads(state: 'read' | 'doubtful', character: string, probability: number): CharacterReading {
  return { state, character, probability, alternatives: [{ character, logProbability: Math.log(probability) }] };
}
