import type { Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { cameraFrame } from './support/camera.ts';
import { savePdf } from './support/scan.ts';
import { expect, test } from './support/test.ts';

/** Where the page lies in the film of support/make-camera-film.ts, as shares of the frame. */
const filmedCorners = [
  [0.3, 0.06],
  [0.69, 0.08],
  [0.74, 0.94],
  [0.25, 0.91],
] as const;

const stack = /Look at the \d+ pages? taken/;

async function openCamera(page: Page, { auto }: { readonly auto: boolean }) {
  await page.addInitScript((isOn) => localStorage.setItem('papel.auto-capture', isOn ? 'on' : 'off'), auto);
  await page.goto('/scan');
}

/** The outline as it is drawn, its corners as shares of the frame. */
async function readOutline(page: Page): Promise<(readonly [number, number])[]> {
  return page.getByTestId('outline').evaluate((svg) => {
    const [, , width = 1, height = 1] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
    const points = svg.querySelector('polygon')?.getAttribute('points') ?? '';
    return points.split(' ').map((point) => {
      const [x = NaN, y = NaN] = point.split(',').map(Number);
      return [x / width, y / height] as const;
    });
  });
}

test('outlines the page where it lies, and makes a PDF of it', async ({ page }) => {
  await openCamera(page, { auto: false });
  await expect(page.getByText('Looks good. Press the round button').first()).toBeVisible();

  const outline = await readOutline(page);
  expect(outline).toHaveLength(4);
  for (const [x, y] of filmedCorners) {
    const distances = outline.map(([left, top]) =>
      Math.hypot((left - x) * cameraFrame.width, (top - y) * cameraFrame.height),
    );
    // 1 % of the frame's diagonal: the film trembles by 0.6 px, the live finder sees it at a third of its size.
    expect(Math.min(...distances), `a corner near ${x}, ${y}`).toBeLessThan(15);
  }

  await page.getByRole('button', { name: 'Take the picture' }).click();
  await expect(page.getByRole('link', { name: stack })).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'Save or share' })).toBeEnabled();
  const pdf = await savePdf(page);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(10_000);
});

test('takes a steady page by itself after a visible countdown, and only once', async ({ page }) => {
  // The countdown lasts for less than a second: what the line said is written down as it is said.
  await page.addInitScript(() => {
    const said = new Set<string>();
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      said.add(document.querySelector('[data-testid=hint]')?.textContent ?? '');
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await openCamera(page, { auto: true });
  await expect(page.getByRole('link', { name: 'Look at the 1 page taken' })).toBeVisible();
  expect(await page.evaluate<string[]>('[...said]')).toContain('Hold still. Taking the picture');
  // Three times as long as a picture takes from rest to countdown's end.
  await page.waitForTimeout(4000);
  await expect(page.getByRole('link', { name: 'Look at the 1 page taken' })).toBeVisible();
});

test('takes pictures with the space bar, one after the other into one document', async ({ page }) => {
  await openCamera(page, { auto: false });
  await expect(page.getByText('Looks good. Press the round button').first()).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('link', { name: 'Look at the 1 page taken' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('link', { name: 'Look at the 2 pages taken' })).toBeVisible();
});

test('keeps what was taken when the tab is closed at once', async ({ page }) => {
  await openCamera(page, { auto: false });
  await expect(page.getByText('Looks good. Press the round button').first()).toBeVisible();
  await page.keyboard.press('Space');
  await page.waitForURL(/document=/);
  await page.reload();
  await expect(page.getByRole('link', { name: 'Look at the 1 page taken' })).toBeVisible();
});

test('remembers whether pages are taken by themselves', async ({ page }) => {
  await page.goto('/scan');
  const auto = page.getByRole('switch', { name: 'Auto' });
  await expect(auto).toBeChecked();
  await page.getByText('Auto', { exact: true }).click();
  await expect(auto).not.toBeChecked();
  await page.reload();
  await expect(auto).not.toBeChecked();
});

test('turns the camera off when it is left', async ({ page }) => {
  await openCamera(page, { auto: false });
  await expect(page.locator('video')).toBeVisible();
  const track = await page.locator('video').evaluateHandle((video: HTMLVideoElement) => {
    const [first] = video.srcObject instanceof MediaStream ? video.srcObject.getTracks() : [];
    return first;
  });
  await page.getByRole('button', { name: 'Leave the camera' }).click();
  await expect(page).toHaveURL(/\/library$/);
  // The address changes a moment before the screen is gone.
  await expect.poll(() => track.evaluate((held) => held?.readyState)).toBe('ended');
});

for (const [error, title] of [
  ['NotAllowedError', 'The camera is not allowed'],
  ['NotFoundError', 'No camera found'],
  ['NotReadableError', 'Another app is using the camera'],
] as const) {
  test(`says "${title}" and offers files and another try`, async ({ page, photograph }) => {
    await page.addInitScript((name) => {
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let mayOpen = false;
      addEventListener('allow-camera', () => {
        mayOpen = true;
      });
      navigator.mediaDevices.getUserMedia = (constraints) =>
        mayOpen ? open(constraints) : Promise.reject(new DOMException('refused by the test', name));
    }, error);
    await page.goto('/scan');
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expectNoAxeViolations(page);

    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('alert').getByRole('button', { name: 'Add photos or files' }).click();
    const { bytes } = await photograph({ width: 800, height: 600 });
    await (await chooser).setFiles({ name: 'homework.jpg', mimeType: 'image/jpeg', buffer: bytes });
    await expect(page.getByRole('link', { name: 'Look at the 1 page taken' })).toBeVisible();

    await page.evaluate(() => dispatchEvent(new Event('allow-camera')));
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator('video')).toBeVisible();
  });
}

test('says so when the camera goes away in the middle, and keeps what was taken', async ({ page }) => {
  await openCamera(page, { auto: false });
  await expect(page.getByText('Looks good. Press the round button').first()).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('link', { name: stack })).toBeVisible();
  await page.locator('video').evaluate((video: HTMLVideoElement) => {
    if (!(video.srcObject instanceof MediaStream)) throw new Error('no stream');
    for (const track of video.srcObject.getTracks()) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });
  await expect(page.getByRole('heading', { name: 'The camera went away' })).toBeVisible();
  await expect(page.getByRole('link', { name: stack })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`is accessible, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openCamera(page, { auto: false });
    await expect(page.getByText('Looks good. Press the round button').first()).toBeVisible();
    await page.keyboard.press('Space');
    await expect(page.getByRole('link', { name: stack })).toBeVisible();
    await expectNoAxeViolations(page);
  });
}
