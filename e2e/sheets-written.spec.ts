/** Numbers and answers written by hand into the boxes of a printed sheet: read, matched to the class, reviewed, exported. */
import type { Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import {
  addClass,
  addSheets,
  designExam,
  printSheets,
  saveFile,
  sheetRows,
  turnOn,
  typeKey,
  type Pupil,
} from './support/exams.ts';
import { handwrite, readBoxes, type WritingBox } from './support/handwrite.ts';
import { printAndMark } from './support/print-shop.ts';
import { startServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

const key = 'ABCDA';
const pupils: readonly Pupil[] = [
  { number: '204837', lastName: 'Santos', firstName: 'Maria', answers: key },
  { number: '204538', lastName: 'dela Cruz', firstName: 'Juan', answers: 'ABCDB' },
  { number: '209926', lastName: 'Reyes', firstName: 'Ana', answers: 'AB#DA' },
];

async function chooseBoxes(page: Page): Promise<void> {
  await page.getByRole('radio', { name: /^Boxes/ }).click({ force: true });
  await page.getByRole('heading', { name: 'Sheet', exact: true }).click();
  await page.getByLabel('Student number').selectOption({ label: 'Boxes to write in' });
}

test.describe('what is written in boxes', () => {
  test.setTimeout(300_000);
  test.use({ actionTimeout: 60_000 });

  test('is read, matched, reviewed and exported as it was written', async ({ page, browser, photograph }) => {
    await addClass(page, 'Grade 7 Rizal', pupils);
    await designExam(page, { title: 'Written', questions: 5, className: 'Grade 7 Rizal (3)' });
    await chooseBoxes(page);
    const preview = page.getByRole('img', { name: 'Printed page 1 of version A' });
    // A row for the number, and a box for each question.
    await expect.poll(async () => (await readBoxes(preview)).map((row) => row.length)).toContain(6);
    await expect.poll(async () => (await readBoxes(preview)).flat().length, { timeout: 30_000 }).toBe(6 + 5);
    const boxes = await readBoxes(preview);
    const numberRow = boxes.find((row) => row.length === 6) ?? [];
    const answerBoxes = boxes.filter((row) => row !== numberRow).flat();
    const pdf = await printSheets(page);
    await typeKey(page, key);

    const studio = await browser.newPage();
    const write = async (number: string, answers: string) => {
      const blank = await printAndMark(studio, pdf, 1, []);
      const characters = [...pair(number, numberRow), ...pair(answers, answerBoxes)];
      const printed = await handwrite(studio, blank, characters);
      const { bytes } = await photograph({ printed, width: 2000, height: 1500 });
      return { name: `${number}.jpg`, mimeType: 'image/jpeg', buffer: bytes };
    };
    const photos = [
      await write('204837', key),
      // A digit that is not his: proposed, not decided.
      await write('204533', 'ABCDB'),
      await write('209926', 'AB#DA'),
    ];
    await studio.close();

    await addSheets(page, photos);
    const rows = sheetRows(page);
    await expect(rows.filter({ hasText: 'Santos' })).toContainText('5 of 5', { timeout: 120_000 });
    await expect(rows.filter({ hasText: 'Reyes' })).toContainText('4 of 5', { timeout: 60_000 });
    await expect(page.getByText('Sheet 2: student number 204533 is not in the class list.')).toBeVisible();
    await expect(page.getByText(/dela Cruz.* is the likeliest: \d+ %\./)).toBeVisible();
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: /^It is .*dela Cruz/ }).click();
    await expect(rows.filter({ hasText: 'dela Cruz' })).toContainText('4 of 5');

    await page
      .getByRole('navigation', { name: 'Steps of this exam' })
      .getByRole('link', { name: /Review/ })
      .click();
    await expect(page.getByRole('heading', { name: 'Question 3' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Right as read' })).toBeDisabled();
    await expectNoAxeViolations(page);
    await page.keyboard.press('c');
    await expect(page.getByRole('heading', { name: 'Question 3' })).toHaveCount(0);

    await page
      .getByRole('navigation', { name: 'Steps of this exam' })
      .getByRole('link', { name: /Results/ })
      .click();
    await page.getByRole('button', { name: 'Export' }).click();
    await turnOn(page.getByLabel('Answers as CSV'));
    const csv = await saveFile(page, async () => {
      await page.getByRole('button', { name: 'Make the file' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    });
    const lines = csv.toString('utf8').trim().split(/\r?\n/).slice(1);
    for (const [number, answers] of [
      ['204837', 'ABCDA'],
      ['204538', 'ABCDB'],
      ['209926', 'ABCDA'],
    ] as const) {
      const line = lines.find((each) => each.includes(number)) ?? '';
      expect(
        line
          .split(',')
          .filter((cell) => /^[A-D]$/.test(cell))
          .join(''),
      ).toBe(answers);
    }
  });
});

test.describe('where reading handwriting is switched off', () => {
  test.setTimeout(300_000);
  test.use({
    actionTimeout: 60_000,
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    baseURL: async ({}, use) => {
      const server = await startServer({ env: { PAPEL_FEATURES_OFF: 'handwriting' } });
      await use(server.url);
      await server.stop();
    },
  });

  test('what is written in boxes waits for a person, and it is said why', async ({ page, browser, photograph }) => {
    await addClass(page, 'Grade 7 Rizal', pupils);
    await designExam(page, { title: 'Written', questions: 5, className: 'Grade 7 Rizal (3)' });
    await chooseBoxes(page);
    const preview = page.getByRole('img', { name: 'Printed page 1 of version A' });
    await expect.poll(async () => (await readBoxes(preview)).flat().length, { timeout: 30_000 }).toBe(6 + 5);
    // How to write in boxes is printed.
    await expect(preview.getByText('In boxes, write one', { exact: false })).toBeAttached();
    const numberRow = (await readBoxes(preview)).find((row) => row.length === 6) ?? [];
    const pdf = await printSheets(page);
    await typeKey(page, key);

    const studio = await browser.newPage();
    const blank = await printAndMark(studio, pdf, 1, []);
    const printed = await handwrite(studio, blank, pair('204837', numberRow));
    const { bytes } = await photograph({ printed, width: 2000, height: 1500 });
    await studio.close();
    await addSheets(page, [{ name: 'sheet.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
    await expect(page.getByText(/^Sheet 1: .*because reading handwriting is switched off here\.$/)).toBeVisible({
      timeout: 120_000,
    });
    await expect(page.getByText('Type in the review what is written.')).toBeVisible();
    await page
      .getByRole('navigation', { name: 'Steps of this exam' })
      .getByRole('link', { name: /Review/ })
      .click();
    await expect(page.getByText('Not read: reading handwriting is switched off here.').first()).toBeVisible();
    await expectNoAxeViolations(page);
  });
});

function pair(text: string, boxes: readonly WritingBox[]) {
  return Array.from(text).flatMap((character, at) => {
    const box = boxes[at];
    return box === undefined ? [] : [{ box, character }];
  });
}
