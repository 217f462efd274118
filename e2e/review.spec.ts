import type { Locator, Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import type { PhotoOptions } from './support/render-photo.ts';
import { scanFiles } from './support/scan.ts';
import { expect, test } from './support/test.ts';

type Photograph = (options?: PhotoOptions) => Promise<{ readonly bytes: Buffer }>;

/** Scans rendered photos and opens the first page's review. */
async function openReview(page: Page, photograph: Photograph, photos: readonly PhotoOptions[] = [{}]) {
  const files = [];
  for (const [index, options] of photos.entries()) {
    const { bytes } = await photograph({ width: 1000, height: 750, ...options });
    files.push({ name: `page-${index + 1}.jpg`, mimeType: 'image/jpeg', buffer: bytes });
  }
  await page.goto('/');
  await scanFiles(page, files);
  await page.getByRole('row', { name: 'Page 1', exact: true }).click();
  await expect(page.getByRole('heading', { name: `Page 1 of ${photos.length}` })).toBeVisible();
  await expect(page.getByRole('img', { name: 'The scanned page' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Crop' })).toBeEnabled();
}

async function openCrop(page: Page) {
  await page.getByRole('button', { name: 'Crop' }).click();
  await expect(page.getByRole('heading', { name: 'Crop the page' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'The page as it will be' })).toBeVisible();
}

async function centreOf(handle: Locator) {
  const box = await handle.boundingBox();
  if (box === null) throw new Error('the handle is not shown');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, handle: Locator, to: { readonly x: number; readonly y: number }) {
  const from = await centreOf(handle);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

const corner = (page: Page, name: 'Top left' | 'Top right' | 'Bottom right' | 'Bottom left') =>
  page.getByRole('slider', { name: `${name} corner` });

/** The four corners as they are seen, clockwise from the top left. */
async function cornersOf(page: Page) {
  const names = ['Top left', 'Top right', 'Bottom right', 'Bottom left'] as const;
  return Promise.all(names.map((name) => centreOf(corner(page, name))));
}

test.describe('review', () => {
  test('shows the page in each look, and keeps the one that is chosen', async ({ page, photograph }) => {
    await openReview(page, photograph);
    const looks = page.getByRole('radiogroup', { name: 'Look' });
    await expect(looks.getByRole('radio')).toHaveCount(5);
    await expect(looks.locator('img')).toHaveCount(5);
    await looks.getByText('Black and white').click();
    await expect(looks.getByRole('radio', { name: 'Black and white' })).toBeChecked();
    await page.reload();
    await expect(looks.getByRole('radio', { name: 'Black and white' })).toBeChecked();
  });

  test('previews brightness while its slider moves, and keeps it', async ({ page, photograph }) => {
    await openReview(page, photograph);
    const picture = page.getByRole('img', { name: 'The scanned page' });
    const before = await meanBrightness(picture);
    const slider = page.getByRole('slider', { name: 'Brightness' });
    await slider.focus();
    for (let press = 0; press < 12; press += 1) await slider.press('ArrowLeft');
    // The paper stays white, so what is written carries the whole change: about 2 of 255 over the page.
    await expect.poll(() => meanBrightness(picture)).toBeLessThan(before - 1);
    // A slider is saved once it has rested for 400 ms.
    await page.waitForTimeout(600);
    await page.reload();
    await expect(slider).toHaveValue('-0.6');
    await expect.poll(() => meanBrightness(picture)).toBeLessThan(before - 1);
  });

  test('turns the page', async ({ page, photograph }) => {
    await openReview(page, photograph);
    const picture = page.getByRole('img', { name: 'The scanned page' });
    const isWide = () => picture.evaluate((img: HTMLImageElement) => img.naturalWidth > img.naturalHeight);
    expect(await isWide()).toBe(false);
    await page.getByRole('button', { name: 'Rotate' }).click();
    await expect.poll(isWide).toBe(true);
    await page.reload();
    await expect.poll(isWide).toBe(true);
  });

  test('leads to the neighbours with the arrow keys', async ({ page, photograph }) => {
    await openReview(page, photograph, [{ seed: 1 }, { seed: 2 }]);
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('heading', { name: 'Page 2 of 2' })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('heading', { name: 'Page 2 of 2' })).toBeVisible();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('heading', { name: 'Page 1 of 2' })).toBeVisible();
  });

  test('gives all pages the look of this one', async ({ page, photograph }) => {
    await openReview(page, photograph, [{ seed: 1 }, { seed: 2 }]);
    await page.getByText('Gray', { exact: true }).click();
    await page.getByRole('button', { name: 'Use for all pages' }).click();
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect(page.getByRole('heading', { name: 'Page 2 of 2' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Gray' })).toBeChecked();
  });

  test('deletes a page and brings it back', async ({ page, photograph }) => {
    await openReview(page, photograph, [{ seed: 1 }, { seed: 2 }]);
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: 'Page 1 of 1' })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('heading', { name: 'Page 2 of 2' })).toBeVisible();
  });

  test('takes a page again with the camera, in its place', async ({ page, photograph }) => {
    await page.addInitScript(() => localStorage.setItem('papel.auto-capture', 'off'));
    await openReview(page, photograph, [{ seed: 1, blurPx: 5 }, { seed: 2 }]);
    await expect(page.getByText('The writing is blurred. Hold still and retake it.')).toBeVisible();
    await page.getByRole('button', { name: 'Retake' }).click();
    await expect(page.getByRole('heading', { name: 'Take this page again' })).toBeAttached();
    await expect(page.getByText('Looks good. Press the round button').first()).toBeVisible();
    await page.getByRole('button', { name: 'Take the picture' }).click();
    await expect(page.getByRole('heading', { name: 'Page 1 of 2' })).toBeVisible();
    await expect(page.getByText('The writing is blurred. Hold still and retake it.')).toHaveCount(0);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is accessible, ${colorScheme}`, async ({ page, photograph }) => {
      await page.emulateMedia({ colorScheme });
      await openReview(page, photograph, [{ seed: 1, blurPx: 5 }, { seed: 2 }]);
      await expect(page.getByRole('radiogroup', { name: 'Look' }).locator('img')).toHaveCount(5);
      await expectNoAxeViolations(page);
      await openCrop(page);
      await expectNoAxeViolations(page);
    });
  }
});

test.describe('crop', () => {
  test('moves a corner with the pointer, magnified, and keeps it', async ({ page, photograph }) => {
    await openReview(page, photograph);
    await openCrop(page);
    const handle = corner(page, 'Top left');
    const from = await centreOf(handle);
    const before = await handle.getAttribute('aria-valuetext');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 70, { steps: 6 });
    await expect(page.getByTestId('magnifier')).toBeVisible();
    await page.mouse.up();
    await expect(page.getByTestId('magnifier')).toHaveCount(0);
    const after = await handle.getAttribute('aria-valuetext');
    expect(after).not.toBe(before);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('heading', { name: 'Page 1 of 1' })).toBeVisible();
    await page.reload();
    await openCrop(page);
    await expect(handle).toHaveAttribute('aria-valuetext', String(after));
  });

  test('slides a side along its neighbours', async ({ page, photograph }) => {
    await openReview(page, photograph);
    await openCrop(page);
    const [topLeft, topRight, bottomRight, bottomLeft] = await cornersOf(page);
    const side = page.getByRole('slider', { name: 'Top side' });
    const from = await centreOf(side);
    await drag(page, side, { x: from.x, y: from.y + 80 });
    const moved = await cornersOf(page);
    expect(moved[0]?.y).toBeGreaterThan((topLeft?.y ?? NaN) + 50);
    expect(moved[1]?.y).toBeGreaterThan((topRight?.y ?? NaN) + 50);
    expect(moved[2]).toEqual(bottomRight);
    expect(moved[3]).toEqual(bottomLeft);
  });

  test('snaps a corner to the corner of the paper', async ({ page, photograph }) => {
    await openReview(page, photograph);
    await openCrop(page);
    const found = await centreOf(corner(page, 'Top left'));
    // Once away and back to near it: the pull of the two edges brings it to where they cross. The edges are still being
    // looked for when the editor opens, so the first tries may meet none.
    await expect(async () => {
      await drag(page, corner(page, 'Top left'), { x: found.x - 60, y: found.y - 30 });
      await drag(page, corner(page, 'Top left'), { x: found.x - 5, y: found.y + 4 });
      const snapped = await centreOf(corner(page, 'Top left'));
      expect(Math.hypot(snapped.x - found.x, snapped.y - found.y)).toBeLessThan(2.5);
    }).toPass({ timeout: 30_000 });
  });

  test('works with the keyboard alone', async ({ page, photograph }) => {
    await openReview(page, photograph);
    await openCrop(page);
    const handle = corner(page, 'Top left');
    await page.getByRole('button', { name: 'Done' }).focus();
    await page.keyboard.press('Tab');
    await expect(handle).toBeFocused();
    await expect(page.getByTestId('magnifier')).toBeVisible();
    const start = await centreOf(handle);
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    const moved = await centreOf(handle);
    expect(moved.x - start.x).toBeCloseTo(3, 1);
    expect(moved.y - start.y).toBeCloseTo(10, 1);

    await page.keyboard.press('Tab');
    await expect(page.getByRole('slider', { name: 'Top side' })).toBeFocused();
    // A run of arrow keys on one handle is one step to undo.
    await page.keyboard.press('Control+z');
    expect((await centreOf(handle)).x).toBeCloseTo(start.x, 1);
    await page.keyboard.press('Control+Shift+z');
    expect((await centreOf(handle)).x).toBeCloseTo(moved.x, 1);

    await page.keyboard.press('w');
    await expect(handle).toHaveAttribute('aria-valuetext', '0% from the left, 0% from the top');
    await expect(corner(page, 'Bottom right')).toHaveAttribute(
      'aria-valuetext',
      '100% from the left, 100% from the top',
    );
    await page.keyboard.press('r');
    expect((await centreOf(handle)).x).toBeCloseTo(start.x, 0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'Page 1 of 1' })).toBeVisible();
  });

  test('leaves nothing behind when it is left', async ({ page, photograph }) => {
    await openReview(page, photograph);
    await openCrop(page);
    const before = await corner(page, 'Top left').getAttribute('aria-valuetext');
    await page.keyboard.press('w');
    await page.keyboard.press('Escape');
    await openCrop(page);
    await expect(corner(page, 'Top left')).toHaveAttribute('aria-valuetext', String(before));
  });

  test('never makes an absurd crop, nor one outside the photo', async ({ page, photograph }) => {
    await openReview(page, photograph);
    await openCrop(page);
    await drag(page, corner(page, 'Top left'), { x: -200, y: -200 });
    await expect(corner(page, 'Top left')).toHaveAttribute('aria-valuetext', '0% from the left, 0% from the top');
    const far = await centreOf(corner(page, 'Bottom right'));
    await drag(page, corner(page, 'Top left'), { x: far.x + 100, y: far.y + 100 });
    const corners = await cornersOf(page);
    for (const [index, { x, y }] of corners.entries()) {
      const next = corners[(index + 1) % 4];
      const afterNext = corners[(index + 2) % 4];
      if (next === undefined || afterNext === undefined) throw new Error('four corners');
      const turn = (next.x - x) * (afterNext.y - next.y) - (next.y - y) * (afterNext.x - next.x);
      expect(turn, `corner ${(index + 1) % 4} turns clockwise`).toBeGreaterThan(0);
    }
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('img', { name: 'The scanned page' })).toBeVisible();
  });

  test('names corners as they are seen after turning', async ({ page, photograph }) => {
    await openReview(page, photograph);
    await openCrop(page);
    await page.getByRole('button', { name: 'Rotate' }).click();
    const [topLeft, topRight, bottomRight, bottomLeft] = await cornersOf(page);
    expect(topLeft?.x).toBeLessThan(topRight?.x ?? NaN);
    expect(topLeft?.y).toBeLessThan(bottomLeft?.y ?? NaN);
    expect(bottomRight?.x).toBeGreaterThan(bottomLeft?.x ?? NaN);
  });
});

/** NaN, which is neither less nor more than anything, while the picture gives way to the next one. */
async function meanBrightness(picture: Locator): Promise<number> {
  return picture.evaluate(async (img: HTMLImageElement) => {
    try {
      await img.decode();
    } catch {
      return Number.NaN;
    }
    const canvas = new OffscreenCanvas(32, 32);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    context.drawImage(img, 0, 0, 32, 32);
    const { data } = context.getImageData(0, 0, 32, 32);
    let sum = 0;
    for (let index = 0; index < data.length; index += 4) sum += data[index] ?? 0;
    return sum / 1024;
  });
}
