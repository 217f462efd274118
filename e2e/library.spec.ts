import type { Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { dropFiles } from './support/drop-files.ts';
import { expect, test } from './support/test.ts';

const rows = (page: Page) => page.getByRole('row');

/** Scans one photo for each name, and gives its document that name. */
async function fillLibrary(page: Page, bytes: Buffer, names: readonly string[]) {
  for (const name of names) {
    await page.goto('/library');
    await dropFiles(page, [{ name: 'photo.jpg', bytes }]);
    await expect(page).toHaveURL(/\/documents\/\w+$/);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { name })).toBeVisible();
    await expect(page).toHaveTitle(`${name} · Papel`);
    await expect(rows(page).locator('img')).toHaveCount(1, { timeout: 60_000 });
  }
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(rows(page)).toHaveCount(names.length);
}

test('the first visit offers the camera and an example, which is scanned like any photo', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Turn paper into a clean PDF' })).toBeVisible();
  await page.getByRole('button', { name: 'Look at an example' }).click();
  await expect(page.getByRole('heading', { name: 'Example: homework' })).toBeVisible();
  await expect(rows(page).locator('img')).toHaveCount(1, { timeout: 60_000 });
  await page.goto('/');
  await expect(page).toHaveURL(/\/library$/);
});

test('documents are found by name and put in order', async ({ page, photograph }) => {
  const { bytes } = await photograph({ width: 800, height: 600 });
  await fillLibrary(page, bytes, ['Week 10 Science', 'Señora Peña', 'Week 2 Science']);
  await page.getByRole('combobox', { name: 'Order' }).selectOption('Name');
  await expect(rows(page)).toContainText(['Señora Peña', 'Week 2 Science', 'Week 10 Science']);
  await page.getByRole('searchbox', { name: 'Search names and text' }).fill('pena');
  await expect(rows(page)).toContainText(['Señora Peña']);
  await page.getByRole('searchbox').fill('maths');
  await expect(page.getByText('Nothing is called “maths” or has it in its text.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Order' })).toHaveValue('name');
});

test('documents are deleted and brought back', async ({ page, photograph }) => {
  const { bytes } = await photograph({ width: 800, height: 600 });
  await fillLibrary(page, bytes, ['One', 'Two', 'Three']);
  await page.getByRole('button', { name: 'Select' }).click();
  await page.getByRole('row', { name: /^One/ }).click();
  await page.getByRole('row', { name: /^Three/ }).click();
  await expect(page.getByText('2 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(3);
  await page.reload();
  await expect(rows(page)).toHaveCount(3);
});

test('everything is deleted for good after a warning that names it', async ({ page, photograph }) => {
  const { bytes } = await photograph({ width: 800, height: 600 });
  await fillLibrary(page, bytes, ['One', 'Two']);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Delete everything…' }).click();
  const warning = page.getByRole('alertdialog', { name: 'Delete everything?' });
  await expect(warning.getByText(/^2 documents with 2 pages are then gone for good\./)).toBeVisible();
  await warning.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('Nothing of yours is kept on this device.')).toBeVisible();
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing scanned yet' })).toBeVisible();
});

test.describe('in Filipino', () => {
  test.use({ locale: 'fil-PH' });

  test('everything is said in Filipino, and the choice of another language stays', async ({ page }) => {
    await page.goto('/settings');
    await expect(page.locator('html')).toHaveAttribute('lang', 'fil');
    await expect(page.getByRole('link', { name: 'Mag-scan' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Wika' }).selectOption('English (UK)');
    await expect(page.getByRole('radio', { name: 'Colour' })).toBeChecked();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-GB');
    await page.reload();
    await expect(page.getByRole('radio', { name: 'Grey' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('Filipino');
    await expect(page.getByRole('radio', { name: 'May kulay' })).toBeChecked();
  });
});

for (const { width, height } of [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${width} pixels, ${colorScheme}`, () => {
      test.use({ viewport: { width, height }, colorScheme });

      test('axe finds nothing on any screen', async ({ page, photograph }) => {
        const { bytes } = await photograph({ width: 800, height: 600, shadow: true, blurPx: 3 });
        await page.goto('/');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectNoAxeViolations(page);
        for (const path of ['/library', '/settings', '/nothing-here']) {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await expectNoAxeViolations(page);
        }
        await page.goto('/library');
        await dropFiles(page, [
          { name: 'page.jpg', bytes },
          { name: 'cut.jpg', bytes: bytes.subarray(0, bytes.length / 2) },
          { name: 'setup.exe', bytes: Buffer.from('MZ') },
        ]);
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectNoAxeViolations(page);
        await page.getByRole('button', { name: 'Done' }).click();
        await expect(rows(page).locator('img')).toHaveCount(1, { timeout: 60_000 });
        await expect(page.getByText('Not scanned')).toBeVisible();
        await expectNoAxeViolations(page);
        await page.getByRole('button', { name: 'What to do with page 1' }).click();
        await expectNoAxeViolations(page);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Save or share' }).click();
        await expectNoAxeViolations(page);
        await page.getByRole('button', { name: 'Make the file' }).click();
        await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
        await expectNoAxeViolations(page);
        await page.keyboard.press('Escape');
        await page.getByRole('link', { name: 'Library' }).click();
        await page.getByRole('button', { name: 'Select' }).click();
        await rows(page).first().click();
        await expectNoAxeViolations(page);
      });
    });
  }
}
