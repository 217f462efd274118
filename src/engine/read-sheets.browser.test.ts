import { beforeAll, describe, expect, it } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import type { PhotoPoint, Quad } from '#contract/images.ts';
import type { LaidOutPage, SheetPhotoReading } from '#contract/sheets.ts';
import { inspectFile } from '#src/capture/inspect-file.ts';
import { engine } from './engine.ts';
import { WorkerPool } from './pool.ts';
import { spawnWorker } from './spawn-worker.ts';
import { createSuppliers } from './suppliers.ts';
import { photographSheet, type SheetPhoto } from './testing/photograph-sheet.ts';
import { planSheet } from './testing/plan-sheet.ts';

/* Answer sheets as the app reads them: real workers, the real OpenCV and zxing, in Chromium. */

const options = { correction: 'none' } as const;
const examCode = 'PAPE0001';

/** Versions A and B of two pages each, and the first page of another exam. */
let pages: readonly LaidOutPage[];
let foreign: LaidOutPage;
const marks = Object.fromEntries(Array.from({ length: 140 }, (_, at) => [`q${at + 1}`, 'ABCDE'.charAt((at * 7) % 5)]));

beforeAll(async () => {
  const plans = [planSheet('A', 140), planSheet('B', 140), planSheet('A', 140, 'PAPE0002')];
  const { sheets } = await engine.run('answer-sheets.lay-out', { plans });
  pages = sheets.slice(0, 2).flat();
  foreign = pageOf(sheets.slice(2).flat(), 'A', 1);
});

function pageOf(among: readonly LaidOutPage[], version: 'A' | 'B', page: number): LaidOutPage {
  const found = among.find((candidate) => candidate.version === version && candidate.page === page);
  if (found === undefined) throw new Error(`no page ${version}${page}`);
  return found;
}

const jpegOf = (canvas: OffscreenCanvas) => canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });

async function read(
  shown: LaidOutPage,
  candidates: readonly LaidOutPage[],
  photo: SheetPhoto = {},
): Promise<SheetPhotoReading> {
  const picture = await jpegOf(photographSheet(shown, { marks, ...photo }));
  return engine.run('answer-sheets.read-page', { photo: picture, pages: candidates, options, examCode });
}

/** How many questions of the page were not read as they were marked. */
function wrongOf(shown: LaidOutPage, { reading }: SheetPhotoReading): number {
  const questions = shown.design.blocks.flatMap(({ fields }) => fields).filter(({ label }) => label in marks);
  expect(questions.length).toBeGreaterThan(10);
  const fields = reading?.found === true ? reading.fields : [];
  const values = new Map(fields.map((field) => [field.label, field.state === 'marked' ? field.value : undefined]));
  return questions.filter(({ label }) => values.get(label) !== marks[label]).length;
}

/** The code, quiet zone included. */
const codeOf = ({ code }: LaidOutPage) => [code];

/** Photos of a phone held the other way up, or sideways. */
const turned = {
  'upside down': [
    [1090, 1500],
    [135, 1530],
    [90, 110],
    [1150, 140],
  ],
  'on its side': [
    [1170, 420],
    [1140, 1230],
    [60, 1190],
    [100, 380],
  ],
} as const;

describe('a photo', () => {
  it.each(['A1', 'A2', 'B1', 'B2'])('is read as the page that its code names: %s', async (name) => {
    const shown = pageOf(pages, name.startsWith('A') ? 'A' : 'B', Number(name.slice(1)));
    const found = await read(shown, pages);
    const { version, page } = shown;
    expect(found.identity).toEqual({ exam: examCode, version, page });
    expect(found.readAs).toEqual({ version, page });
    expect(wrongOf(shown, found)).toBe(0);
  });

  it.each(['upside down', 'on its side'] as const)('may lie %s', async (way) => {
    const shown = pageOf(pages, 'B', 1);
    const found = await read(shown, pages, { corners: turned[way] });
    expect(found.readAs).toEqual({ version: 'B', page: 1 });
    expect(wrongOf(shown, found)).toBe(0);
  });

  it('of another exam is named and not read', async () => {
    const found = await read(foreign, pages);
    expect(found.identity).toEqual({ exam: 'PAPE0002', version: 'A', page: 1 });
    expect(found).toMatchObject({ readAs: undefined, reading: undefined });
  });

  it('with two marks covered is read', async () => {
    const shown = pageOf(pages, 'A', 1);
    const covered = shown.design.location.by === 'fiducials' ? shown.design.location.fiducials.slice(2, 4) : [];
    expect(covered).toHaveLength(2);
    const found = await read(shown, pages, {
      covered: covered.map(({ x, y, width }) => ({
        left: x - width,
        top: y - width,
        width: 2 * width,
        height: 2 * width,
      })),
    });
    expect(found.readAs).toEqual({ version: 'A', page: 1 });
    expect(wrongOf(shown, found)).toBe(0);
  });

  it('without a sheet has none', async () => {
    const { identity, readAs, reading } = await engine.run('answer-sheets.read-page', {
      photo: await jpegOf(photographSheet({ ...foreign, printed: [] })),
      pages,
      options,
      examCode,
    });
    expect({ identity, readAs, reading }).toEqual({ identity: undefined, readAs: undefined, reading: undefined });
  });
});

describe('a photo with its code covered', () => {
  it('is read as the only page that there is', async () => {
    const shown = pageOf(pages, 'A', 1);
    const found = await read(shown, [shown], { covered: codeOf(shown) });
    expect(found.identity).toBeUndefined();
    expect(found.readAs).toEqual({ version: 'A', page: 1 });
    expect(wrongOf(shown, found)).toBe(0);
  });

  it.each([1, 2])('is read as the page that its bubbles fit: page %i', async (page) => {
    const shown = pageOf(pages, 'A', page);
    const found = await read(shown, [pageOf(pages, 'A', 1), pageOf(pages, 'A', 2)], { covered: codeOf(shown) });
    expect(found.readAs).toEqual({ version: 'A', page });
    expect(wrongOf(shown, found)).toBe(0);
  });

  it('is read as none of the versions that look alike', async () => {
    const shown = pageOf(pages, 'A', 1);
    expect(await read(shown, pages, { covered: codeOf(shown) })).toMatchObject({
      identity: undefined,
      readAs: undefined,
      reading: undefined,
    });
  });
});

describe('a device without the reader of codes', () => {
  const offline = new WorkerPool({
    build: __BUILD_ID__,
    size: 1,
    spawn: spawnWorker,
    suppliers: {
      ...createSuppliers(
        () => {},
        () => {},
      ),
      'code-reader': () => Promise.reject(new CodedFailure('runtime-unavailable', 'offline')),
    },
    readyTimeoutMs: 60_000,
    idleMs: 60_000,
    timeoutMs: () => 60_000,
    isShort: () => false,
    finished: () => {},
  });

  it('reads sheets of one page', async () => {
    const shown = pageOf(pages, 'A', 1);
    const photo = await jpegOf(photographSheet(shown, { marks }));
    const found = await offline.run('answer-sheets.read-page', { photo, pages: [shown], options, examCode });
    expect(found.identity).toBeUndefined();
    expect(wrongOf(shown, found)).toBe(0);
  });

  it('says that it can not tell several pages apart', async () => {
    const photo = await jpegOf(photographSheet(pageOf(pages, 'A', 1), { marks }));
    await expect(offline.run('answer-sheets.read-page', { photo, pages, options, examCode })).rejects.toMatchObject({
      failure: { code: 'runtime-unavailable' },
    });
  });
});

describe('a frame of the camera', () => {
  /** 1080p, held upright. */
  const held = {
    width: 1080,
    height: 1920,
    corners: [
      [100, 210],
      [985, 190],
      [1010, 1560],
      [70, 1520],
    ],
  } as const;

  async function readFrame(shown: LaidOutPage, photo: SheetPhoto = {}) {
    const frame = await createImageBitmap(photographSheet(shown, { marks, ...held, ...photo }));
    return engine.run('answer-sheets.read-frame', { frame, pages, options, examCode });
  }

  it('is read, and comes back as the photo that was read', async () => {
    const shown = pageOf(pages, 'B', 2);
    const { read: found, photo } = await readFrame(shown);
    expect(found.readAs).toEqual({ version: 'B', page: 2 });
    expect(wrongOf(shown, found)).toBe(0);
    expect(await inspectFile(photo ?? new Blob())).toEqual({ kind: 'jpeg', size: found.photoSize });
  });

  it('of another exam is named and not kept', async () => {
    const { read: found, photo } = await readFrame(foreign);
    expect(found).toMatchObject({ identity: { exam: 'PAPE0002' }, readAs: undefined, reading: undefined });
    expect(photo).toBeUndefined();
  });

  it.each<[string, SheetPhoto]>([
    ['that is blurred', { blurPx: 5 }],
    ['whose code is covered', { covered: [{ left: 160, top: 15, width: 45, height: 45 }] }],
  ])('%s is left to the next one', async (_what, seen) => {
    const { read: found, photo } = await readFrame(pageOf(pages, 'A', 1), seen);
    expect(found).toMatchObject({ identity: undefined, readAs: undefined, reading: undefined });
    expect(photo).toBeUndefined();
  });

  it('that shows half of the sheet is not kept', async () => {
    const { photo } = await readFrame(pageOf(pages, 'A', 1), {
      corners: [
        [100, 210],
        [985, 190],
        [1010, 2960],
        [70, 2920],
      ],
    });
    expect(photo).toBeUndefined();
  });
});

describe('a sheet laid flat', () => {
  it('has each bubble where the design has it, margin included', async () => {
    const shown = pageOf(pages, 'A', 1);
    const photo = await jpegOf(photographSheet(shown, { marks, corners: turned['upside down'] }));
    const { reading } = await engine.run('answer-sheets.read-page', { photo, pages, options, examCode });
    if (reading?.found !== true) throw new Error('not found');
    const corners: Quad<PhotoPoint> = reading.corners;
    const { size } = shown.design;
    const flat = { frame: size, marginUnits: 5, pixelsPerUnit: 6 };
    const { picture, size: pictureSize } = await engine.run('answer-sheets.flatten', { photo, corners, ...flat });
    expect(pictureSize).toEqual({
      width: Math.round((size.width + 10) * 6),
      height: Math.round((size.height + 10) * 6),
    });
    expect(await inspectFile(picture)).toEqual({ kind: 'jpeg', size: pictureSize });
    const grey = await greyOf(picture);
    const marked = shown.design.blocks
      .flatMap(({ fields }) => fields)
      .flatMap(({ label, bubbles }) => bubbles.filter(({ value }) => value === marks[label]));
    const shades = marked.map(({ left, top, width, height }) =>
      grey((left + width / 2 + 5) * 6, (top + height / 2 + 5) * 6),
    );
    expect(shades.length).toBeGreaterThan(50);
    expect(Math.max(...shades)).toBeLessThan(110);
  });
});

/** Mean brightness of the 5 x 5 pixels around a place. */
async function greyOf(picture: Blob): Promise<(x: number, y: number) => number> {
  const bitmap = await createImageBitmap(picture);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return (x, y) => {
    const { data } = context.getImageData(Math.round(x) - 2, Math.round(y) - 2, 5, 5);
    return data.filter((_, at) => at % 4 === 1).reduce((sum, value) => sum + value, 0) / 25;
  };
}
