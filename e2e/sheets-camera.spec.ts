/** The live camera, hands free: a sheet that is shown is read, kept once and named with its score. */
import type { Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { addClass, designExam, markSheet, printSheets, sheetRows, typeKey, type Pupil } from './support/exams.ts';
import { printAndMark } from './support/print-shop.ts';
import { expect, test } from './support/test.ts';

const key = 'ABCDDCBAAC';
const pupils: readonly Pupil[] = [
  { number: '204117', lastName: 'Santos', firstName: 'Maria', answers: key },
  { number: '204118', lastName: 'dela Cruz', firstName: 'Juan', answers: 'BBCDDCBAA.' },
];

declare global {
  /** What lies under the camera: a photo in base64. */
  var underCamera: ((photo: string) => Promise<void>) | undefined;
}

/**
 * A camera that films what the test lays under it, as Chromium's own plays one film for all tests. It trembles like a hand, so that each
 * frame is a new one.
 */
async function installCamera(page: Page): Promise<void> {
  await page.addInitScript((size) => {
    const canvas = document.createElement('canvas');
    canvas.width = size.width;
    canvas.height = size.height;
    let photo: ImageBitmap | undefined;
    let frame = 0;
    setInterval(() => {
      const context = canvas.getContext('2d');
      if (context === null) return;
      frame += 1;
      context.fillStyle = '#7a5c40';
      context.fillRect(0, 0, canvas.width, canvas.height);
      if (photo !== undefined) context.drawImage(photo, 0.5 * Math.cos(frame), 0.5 * Math.sin(frame));
    }, 100);
    globalThis.underCamera = async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0) ?? 0);
      photo = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    };
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream();
  }, cameraSize);
}

/** A phone held upright. */
const cameraSize = { width: 1080, height: 1440 } as const;

test.describe('the live camera', () => {
  test.setTimeout(180_000);
  test.use({ actionTimeout: 60_000 });

  test('reads each sheet that is shown, without a touch and once', async ({ page, browser, photograph }) => {
    await installCamera(page);
    await addClass(page, 'Grade 7 Rizal', pupils);
    const sheet = await designExam(page, { title: 'Live', questions: 10, className: 'Grade 7 Rizal (2)' });
    const pdf = await printSheets(page);
    await typeKey(page, key);
    const studio = await browser.newPage();
    const photos: string[] = [];
    for (const pupil of pupils) {
      const printed = await printAndMark(studio, pdf, 1, markSheet(sheet, pupil));
      const { bytes } = await photograph({ printed, ...cameraSize, corners: held, seed: photos.length + 1 });
      photos.push(bytes.toString('base64'));
    }
    await studio.close();
    const lay = (photo = '') => page.evaluate((base64) => globalThis.underCamera?.(base64), photo);

    await page.getByRole('link', { name: /Read/ }).click();
    await page.getByRole('button', { name: 'Use the camera' }).click();
    await expect(page.getByText('Show a sheet, flat and whole')).toBeVisible({ timeout: 60_000 });
    await lay(photos[0]);
    const last = page.getByRole('list', { name: 'Read last' }).getByRole('listitem');
    await expect(last).toHaveCount(1, { timeout: 60_000 });
    await expect(last.first()).toContainText('Santos');
    await expect(last.first()).toContainText('10 of 10');
    await lay(photos[1]);
    await expect(last).toHaveCount(2, { timeout: 60_000 });
    await expect(last.first()).toContainText('dela Cruz');
    await expect(last.first()).toContainText('8 of 10');
    // The first one again is known by its face.
    await lay(photos[0]);
    await expect(last.first()).toContainText('Already there', { timeout: 60_000 });
    await expect(last).toHaveCount(2);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Done: 2 sheets' }).click();
    await expect(sheetRows(page)).toHaveCount(2);
    await expect(sheetRows(page).filter({ hasText: /of 10/ })).toHaveCount(2);
  });
});

/** The sheet nearly fills the picture, as somebody holds a phone over it. */
const held = [
  [0.08, 0.06],
  [0.93, 0.05],
  [0.96, 0.95],
  [0.05, 0.94],
] as const;
