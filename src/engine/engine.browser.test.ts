import { beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '#src/capture/inspect-file.ts';
import { CodedFailure } from '#contract/failures.ts';
import { wholePhoto } from '#contract/images.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import { defaultLook, type PageEdits } from '#contract/pages.ts';
import { runtimeCacheName } from '#src/delivery/runtime-cache.ts';
import { engine } from './engine.ts';
import {
  avifOfQuarters,
  bmpOfQuarters,
  encodeQuarters,
  heicOfQuarters,
  makePdf,
  quarters,
  tiffOfQuarters,
  withOrientation,
} from './testing/make-files.ts';
import { renderPage, worstCorner, type RenderedPhoto } from './testing/render-page.ts';

/* The engine as the app has it: real workers, the real wasm, in Chromium. */

let page: RenderedPhoto;
let photo: Blob;

beforeAll(async () => {
  // Tests of other files share this browser's caches and may have brought OpenCV there.
  await caches.delete(runtimeCacheName);
  page = renderPage();
  photo = await page.canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
});

const codeOf = async (promise: Promise<unknown>) => {
  const cause: unknown = await promise.then(
    () => 'no failure',
    (reason: unknown) => reason,
  );
  return cause instanceof CodedFailure ? cause.failure.code : cause;
};

describe('start', () => {
  it('downloads and compiles with progress, and is measured', async () => {
    const stages = new Set<string>();
    let last = { done: 0, total: 0 };
    const { startMs } = await engine.run(
      'engine.start',
      {},
      {
        onProgress: ({ stage, done = 0, total = 0 }) => {
          stages.add(stage);
          if (stage === 'download') last = { done, total };
        },
      },
    );
    expect(startMs).toBeGreaterThan(0);
    expect([...stages]).toEqual(['download', 'compile']);
    expect(last.done).toBe(last.total);
    expect(performance.getEntriesByName('engine.start')).toHaveLength(1);
  });
});

describe('documents.scan', () => {
  it('finds, flattens, cleans and encodes a page', async () => {
    const stages: string[] = [];
    const { photoSize, finding, edits, rendered } = await engine.run(
      'documents.scan',
      { photo: await withOrientation(photo, 1), look: defaultLook },
      { onProgress: ({ stage }) => stages.push(stage) },
    );
    expect(photoSize).toEqual({ width: 1600, height: 1200 });
    expect(finding && worstCorner(finding.corners, page.corners)).toBeLessThan(4);
    expect(edits).toMatchObject({ ...defaultLook, turns: 0 });
    expect(rendered.size.height).toBeGreaterThan(rendered.size.width);
    expect(await inspectFile(rendered.page)).toEqual({ kind: 'jpeg', size: rendered.size });
    const cover = await inspectFile(rendered.cover);
    expect(Math.max(cover.size?.width ?? 0, cover.size?.height ?? 0)).toBe(480);
    expect([...new Set(stages)]).toEqual(['decode', 'outline', 'flatten', 'clean', 'encode']);
    const measured = performance.getEntriesByName('documents.scan').at(-1);
    expect(measured instanceof PerformanceMeasure && Object.keys(measured.detail.stagesMs)).toEqual([
      ...new Set(stages),
    ]);
    // Nothing of the camera comes through.
    const text = new TextDecoder('latin1').decode(await rendered.page.arrayBuffer());
    expect(text).not.toMatch(/PapelTestCam|Exif/);
  });

  it('honours the EXIF orientation', async () => {
    const turned = await withOrientation(photo, 6);
    const { photoSize, finding } = await engine.run('documents.outline', { photo: turned });
    expect(photoSize).toEqual({ width: 1200, height: 1600 });
    // Turned clockwise: what was the bottom left corner is the top left one now.
    const [a, b, c, d] = page.corners.map(([x, y]) => [1200 - y, x] as const);
    expect(finding && a && b && c && d && worstCorner(finding.corners, [d, a, b, c])).toBeLessThan(4);
  });

  it('takes the whole photo where there is no page', async () => {
    const empty = new OffscreenCanvas(400, 300);
    empty.getContext('2d')?.fillRect(0, 0, 400, 300);
    const { finding, edits } = await engine.run('documents.scan', {
      photo: await empty.convertToBlob(),
      look: defaultLook,
    });
    expect(finding).toBeUndefined();
    expect(edits.corners).toEqual(wholePhoto({ width: 400, height: 300 }));
  });

  it('takes a photo of one pixel', async () => {
    const dot = await blank(1, 1);
    const { rendered } = await engine.run('documents.scan', { photo: dot, look: defaultLook });
    expect(rendered.size).toEqual({ width: 1, height: 1 });
  });

  it('paints what is transparent white', async () => {
    const clear = await blank(80, 60);
    const whole: PageEdits = {
      ...defaultLook,
      look: 'original',
      corners: wholePhoto({ width: 80, height: 60 }),
      turns: 0,
    };
    const { rendered } = await engine.run('documents.render', { photo: clear, edits: whole });
    expect(await colourAt(rendered.page, 40, 30)).toEqual([255, 255, 255]);
  });
});

describe('documents.preview', () => {
  it('gives each look, no larger than asked', async () => {
    const edits: PageEdits = { ...defaultLook, corners: wholePhoto({ width: 1600, height: 1200 }), turns: 0 };
    const { previews } = await engine.run('documents.preview', {
      photo,
      edits,
      looks: ['original', 'grey', 'black-and-white'],
      longSidePx: 300,
    });
    expect(previews.map(({ look }) => look)).toEqual(['original', 'grey', 'black-and-white']);
    for (const { picture } of previews) expect((await inspectFile(picture)).size).toEqual({ width: 300, height: 225 });
  });
});

describe('frames of the camera', () => {
  it('are read and closed', async () => {
    const frame = await createImageBitmap(renderPage(1280, 960).canvas);
    const reading = await engine.run('documents.read-frame', { frame }, { priority: 'live' });
    expect(reading.finding && worstCorner(reading.finding.corners, renderPage(1280, 960).corners)).toBeLessThan(8);
    expect(reading.coverage).toBeGreaterThan(0.2);
    // Handed over, not copied: nothing of it is left here.
    expect(frame.width).toBe(0);
  });
});

const formats: [PhotoKind, () => Blob | Promise<Blob>][] = [
  ['jpeg', () => encodeQuarters('image/jpeg')],
  ['png', () => encodeQuarters('image/png')],
  ['webp', () => encodeQuarters('image/webp')],
  ['avif', () => avifOfQuarters],
  ['bmp', () => bmpOfQuarters()],
  ['heic', () => heicOfQuarters],
  ['tiff', () => tiffOfQuarters()],
];

describe.each(formats)('%s', (kind, make) => {
  it('is recognised, measured and converted alike', async () => {
    const file = await make();
    expect(await inspectFile(file)).toEqual({ kind, size: quarters });
    const { photo: converted, size } = await engine.run('photos.convert', { file, kind, index: 0 });
    expect(size).toEqual(quarters);
    const expected = [
      [220, 30, 30],
      [30, 180, 30],
      [30, 30, 220],
      [250, 250, 250],
    ];
    const places = [
      [16, 12],
      [48, 12],
      [16, 36],
      [48, 36],
    ] as const;
    for (const [at, [x, y]] of places.entries()) {
      const colour = await colourAt(converted, x, y);
      for (const [channel, value] of colour.entries())
        expect(Math.abs(value - (expected[at]?.[channel] ?? 0))).toBeLessThan(25);
    }
  });

  it('cut off is damaged', async () => {
    const file = await make();
    const cut = file.slice(0, Math.floor(file.size * 0.6), file.type);
    const browserDecodes = !['heic', 'tiff'].includes(kind);
    const job = browserDecodes
      ? engine.run('documents.scan', { photo: cut, look: defaultLook })
      : engine.run('photos.convert', { file: cut, kind, index: 0 });
    expect(await codeOf(job)).toBe('damaged-file');
  });

  // Plain pixels of any value are a picture, if an ugly one.
  it.skipIf(kind === 'bmp')('of noise behind its first bytes is damaged', async () => {
    const bytes = new Uint8Array(await (await make()).arrayBuffer());
    for (let at = 40; at < bytes.length; at++) bytes[at] = (at * 131) % 251;
    const noise = new Blob([bytes]);
    expect(await codeOf(engine.run('photos.convert', { file: noise, kind, index: 0 }))).toBe('damaged-file');
  });
});

describe('TIFF', () => {
  it('has as many pictures as pages, and they stand upright', async () => {
    const file = tiffOfQuarters(3, 6);
    expect(await inspectFile(file)).toEqual({ kind: 'tiff', size: { width: 48, height: 64 } });
    expect(await engine.run('photos.count', { file, kind: 'tiff' })).toEqual({ pictures: 3 });
    const { photo: last, size } = await engine.run('photos.convert', { file, kind: 'tiff', index: 2 });
    expect(size).toEqual({ width: 48, height: 64 });
    // Turned clockwise, the blue quarter is at the top left.
    const [red = 0, , blue = 0] = await colourAt(last, 12, 16);
    expect(blue).toBeGreaterThan(red + 100);
  });
});

describe('PDF', () => {
  it('is drawn page by page', async () => {
    const file = await makePdf(3);
    expect(await inspectFile(file)).toEqual({ kind: 'pdf', size: undefined });
    expect(await engine.run('photos.count', { file, kind: 'pdf' })).toEqual({ pictures: 3 });
    const { photo: drawn, size } = await engine.run('photos.convert', { file, kind: 'pdf', index: 1 });
    // 200 x 100 points at 200 dots per inch.
    expect(size).toEqual({ width: 556, height: 278 });
    const [red = 0, green = 255] = await colourAt(drawn, 100, 140);
    expect(red - green).toBeGreaterThan(200);
    expect(await colourAt(drawn, 550, 10)).toEqual([255, 255, 255]);
    // The page's number in Helvetica, which the file names but does not bring: some of it is dark.
    const letters = await coloursOf(drawn, { left: 330, top: 140, width: 180, height: 60 });
    expect(letters.filter((value) => value < 100).length).toBeGreaterThan(300);
  });

  it('with a password is refused', async () => {
    const file = await makePdf(1, 'secret');
    expect(await codeOf(engine.run('photos.count', { file, kind: 'pdf' }))).toBe('encrypted-pdf');
  });

  it('of 201 pages is refused with their number', async () => {
    const counted = engine.run('photos.count', { file: await makePdf(201), kind: 'pdf' });
    await expect(counted).rejects.toMatchObject({
      failure: { code: 'too-many-pages', figures: { pages: 201, limit: 200 } },
    });
  });

  it('cut off or of noise is damaged', async () => {
    const noise = new Blob(['%PDF-1.7\n', 'nothing of the kind', '\n%%EOF']);
    expect(await codeOf(engine.run('photos.count', { file: noise, kind: 'pdf' }))).toBe('damaged-file');
    const whole = await makePdf(3);
    for (const share of [0.3, 0.6, 0.9]) {
      const cut = whole.slice(0, Math.floor(whole.size * share));
      expect(await codeOf(engine.run('photos.count', { file: cut, kind: 'pdf' }))).toBe('damaged-file');
    }
  });
});

describe('exports', () => {
  const settings = { paper: 'a4', quality: 0.9, title: 'Homework', createdAt: '2026-01-01T00:00:00Z' } as const;

  it('writes a PDF', async () => {
    const pages = [{ page: photo, size: { width: 1600, height: 1200 }, paper: 'a4', dotsPerInch: 150 }] as const;
    const { pdf, targetReached } = await engine.run('documents.export-pdf', { pages, settings });
    expect(targetReached).toBe(true);
    expect(await engine.run('photos.count', { file: pdf, kind: 'pdf' })).toEqual({ pictures: 1 });
  });

  it('keeps to a target size', async () => {
    const pages = [1, 2, 3].map(
      () => ({ page: photo, size: { width: 1600, height: 1200 }, paper: 'a4', dotsPerInch: 150 }) as const,
    );
    const targetBytes = Math.round(photo.size * 1.5);
    const { pdf, targetReached } = await engine.run('documents.export-pdf', {
      pages,
      settings: { ...settings, targetBytes },
    });
    expect(targetReached).toBe(true);
    expect(pdf.size).toBeLessThanOrEqual(targetBytes);
  });

  it('writes pictures, alone and as a ZIP', async () => {
    const input = { pages: [photo, photo], format: 'png', quality: 0.9, name: 'Homework' } as const;
    const { files } = await engine.run('documents.export-pictures', { ...input, zip: false });
    expect(files.map(({ name }) => name)).toEqual(['Homework - 01.png', 'Homework - 02.png']);
    expect(await inspectFile(files[0]?.file ?? new Blob())).toMatchObject({ kind: 'png' });
    const { files: zipped } = await engine.run('documents.export-pictures', { ...input, zip: true });
    expect(zipped.map(({ name }) => name)).toEqual(['Homework.zip']);
  });
});

describe('abort', () => {
  it('stops a scan in the middle, and the next one runs', async () => {
    const large = await renderPage(4000, 3000).canvas.convertToBlob({ type: 'image/jpeg' });
    const abort = new AbortController();
    const scan = engine.run(
      'documents.scan',
      { photo: large, look: defaultLook },
      { signal: abort.signal, onProgress: ({ stage }) => stage === 'flatten' && abort.abort() },
    );
    expect(await codeOf(scan)).toBe('cancelled');
    const { finding } = await engine.run('documents.outline', { photo });
    expect(finding).toBeDefined();
  });
});

/** A PNG in which nothing was drawn: all of it is transparent. */
function blank(width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d');
  return canvas.convertToBlob({ type: 'image/png' });
}

async function coloursOf(
  picture: Blob,
  area: { left: number; top: number; width: number; height: number },
): Promise<number[]> {
  const bitmap = await createImageBitmap(picture, area.left, area.top, area.width, area.height);
  const context = new OffscreenCanvas(area.width, area.height).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return [...context.getImageData(0, 0, area.width, area.height).data].filter((_, at) => at % 4 !== 3);
}

function colourAt(picture: Blob, left: number, top: number): Promise<number[]> {
  return coloursOf(picture, { left, top, width: 1, height: 1 });
}
