/** From a new exam to the gradebook: designed, printed, filled, photographed, read, reviewed, exported. */
import { expectNoAxeViolations } from './support/accessibility.ts';
import {
  addClass,
  addSheets,
  designExam,
  markSheet,
  printSheets,
  saveFile,
  sheetRows,
  turnOn,
  typeKey,
  type Pupil,
} from './support/exams.ts';
import { printAndMark, type PencilMark } from './support/print-shop.ts';
import { expect, test } from './support/test.ts';

const key = 'ABCDDCBAABCDABDCCADB';

const pupils: readonly (Pupil & Pick<PencilMark, 'how'>)[] = [
  { number: '204117', lastName: 'Santos', firstName: 'Maria', answers: key, how: 'filled' },
  { number: '204118', lastName: 'dela Cruz', firstName: 'Juan', answers: 'ABCDDCBAABCDABDCCA..', how: 'light' },
  { number: '204125', lastName: 'Nguyễn', firstName: 'An', answers: 'AACDDCBAABCDABDCCABB', how: 'filled' },
  { number: '204133', lastName: 'O’Brien', firstName: 'Niamh', answers: '*BCDDCBBABCDABDCCADB', how: 'filled' },
];

test.describe('an exam', () => {
  test.setTimeout(240_000);

  test('goes from its design to the gradebook; every mark is right or was shown', async ({
    page,
    browser,
    photograph,
  }) => {
    await addClass(page, 'Grade 7 Rizal', pupils);
    const sheet = await designExam(page, {
      title: 'Second quarter',
      questions: key.length,
      className: 'Grade 7 Rizal (4)',
    });
    expect(sheet.numberDigits.length).toBeGreaterThanOrEqual(6);
    await expectNoAxeViolations(page);
    const pdf = await printSheets(page);
    await typeKey(page, key);
    await expectNoAxeViolations(page);

    const studio = await browser.newPage();
    const photos = [];
    for (const [at, pupil] of pupils.entries()) {
      const printed = await printAndMark(studio, pdf, 1, markSheet(sheet, pupil, pupil.how));
      const { bytes } = await photograph({ printed, seed: at + 1, shadow: at === 2, width: 1500, height: 1500 });
      photos.push({ name: `IMG_${at}.jpg`, mimeType: 'image/jpeg', buffer: bytes });
    }
    await studio.close();

    await addSheets(page, photos);
    await expect(sheetRows(page).filter({ hasText: /of 20/ })).toHaveCount(4, { timeout: 90_000 });
    await expectNoAxeViolations(page);

    // One mark, and another that is not quite gone: the teacher decides.
    await page.getByRole('link', { name: /Review/ }).click();
    await expect(page.getByRole('region', { name: /^Question 1,/ }).getByText('1 left')).toBeVisible();
    await expectNoAxeViolations(page);
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Nothing is left to look at')).toBeVisible();

    await page.getByRole('link', { name: /Results/ }).click();
    await expect(page.getByRole('table', { name: 'Scores of the students' })).toContainText('Santos');
    await expectNoAxeViolations(page);
    await page.getByRole('button', { name: 'Export' }).click();
    await turnOn(page.getByLabel('Answers as CSV'));
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
