/** Faces in the built app: off until region and user say yes, then found by the real detector in drawn people. */
import { readFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { unzipSync } from 'fflate';
import type { Locator, Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { fakeFaceCamera, photographFaces, showScene, type FaceScene } from './support/draw-faces.ts';
import { scanFiles } from './support/scan.ts';
import { startServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

const promise = 'it never knows whose they are, no picture leaves this device, and nothing is kept unless you save it';

const scene = (faces: FaceScene['faces'], change: Partial<FaceScene> = {}): FaceScene => ({
  width: 1280,
  height: 720,
  faces,
  ...change,
});
const one = { x: 0.5, y: 0.42, height: 0.4 };
const three = [
  { x: 0.2, y: 0.45, height: 0.3 },
  { x: 0.5, y: 0.42, height: 0.36 },
  { x: 0.8, y: 0.45, height: 0.3 },
];

/** A JPEG with the place where it was taken written into it, as phones do. */
function withExif(jpeg: Buffer): Buffer {
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0 GPS 14.5995 N 120.9842 E', 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

async function chooseFiles(page: Page, button: string, files: readonly { name: string; buffer: Buffer }[]) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).first().click();
  await (await chooser).setFiles(files.map((file) => ({ ...file, mimeType: 'image/jpeg' })));
}

async function download(page: Page, button: Locator): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent('download');
  await button.click();
  const file = await waiting;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Mean difference of two pictures of one size in a rectangle, 0 to 255. */
async function differ(
  page: Page,
  a: Buffer,
  b: Buffer,
  box: readonly [number, number, number, number],
): Promise<number> {
  const addresses = [a, b].map((bytes) => `data:image/jpeg;base64,${bytes.toString('base64')}`);
  return page.evaluate(
    async ([sources, [x, y, width, height]]) => {
      const read = async (source: string) => {
        const picture = new Image();
        picture.src = source;
        await picture.decode();
        const canvas = new OffscreenCanvas(width, height);
        const context = canvas.getContext('2d');
        context?.drawImage(picture, x, y, width, height, 0, 0, width, height);
        return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
      };
      const [first = new Uint8ClampedArray(), second = new Uint8ClampedArray()] = await Promise.all(sources.map(read));
      return first.reduce((sum, value, at) => sum + Math.abs(value - (second[at] ?? 0)), 0) / Math.max(1, first.length);
    },
    [addresses, box] as const,
  );
}

test('is off until the region says otherwise, and nothing of it is offered', async ({ page }) => {
  await page.goto('/tools');
  await expect(page.getByRole('heading', { name: 'Tools' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Hide faces/ })).toHaveCount(0);
  await page.goto('/tools/hide-faces');
  await expect(page.getByText('is off in the European Union until your school turns it on')).toBeVisible();
  await expectNoAxeViolations(page);
});

test.describe('where whoever runs the edge has turned it on', () => {
  // The network comes and is compiled in each test anew.
  test.slow();
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    baseURL: async ({}, use) => {
      const server = await startServer({ env: { PAPEL_MARKET: 'UK', PAPEL_FEATURES_ON: 'face-detection' } });
      await use(server.url);
      await server.stop();
    },
  });

  /** The edge's word is there with the first answer; the user's is given here. */
  async function open(page: Page, path: string) {
    await page.goto(path);
    await page.getByRole('button', { name: 'I am 13 or older, or a parent agreed' }).click();
  }

  test('the user decides, after one sentence, and may take it back', async ({ page, watch }) => {
    await page.goto('/tools');
    await expect(page.getByText('Tools for faces can be switched on in the settings.')).toBeVisible();
    await page.goto('/tools/presence');
    await expect(page.getByText(promise)).toBeVisible();
    await expectNoAxeViolations(page);
    expect(watch.requests.filter(({ url }) => /face|blaze/.test(url) && /\.bin/.test(url))).toEqual([]);
    await page.getByRole('button', { name: 'I am 13 or older, or a parent agreed' }).click();
    await expect(page.getByRole('button', { name: 'Start the camera' })).toBeVisible();

    await page.getByRole('link', { name: 'Tools' }).click();
    await expect(page.getByRole('link', { name: /Hide faces/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /ID photo/ })).toBeVisible();
    await expectNoAxeViolations(page);

    await page.getByRole('link', { name: 'Settings' }).click();
    const section = page.getByRole('region', { name: 'Faces' });
    await expect(section).toContainText(promise);
    await section.getByText('Find faces').click();
    await page.getByRole('link', { name: 'Tools' }).click();
    await expect(page.getByRole('link', { name: /Hide faces/ })).toHaveCount(0);
    await page.goto('/tools/hide-faces');
    await expect(page.getByRole('heading', { name: 'Let Papel find faces?' })).toBeVisible();
  });

  test('faces are hidden for good in what is saved, and nothing else is', async ({ page }) => {
    await open(page, '/tools/hide-faces');
    await expectNoAxeViolations(page);
    const photo = withExif(await photographFaces(page, scene(three)));
    await chooseFiles(page, 'Choose photos', [{ name: 'maria.jpg', buffer: photo }]);
    const outlines = page.getByRole('button', { name: /^(?:Face|Area) \d+, covered$/ });
    await expect(outlines).toHaveCount(3, { timeout: 60_000 });
    await expectNoAxeViolations(page);

    // The middle one stays visible: chosen first, then switched.
    const middle = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('[data-outline]')].map((element) => element.getBoundingClientRect());
      const sorted = boxes.map(({ x }, index) => ({ x, index })).toSorted((a, b) => a.x - b.x);
      return sorted[1]?.index ?? 0;
    });
    await outlines.nth(middle).click();
    await expect(outlines.nth(middle)).toHaveAttribute('aria-pressed', 'true');
    await outlines.nth(middle).click();
    await expect(outlines.nth(middle)).toHaveAttribute('aria-pressed', 'false');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(outlines.nth(middle)).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect(outlines.nth(middle)).toHaveAttribute('aria-pressed', 'false');

    // One more by the keyboard alone, moved and resized.
    await page.getByRole('button', { name: 'Add' }).focus();
    await page.keyboard.press('Enter');
    await expect(outlines).toHaveCount(4);
    const added = page.getByRole('button', { name: 'Area 4, covered' });
    await expect(added).toBeFocused();
    const before = await added.boundingBox();
    await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    const after = await added.boundingBox();
    expect((after?.x ?? 0) - (before?.x ?? 0)).toBeCloseTo(12, 0);
    expect((after?.height ?? 0) - (before?.height ?? 0)).toBeCloseTo(2, 0);
    await page.keyboard.press('Delete');
    await expect(outlines).toHaveCount(3);

    await page.getByText('As it is saved').click();
    await expect(page.getByRole('img', { name: 'As it is saved' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'This is right' }).click();
    await page.getByRole('button', { name: 'Make the file' }).click();
    const { name, bytes } = await download(
      page,
      page.getByRole('dialog', { name: /^Save \d/ }).getByRole('button', { name: 'Save' }),
    );
    expect(name).not.toContain('maria');
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(bytes.includes('Exif')).toBe(false);
    expect(bytes.includes('GPS')).toBe(false);

    const face = (x: number, y: number) => [Math.round(x * 1280) - 40, Math.round(y * 720) - 40, 80, 80] as const;
    expect(await differ(page, photo, bytes, face(0.2, 0.45))).toBeGreaterThan(6);
    expect(await differ(page, photo, bytes, face(0.8, 0.45))).toBeGreaterThan(6);
    expect(await differ(page, photo, bytes, face(0.5, 0.42))).toBeLessThan(3);
  });

  test('a folder is looked at picture by picture before anything is saved', async ({ page }) => {
    await open(page, '/tools/hide-faces');
    const photos = [await photographFaces(page, scene([one])), await photographFaces(page, scene([]))];
    await chooseFiles(page, 'Choose photos', [
      ...photos.map((buffer, index) => ({ name: `${index}.jpg`, buffer })),
      { name: 'notes.jpg', buffer: Buffer.from('not a picture at all') },
    ]);
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await expect(page.getByRole('button', { name: 'Face 1, covered' })).toBeVisible({ timeout: 60_000 });
    await expect(save).toBeDisabled();
    await page.getByRole('button', { name: 'This is right' }).click();
    await expect(page.getByRole('heading', { name: 'Picture 2 of 2' })).toBeVisible();
    await expect(page.getByText('No face found. Look yourself, and add what you see.')).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByText('“notes.jpg” is not a photo or a PDF that Papel can read.')).toBeVisible();
    await expect(save).toBeDisabled();
    await page.getByRole('button', { name: 'This is right' }).click();
    await page.getByRole('button', { name: 'Make the file' }).click();
    const { name, bytes } = await download(
      page,
      page.getByRole('dialog', { name: /^Save \d/ }).getByRole('button', { name: 'Save' }),
    );
    expect(name).toMatch(/\.zip$/);
    expect(Object.keys(unzipSync(bytes))).toHaveLength(2);
    await expect(page.getByRole('dialog', { name: /^Save \d/ })).toBeHidden();
    // What is not saved is gone, and said so before.
    await page.getByRole('dialog', { name: 'Hide faces' }).getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('The outlines in 2 pictures are then gone.');
    await page.getByRole('button', { name: 'Leave' }).click();
    await expect(page.getByRole('button', { name: 'Choose photos' })).toBeVisible();
  });

  test('the back button asks before outlines are lost', async ({ page }) => {
    await open(page, '/tools/hide-faces');
    await page.getByRole('link', { name: 'Tools' }).click();
    await page.getByRole('link', { name: /Hide faces/ }).click();
    await chooseFiles(page, 'Choose photos', [{ name: 'one.jpg', buffer: await photographFaces(page, scene([one])) }]);
    const outline = page.getByRole('button', { name: 'Face 1, covered' });
    await expect(outline).toBeVisible({ timeout: 60_000 });
    await page.goBack();
    const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await expect(question).toContainText('The outlines in 1 picture are then gone.');
    await expectNoAxeViolations(page);
    await question.getByRole('button', { name: 'Stay' }).click();
    await expect(question).toBeHidden();
    await expect(outline).toBeVisible();
    await page.goBack();
    await question.getByRole('button', { name: 'Leave' }).click();
    await expect(page.getByRole('heading', { name: 'Tools' })).toBeVisible();
  });

  test('a face finder that does not come is named as that, with what to do', async ({ page, watch }) => {
    watch.allow(/net::ERR_FAILED/);
    let isCut = true;
    await page.route(/\/assets\/weights-/, (route) => (isCut ? route.abort() : route.continue()));
    await open(page, '/tools/hide-faces');
    await chooseFiles(page, 'Choose photos', [{ name: 'one.jpg', buffer: await photographFaces(page, scene([one])) }]);
    const said = page.getByText('The face finder did not come through whole. Connect to the internet, then try again.');
    await expect(said).toBeVisible({ timeout: 60_000 });
    isCut = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('button', { name: 'Face 1, covered' })).toBeVisible({ timeout: 60_000 });
  });

  test('covered pages of a document become a new document, and the old one stays', async ({ page, photograph }) => {
    await open(page, '/tools/hide-faces');
    const printed = await photographFaces(
      page,
      { width: 1240, height: 1754, faces: [{ x: 0.5, y: 0.3, height: 0.2 }] },
      'image/png',
    );
    const { bytes } = await photograph({ printed: printed.toString('base64') });
    await scanFiles(page, [{ name: 'album.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
    await expect(page.getByRole('grid').getByRole('row').locator('img')).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Hide faces' }).click();
    await expect(page.getByRole('button', { name: 'Face 1, covered' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'This is right' }).click();
    await expect(page.getByRole('dialog').last()).toContainText(
      'stays as it is, with its faces, until you delete it yourself',
    );
    await page.getByRole('button', { name: 'Make the new document' }).click();
    await expect(page.getByRole('heading', { name: /, faces covered$/ })).toBeVisible();
    await expect(page.getByRole('grid').getByRole('row').locator('img')).toBeVisible({ timeout: 60_000 });
    // No face is anywhere in it: not in the page, nor in what it was made from.
    const found = await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('papel');
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('no database')));
      });
      const id = location.pathname.split('/').at(-1) ?? '';
      const read = <T>(store: string, key: string) =>
        new Promise<T>((resolve) => {
          const request = database.transaction(store).objectStore(store).get(key);
          request.addEventListener('success', () => resolve(request.result));
        });
      const { pageIds } = await read<{ pageIds: string[] }>('documents', id);
      const { blob } = await read<{ blob: Blob }>('blobs', `${pageIds[0] ?? ''}/original`);
      return { pages: pageIds.length, type: blob.type, bytes: [...new Uint8Array(await blob.arrayBuffer())] };
    });
    expect(found).toMatchObject({ pages: 1, type: 'image/jpeg' });
    await page.goto('/tools/hide-faces');
    await chooseFiles(page, 'Choose photos', [{ name: 'hidden.jpg', buffer: Buffer.from(found.bytes) }]);
    await expect(page.getByText('No face found. Look yourself, and add what you see.')).toBeVisible({
      timeout: 60_000,
    });
    await page.goto('/library');
    await expect(page.getByRole('grid').getByRole('row')).toHaveCount(2);
  });

  test.describe('with a camera', () => {
    test.beforeEach(async ({ context }) => fakeFaceCamera(context, scene([one])));

    test('the presence check says what is visible, and keeps only what is saved', async ({ page }) => {
      await open(page, '/tools/presence');
      await page.getByRole('button', { name: 'Start the camera' }).click();
      const sentence = page.getByTestId('sentence');
      await expect(sentence).toHaveText('One face visible', { timeout: 60_000 });
      await expectNoAxeViolations(page);
      await showScene(page, scene([]));
      await expect(sentence).toHaveText('No face visible');
      await showScene(page, scene([three[0] ?? one, three[2] ?? one]));
      await expect(sentence).toHaveText('Several faces visible');
      await showScene(page, scene([], { light: 0.1 }));
      await expect(sentence).toHaveText('Too dark to see a face');
      await page.getByRole('button', { name: 'Stop' }).click();

      const { name, bytes } = await download(page, page.getByRole('button', { name: 'Save as a table' }));
      expect(name).toBe('Faces visible.csv');
      const lines = bytes.toString('utf8').trim().split('\r\n').slice(1);
      expect(lines.map((line) => line.split(',')[1])).toEqual([
        'One face visible',
        'No face visible',
        'Several faces visible',
        'Too dark to see a face',
        'Paused',
      ]);
      await page.getByRole('button', { name: 'Discard' }).click();
      await expect(page.getByRole('region', { name: 'What was visible when' })).toHaveCount(0);
      // Nothing of it is anywhere on the device.
      const blobs = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            indexedDB.open('papel').addEventListener('success', ({ target }) => {
              const database = target instanceof IDBOpenDBRequest ? target.result : undefined;
              const count = database?.transaction('blobs').objectStore('blobs').count();
              count?.addEventListener('success', () => resolve(count.result));
            });
          }),
      );
      expect(blobs).toBe(0);
    });

    test('a list that is not saved is not left without a question', async ({ page }) => {
      await open(page, '/tools/presence');
      await page.getByRole('button', { name: 'Start the camera' }).click();
      await expect(page.getByTestId('sentence')).toHaveText('One face visible', { timeout: 60_000 });
      await page.getByRole('link', { name: 'Settings' }).click();
      const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
      await expect(question).toContainText('The list of what was visible is then gone.');
      await question.getByRole('button', { name: 'Leave' }).click();
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
    });

    test('a camera that goes away in the middle is said to be gone, and noted', async ({ page }) => {
      await open(page, '/tools/presence');
      await page.getByRole('button', { name: 'Start the camera' }).click();
      await expect(page.getByTestId('sentence')).toHaveText('One face visible', { timeout: 60_000 });
      await page.locator('video').evaluate((video: HTMLVideoElement) => {
        if (!(video.srcObject instanceof MediaStream)) throw new Error('no stream');
        for (const track of video.srcObject.getTracks()) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
      });
      await expect(page.getByRole('heading', { name: 'The camera went away' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'What was visible when' })).toContainText('Paused');
      await expectNoAxeViolations(page);
      await page.getByRole('button', { name: 'Try again' }).click();
      await expect(page.getByTestId('sentence')).toHaveText('One face visible', { timeout: 60_000 });
    });

    test('an ID photo has its exact size, says 300 dots an inch, and prints at millimetres', async ({ page }) => {
      await open(page, '/tools/id-photo');
      await expect(page.getByTestId('id-hint')).not.toHaveText('Looking…', { timeout: 60_000 });
      await page.getByRole('button', { name: 'Take the picture' }).click();
      await expect(page.getByRole('img', { name: 'The ID photo as it is saved' })).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(/Head about 31[.\d]* mm; 29 to 34 mm are right\./)).toBeVisible();
      await expect(page.getByText('Move or zoom the photo; if that does not do')).toHaveCount(0);
      await expectNoAxeViolations(page);

      const photo = await download(page, page.getByRole('button', { name: 'Save the photo, 413 × 531 pixels' }));
      expect(photo.name).toBe('ID photo 35 × 45 mm.jpg');
      // JFIF: unit 1 is dots per inch, twice 300.
      expect([...photo.bytes.subarray(13, 18)]).toEqual([1, 1, 44, 1, 44]);
      const size = await page.evaluate(
        async (address) => {
          const picture = new Image();
          picture.src = address;
          await picture.decode();
          return [picture.naturalWidth, picture.naturalHeight];
        },
        `data:image/jpeg;base64,${photo.bytes.toString('base64')}`,
      );
      expect(size).toEqual([413, 531]);

      await page.getByText('10 × 15 cm').click();
      const sheet = await download(page, page.getByRole('button', { name: 'Save a sheet to print' }));
      const [first] = (await PDFDocument.load(sheet.bytes)).getPages();
      const { width = 0, height = 0 } = first?.getSize() ?? {};
      expect([width, height].map((points) => Math.round((points / 72) * 25.4)).toSorted((a, b) => a - b)).toEqual([
        100, 150,
      ]);
    });
  });

  test('no camera, and one that another app has, are said with what to do', async ({ page }) => {
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotReadableError'));
    });
    await open(page, '/tools/id-photo');
    await expect(page.getByRole('heading', { name: 'Another app is using the camera' })).toBeVisible();
    await expect(page.getByText('Close the app or the tab that has it, then try again.')).toBeVisible();
    const photo = await photographFaces(page, scene([{ ...one, tilt: 9 }], { wall: 'tiles' }));
    await chooseFiles(page, 'Choose a photo', [{ name: 'me.jpg', buffer: photo }]);
    await expect(page.getByText('The background is not plain, so it was left as it is.')).toBeVisible({
      timeout: 60_000,
    });
    await expectNoAxeViolations(page);
  });
});
