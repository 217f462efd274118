/** Two versions in shuffled order, each right by its own key; and the whole exam as a file, away and back again. */
import {
  addClass,
  addSheets,
  chooseFiles,
  designExam,
  markSheet,
  printSheets,
  readPrintedPage,
  saveFile,
  sheetRows,
  turnOn,
  typeKey,
  type Pupil,
} from './support/exams.ts';
import { printAndMark } from './support/print-shop.ts';
import { expect, test, withoutPickers } from './support/test.ts';
import type { Page } from '@playwright/test';

const key = 'ABCDDCBAAC';
/** The first question of version B, that is. */
const mistake = 1;

/** What the screen of the key says is right, question by question. */
async function readKeyOf(page: Page, version: string): Promise<string> {
  await turnOn(page.getByRole('radio', { name: version, exact: true }));
  await expect(page.getByRole('region', { name: `Key of version ${version}` })).toBeVisible();
  const right = page.getByRole('list', { name: `Right answers of version ${version}` }).locator('[aria-pressed=true]');
  await expect(right).toHaveCount(key.length);
  return (await right.allTextContents()).join('');
}

async function expectScores(page: Page): Promise<void> {
  await page.getByRole('link', { name: /Results/ }).click();
  const table = page.getByRole('table', { name: 'Scores of the students' });
  await expect(table.getByRole('row', { name: /Santos/ })).toContainText('10 / 10');
  await expect(table.getByRole('row', { name: /dela Cruz/ })).toContainText('10 / 10');
  await expect(table.getByRole('row', { name: /Reyes/ })).toContainText('9 / 10');
}

test.describe('versions in shuffled order', () => {
  test.setTimeout(240_000);
  test.use({ actionTimeout: 60_000 });

  test('are right by their own keys; the exam goes into a file and comes back', async ({
    page,
    browser,
    photograph,
  }) => {
    const pupils: readonly Pupil[] = [
      { number: '204117', lastName: 'Santos', firstName: 'Maria', answers: '' },
      { number: '204118', lastName: 'dela Cruz', firstName: 'Juan', answers: '' },
      { number: '204125', lastName: 'Reyes', firstName: 'Ana', answers: '' },
    ];
    await addClass(page, 'Grade 7 Rizal', pupils);
    const sheetA = await designExam(page, { title: 'Two versions', questions: 10, className: 'Grade 7 Rizal (3)' });
    await page.getByRole('heading', { name: 'Versions', exact: true }).click();
    await turnOn(page.getByRole('radio', { name: 'A B', exact: true }));
    await turnOn(page.getByRole('switch', { name: 'Shuffle questions' }));
    await turnOn(page.getByRole('switch', { name: 'Shuffle options' }));
    await turnOn(page.getByRole('complementary', { name: 'Printed page' }).getByRole('radio', { name: 'B' }));
    const sheetB = await readPrintedPage(page, 'B', 10);
    const pdf = await printSheets(page);
    await typeKey(page, key);
    expect(await readKeyOf(page, 'A')).toBe(key);
    const keyOfB = await readKeyOf(page, 'B');
    expect(keyOfB).not.toBe(key);

    const wrong = keyOfB.startsWith('A') ? 'B' : 'A';
    const papers = [
      { sheet: sheetA, pageNumber: 1, number: '204117', answers: key },
      { sheet: sheetB, pageNumber: 2, number: '204118', answers: keyOfB },
      { sheet: sheetB, pageNumber: 2, number: '204125', answers: wrong + keyOfB.slice(mistake) },
    ];
    const studio = await browser.newPage();
    const photos = [];
    for (const { sheet, pageNumber, ...pupil } of papers) {
      const printed = await printAndMark(studio, pdf, pageNumber, markSheet(sheet, pupil));
      const { bytes } = await photograph({ printed, width: 1500, height: 1500, seed: photos.length + 1 });
      photos.push({ name: `IMG_${photos.length}.jpg`, mimeType: 'image/jpeg', buffer: bytes });
    }
    await studio.close();
    await addSheets(page, photos);
    await expect(sheetRows(page).filter({ hasText: /of 10/ })).toHaveCount(3, { timeout: 90_000 });
    await expect(sheetRows(page).filter({ hasText: /Version B/ })).toHaveCount(2);
    await expectScores(page);

    await page.getByRole('button', { name: 'Export' }).click();
    await turnOn(page.getByLabel('Exam for a colleague'));
    await turnOn(page.getByRole('switch', { name: /With class list/ }));
    await page.getByRole('button', { name: 'Make the file' }).click();
    const file = await saveFile(page, () => page.getByRole('button', { name: 'Save', exact: true }).click());

    // Another device: nothing of it is there.
    const otherDevice = await browser.newContext({ baseURL: new URL(page.url()).origin });
    await withoutPickers(otherDevice);
    const colleague = await otherDevice.newPage();
    await colleague.goto('/sheets');
    await colleague.getByRole('button', { name: 'Import' }).click();
    await chooseFiles(colleague, colleague.getByRole('menuitem', { name: 'Exam from a file' }), [
      { name: 'Two versions.papel', mimeType: 'application/zip', buffer: file },
    ]);
    await expect(colleague.getByLabel('Title')).toHaveValue('Two versions');
    await expectScores(colleague);
    await otherDevice.close();
  });
});
