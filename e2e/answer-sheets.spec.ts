/** From a new exam to the gradebook: designed, printed, filled, photographed, read, reviewed, exported. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { printAndMark, readPreview, type PencilMark, type PrintedSheet } from './support/print-shop.ts';
import { renderPhoto } from './support/render-photo.ts';
import { expect, test } from './support/test.ts';

const key = 'ABCDDCBAABCDABDCCADB';

interface Pupil {
  readonly number: string;
  readonly lastName: string;
  readonly firstName: string;
  /** A sign a question; a dot for a blank one, `*` for an A with a B beside it that was erased badly, of which nobody can be sure. */
  readonly answers: string;
  readonly how: PencilMark['how'];
}

const pupils: readonly Pupil[] = [
  { number: '204117', lastName: 'Santos', firstName: 'Maria', answers: key, how: 'filled' },
  { number: '204118', lastName: 'dela Cruz', firstName: 'Juan', answers: 'ABCDDCBAABCDABDCCA..', how: 'light' },
  { number: '204125', lastName: 'Nguyễn', firstName: 'An', answers: 'AACDDCBAABCDABDCCABB', how: 'filled' },
  { number: '204133', lastName: 'O’Brien', firstName: 'Niamh', answers: '*BCDDCBBABCDABDCCADB', how: 'filled' },
];

/** Marks of a pupil on the printed sheet. */
function markSheet(sheet: PrintedSheet, { number, answers, how }: Pupil): readonly PencilMark[] {
  const digits = [...number].map((digit, place) => sheet.numberDigits[place]?.get(digit));
  const bubbleOf = (at: number, sign: string) => sheet.questions.get(String(at + 1))?.get(sign);
  const chosen = [...answers].map((sign, at) => bubbleOf(at, sign === '*' ? 'A' : sign));
  const traces = [...answers].map((sign, at) => (sign === '*' ? bubbleOf(at, 'B') : undefined));
  return [
    ...[...digits, ...chosen].flatMap((bubble): PencilMark[] => (bubble === undefined ? [] : [{ ...bubble, how }])),
    ...traces.flatMap((bubble): PencilMark[] => (bubble === undefined ? [] : [{ ...bubble, how: 'erased' }])),
  ];
}

async function saveFile(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await press();
  return readFileSync(await (await download).path());
}

/** A class list, pasted from a spreadsheet. */
async function addClass(page: Page): Promise<void> {
  await page.goto('/sheets/classes');
  await page.getByRole('button', { name: 'New class list' }).first().click();
  const lines = pupils.map(({ number, lastName, firstName }) => `${number}\t${lastName}\t${firstName}`);
  await page.getByLabel('Or paste the list here').fill(['Number\tLast name\tFirst name', ...lines].join('\n'));
  await expect(page.getByText('4 students found')).toBeVisible();
  await page.getByLabel('Name of the class').fill('Grade 7 Rizal');
  await page.getByRole('button', { name: 'Keep 4 students' }).click();
  await expect(page.getByRole('heading', { name: 'Grade 7 Rizal' })).toBeVisible();
}

test.describe('an exam', () => {
  test.setTimeout(240_000);

  test('goes from its design to the gradebook; every mark is right or was shown', async ({ page, browser }) => {
    await addClass(page);
    await page.getByRole('link', { name: 'Sheets' }).click();
    await page.getByRole('button', { name: 'New exam' }).click();
    await page.getByLabel('Title').fill('Second quarter');
    await page.getByRole('textbox', { name: 'Number of questions' }).fill(String(key.length));
    await page.getByRole('textbox', { name: 'Number of questions' }).press('Enter');
    await page.getByLabel('Class list').selectOption({ label: 'Grade 7 Rizal (4)' });
    const preview = page.getByRole('img', { name: /Printed page 1 of version A/ });
    await expect.poll(async () => (await readPreview(preview)).questions.size, { timeout: 30_000 }).toBe(key.length);
    await expectNoAxeViolations(page);
    const sheet = await readPreview(preview);
    expect(sheet.numberDigits.length).toBeGreaterThanOrEqual(6);

    await page.getByRole('button', { name: 'Print or save as PDF' }).click();
    await page.getByRole('button', { name: 'Make the PDF' }).click();
    const pdf = await saveFile(page, () => page.getByRole('button', { name: 'Save', exact: true }).click());

    await page.getByRole('link', { name: /Key/ }).click();
    await page.getByRole('group', { name: 'Question 1', exact: true }).getByRole('button').first().focus();
    await page.keyboard.type(key.toLowerCase());
    await expect(page.getByText(`${key.length} of ${key.length} answers`)).toBeVisible();
    await expectNoAxeViolations(page);

    const studioContext = await browser.newContext();
    const studio = await studioContext.newPage();
    const desk = await studioContext.newPage();
    const photos = [];
    for (const [at, pupil] of pupils.entries()) {
      const printed = await printAndMark(studio, pdf, 1, markSheet(sheet, pupil));
      const { bytes } = await renderPhoto(desk, { printed, seed: at + 1, shadow: at === 2, width: 1500, height: 1500 });
      photos.push({ name: `IMG_${at}.jpg`, mimeType: 'image/jpeg', buffer: bytes });
    }
    await studioContext.close();

    await page.getByRole('link', { name: /Read/ }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose files' }).first().click();
    await (await chooser).setFiles(photos);
    const sheets = page.getByRole('region', { name: 'Sheets 4' }).getByRole('link');
    await expect(sheets.filter({ hasText: /of 20/ })).toHaveCount(4, { timeout: 90_000 });
    await expectNoAxeViolations(page);

    // One mark, and another that is not quite gone: the teacher decides.
    await page.getByRole('link', { name: /Review/ }).click();
    await expect(page.getByText('1 left')).toBeVisible();
    await expectNoAxeViolations(page);
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Nothing is left to look at')).toBeVisible();

    await page.getByRole('link', { name: /Results/ }).click();
    await expect(page.getByRole('table', { name: 'Scores of the students' })).toContainText('Santos');
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByLabel('Answers as CSV').check({ force: true });
    const csv = await saveFile(page, async () => {
      await page.getByRole('button', { name: 'Make the file' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    });
    const rows = csv
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n')
      .map((line) => line.replace(/"[^"]*"/g, (quoted) => quoted.replaceAll(',', ' ')).split(','));
    const [head = [], ...students] = rows;
    const column = (name: string) => head.indexOf(name);
    expect(
      Object.fromEntries(
        students.map((row) => [
          row[column('Number')],
          Array.from(key, (_, at) => row[column(String(at + 1))] || '.').join(''),
        ]),
      ),
    ).toEqual(Object.fromEntries(pupils.map(({ number, answers }) => [number, answers.replace('*', 'A')])));
  });
});
