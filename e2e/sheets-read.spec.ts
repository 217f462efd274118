/** Filled sheets as they really come: from a copier, in a ZIP, twice, of another exam, of nobody, and with the tab closed in between. */
import type { Browser, Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { expectNoAxeViolations } from './support/accessibility.ts';
import {
  addClass,
  addSheets,
  chooseFiles,
  designExam,
  markSheet,
  printSheets,
  sheetRows,
  typeKey,
  type Pupil,
} from './support/exams.ts';
import { makePicturePdf } from './support/make-files.ts';
import { keepFromWelcome } from './support/offline.ts';
import { printAndMark } from './support/print-shop.ts';
import type { TestFile } from './support/scan.ts';
import { expect, offlineTest, test } from './support/test.ts';

const key = 'ABCDDCBAAC';
const pupils: readonly Pupil[] = [
  { number: '204117', lastName: 'Santos', firstName: 'Maria', answers: key },
  { number: '204118', lastName: 'dela Cruz', firstName: 'Juan', answers: 'ABCDDCBA..' },
  { number: '204125', lastName: 'Reyes', firstName: 'Ana', answers: '*BCDDCBAAC' },
  { number: '204133', lastName: 'Tan', firstName: 'Leo', answers: 'BBCDDCBAAC' },
];
const className = 'Grade 7 Rizal';

/** An exam with key and class list, ready to read; and its sheets as the pupils fill them. */
async function prepareExam(page: Page, browser: Browser, title = 'Reading') {
  const sheet = await designExam(page, { title, questions: 10, className: `${className} (${pupils.length})` });
  const pdf = await printSheets(page);
  await typeKey(page, key);
  const studio = await browser.newPage();
  return {
    /** The filled sheet, as a copier sees it: a PNG in base64. */
    markBy: (pupil: Pick<Pupil, 'number' | 'answers'>) => printAndMark(studio, pdf, 1, markSheet(sheet, pupil)),
    close: () => studio.close(),
  };
}

function jpeg(name: string, buffer: Buffer): TestFile {
  return { name, mimeType: 'image/jpeg', buffer };
}

/** What is kept in the tables of the store. */
function countRecords(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const opening = indexedDB.open('papel');
        opening.addEventListener('error', () => reject(new Error('no database')));
        opening.addEventListener('success', () => {
          const db = opening.result;
          const names = ['exams', 'sheets', 'blobs'];
          const transaction = db.transaction(names);
          const counts = names.map((name) => transaction.objectStore(name).count());
          transaction.addEventListener('complete', () => {
            resolve(Object.fromEntries(counts.map(({ result }, at) => [names[at], result])));
            db.close();
          });
        });
      }),
  );
}

/** The screen as it stands, on a phone. */
async function expectAccessibleOnPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoAxeViolations(page);
  await page.setViewportSize({ width: 1280, height: 800 });
}

test.describe('filled sheets', () => {
  test.setTimeout(240_000);
  test.use({ actionTimeout: 60_000 });

  test('come as PDF and ZIP, once each, through a closed tab; and are gone for good when they are deleted', async ({
    page,
    context,
    browser,
    photograph,
  }) => {
    await addClass(page, className, pupils);
    const exam = await prepareExam(page, browser);
    const papers: Buffer[] = [];
    for (const pupil of pupils.slice(0, 2)) papers.push(Buffer.from(await exam.markBy(pupil), 'base64'));
    const printed = await exam.markBy({ number: '204133', answers: 'BBCDDCBAAC' });
    await exam.close();
    const copied = {
      name: 'copier.pdf',
      mimeType: 'application/pdf',
      buffer: await makePicturePdf(papers),
    };
    const { bytes } = await photograph({ printed, width: 1500, height: 1500 });
    const zipped = {
      name: 'photos.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from(zipSync({ 'class/IMG_1.jpg': bytes, 'class/IMG_1 (copy).jpg': bytes }, { level: 0 })),
    };

    // The reader's runtime does not come, as on a slow line: the tab is closed before anything is read.
    let isHeld = true;
    await context.route(/opencv-.*\.wasm/, async (route) => {
      if (!isHeld) await route.continue();
    });
    await page.reload();
    await addSheets(page, [copied, zipped]);
    await expect(page.getByText(/^\d sheets added/)).toBeVisible();
    await expect(sheetRows(page).filter({ hasText: 'IMG_1.jpg' })).toBeVisible();
    await expect(sheetRows(page).filter({ hasText: /of 10/ })).toHaveCount(0);
    const address = page.url();
    await page.close();
    isHeld = false;

    const again = await context.newPage();
    await again.goto(address);
    const rows = sheetRows(again);
    await expect(rows.filter({ hasText: /of 10/ })).toHaveCount(3, { timeout: 90_000 });
    await expect(rows).toHaveCount(3);
    await expect(rows.filter({ hasText: 'Santos' })).toContainText('10 of 10');
    await expect(rows.filter({ hasText: 'dela Cruz' })).toContainText('8 of 10');
    await expect(rows.filter({ hasText: 'Tan' })).toContainText('9 of 10');

    await chooseFiles(again, again.getByRole('button', { name: 'Choose files' }).first(), [copied]);
    await expect(again.getByText('Nothing new: these sheets are here already.')).toBeVisible();
    await expect(rows).toHaveCount(3);

    await again.getByRole('button', { name: 'Delete all of this exam…' }).click();
    await again.getByRole('button', { name: 'Delete for good' }).click();
    await expect(again.getByText('Reading is deleted, with all of its sheets.')).toBeVisible();
    await expect.poll(() => countRecords(again)).toEqual({ exams: 0, sheets: 0, blobs: 0 });
  });

  test('that do not count yet are named in plain words, and solved', async ({ page, browser, photograph }) => {
    await addClass(page, className, pupils);
    const other = await prepareExam(page, browser, 'Other exam');
    const foreign = await other.markBy({ number: '204117', answers: key });
    await other.close();
    const exam = await prepareExam(page, browser);
    const filled = [
      foreign,
      // One digit is wrong.
      await exam.markBy({ number: '209133', answers: key }),
      await exam.markBy({ number: '204125', answers: pupils[2]?.answers ?? '' }),
    ];
    await exam.close();
    const photos: TestFile[] = [];
    for (const printed of filled) {
      const { bytes } = await photograph({ printed, width: 1500, height: 1500, seed: photos.length + 1 });
      photos.push(jpeg(`IMG_${photos.length + 1}.jpg`, bytes));
    }
    const { bytes: nothing } = await photograph({ withPage: false, width: 1500, height: 1500 });
    photos.push(jpeg('IMG_4.jpg', nothing));

    await expectAccessibleOnPhone(page);
    await page.getByRole('link', { name: /Design/ }).click();
    await expect(page.getByLabel('Title')).toHaveValue('Reading');
    await expectAccessibleOnPhone(page);
    await addSheets(page, photos);
    const problems = page.getByRole('region', { name: /things? to solve$/ });
    await expect(problems.getByRole('heading')).toHaveText('3 things to solve', { timeout: 90_000 });
    await expect(problems).toContainText('Sheet 1 belongs to another exam: “Other exam”.');
    await expect(problems).toContainText('Sheet 2: student number 209133 is not in the class list.');
    await expect(problems).toContainText('Sheet 4: there is no answer sheet to be found in this photo.');
    await expectAccessibleOnPhone(page);

    const card = (text: string) => problems.getByRole('listitem').filter({ hasText: text });
    await card('Sheet 4').getByRole('button', { name: 'Delete' }).click();
    await card('Sheet 2').getByRole('button', { name: 'It is Tan, Leo' }).click();
    await expect(problems.getByRole('listitem')).toHaveCount(1);
    await card('Sheet 1').getByRole('button', { name: 'Delete' }).click();
    await expect(problems).toBeHidden();
    await expect(sheetRows(page).filter({ hasText: 'Tan' })).toContainText('10 of 10');

    await page.getByRole('link', { name: /Review/ }).click();
    await expect(page.getByText('1 left').first()).toBeVisible();
    await expectAccessibleOnPhone(page);
    await page.getByRole('link', { name: /Results/ }).click();
    await expect(page.getByRole('table', { name: 'Scores of the students' })).toContainText('Tan');
    await expectAccessibleOnPhone(page);
    await page.getByRole('link', { name: /Read/ }).click();
    await sheetRows(page).filter({ hasText: 'Reyes' }).click();
    await expect(page.getByRole('heading', { name: /^Sheet \d of \d$/ })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Answers' })).toBeVisible();
    await expectAccessibleOnPhone(page);
  });
});

offlineTest.describe('without a server', () => {
  offlineTest.setTimeout(240_000);
  offlineTest.use({ actionTimeout: 60_000 });

  offlineTest(
    'sheets are designed, printed, read and scored',
    async ({ page, browser, ownServer, watch, photograph }) => {
      await keepFromWelcome(page);
      await ownServer.stop();
      // Pages do not ask, but the browser looks for a newer sw.js.
      watch.allow(/net::ERR_(?:CONNECTION_REFUSED|FAILED|INTERNET_DISCONNECTED)/);
      await addClass(page, className, pupils);
      const exam = await prepareExam(page, browser);
      const printed = await exam.markBy({ number: '204118', answers: key });
      await exam.close();
      const { bytes } = await photograph({ printed, width: 1500, height: 1500 });
      await addSheets(page, [jpeg('IMG_1.jpg', bytes)]);
      await expect(sheetRows(page).first()).toContainText('10 of 10', { timeout: 90_000 });
      await expect(sheetRows(page).first()).toContainText('dela Cruz');
    },
  );
});
