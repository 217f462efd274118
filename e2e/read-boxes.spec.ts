/** Boxes of a form that Papel did not make: drawn once, read on every page, reviewed, saved as a table. */
import type { Page } from '@playwright/test';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { chooseFiles, saveFile } from './support/exams.ts';
import { handwrite, type WritingBox } from './support/handwrite.ts';
import type { TestFile } from './support/scan.ts';
import { expect, test } from './support/test.ts';

/** An A4 page at 150 dots an inch. */
const paper = { width: 1240, height: 1754 };

const rowOf = (left: number, top: number, count: number): readonly WritingBox[] =>
  Array.from({ length: count }, (_, at) => ({ left: left + at * 56, top, width: 56, height: 64 }));
const numberBoxes = rowOf(300, 420, 6);
const letterBoxes = rowOf(300, 640, 4);

const pages = [
  { number: '204117', letters: 'ABCD' },
  { number: '890326', letters: 'DCAB' },
  // Struck out: nobody can say but a person.
  { number: '55#781', letters: 'BADC' },
] as const;

/** What a person says of the box that was struck out. */
const meant = '559781';

async function drawForm(studio: Page): Promise<string> {
  return studio.evaluate(
    ({ size, boxes }) => {
      const canvas = document.createElement('canvas');
      canvas.width = size.width;
      canvas.height = size.height;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no 2d canvas');
      context.fillStyle = 'white';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = '#222';
      context.font = '44px sans-serif';
      context.fillText('Registration', 300, 220);
      context.font = '26px sans-serif';
      context.fillText('Number', 300, 400);
      context.fillText('Code', 300, 620);
      for (let line = 0; line < 12; line += 1)
        context.fillText('Please read the rules on the other side.', 300, 860 + line * 60);
      context.strokeStyle = '#555';
      context.lineWidth = 3;
      for (const { left, top, width, height } of boxes) context.strokeRect(left, top, width, height);
      return canvas.toDataURL('image/png').replace('data:image/png;base64,', '');
    },
    { size: paper, boxes: [...numberBoxes, ...letterBoxes] },
  );
}

function jpeg(name: string, buffer: Buffer): TestFile {
  return { name, mimeType: 'image/jpeg', buffer };
}

const upsideDown = [
  [0.77, 0.93],
  [0.2, 0.9],
  [0.27, 0.08],
  [0.7, 0.06],
] as const;

/** Drags around a row as a person does: a little beside its corners. */
async function drawRow(page: Page, boxes: readonly WritingBox[]): Promise<void> {
  const stage = page.locator('svg[data-drawing]');
  const { x, y, width, height } = (await stage.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const [first, last] = [boxes[0], boxes.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a row has boxes');
  const at = (left: number, top: number) =>
    [x + (left / paper.width) * width, y + (top / paper.height) * height] as const;
  await page.mouse.move(...at(first.left + 3, first.top - 3));
  await page.mouse.down();
  await page.mouse.move(...at(first.left + 90, first.top + 30));
  await page.mouse.move(...at(last.left + last.width - 2, last.top + last.height + 2));
  await page.mouse.up();
}

test.describe('boxes of any form', () => {
  test.setTimeout(300_000);
  test.use({ actionTimeout: 60_000 });

  test('are drawn once, read on every page, reviewed and saved as a table', async ({ page, browser, photograph }) => {
    const studio = await browser.newPage();
    const blank = await drawForm(studio);
    const form = jpeg('form.jpg', (await photograph({ printed: blank, width: 2000, height: 1500 })).bytes);
    const filled: TestFile[] = [];
    for (const [at, { number, letters }] of pages.entries()) {
      const characters = [
        ...Array.from(number, (character, place) => ({ character, box: numberBoxes[place] ?? numberBoxes[0] })),
        ...Array.from(letters, (character, place) => ({ character, box: letterBoxes[place] ?? letterBoxes[0] })),
      ].flatMap(({ character, box }) => (box === undefined ? [] : [{ character, box }]));
      const printed = await handwrite(studio, blank, characters, 1);
      const turned = at === 1 ? { corners: upsideDown } : {};
      const { bytes } = await photograph({ printed, width: 2000, height: 1500, seed: at + 2, ...turned });
      filled.push(jpeg(`page-${at + 1}.jpg`, bytes));
    }
    await studio.close();

    await page.goto('/tools');
    await page.getByRole('link', { name: /Read boxes/ }).click();
    await expectNoAxeViolations(page);
    await chooseFiles(page, page.getByRole('button', { name: 'New form from a photo' }), [form]);
    await expect(page.getByRole('heading', { name: 'Boxes', exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('img', { name: 'The form' })).toBeVisible();

    await drawRow(page, numberBoxes);
    const name = page.getByLabel('What is written here');
    await expect(page.getByRole('textbox', { name: 'Boxes' })).toHaveValue('6');
    await name.fill('=Number');
    await page.getByRole('button', { name: 'Draw a row' }).click();
    await drawRow(page, letterBoxes);
    await name.fill('Code');
    await page.getByRole('radio', { name: 'Letters' }).click({ force: true });
    await expect(page.getByRole('button', { name: 'Code · 4 boxes' })).toBeVisible();
    // Undone and drawn again: nothing is lost by a slip.
    await page.getByRole('button', { name: 'Delete this row' }).click();
    await expect(page.getByRole('button', { name: 'Code · 4 boxes' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('button', { name: 'Code · 4 boxes' })).toBeVisible();

    await chooseFiles(page, page.getByRole('button', { name: 'Add pages' }), filled);
    await expect(page.getByText(/being read/)).toHaveCount(0, { timeout: 120_000 });
    const table = page.getByRole('region', { name: 'What was read' });
    await expect(table.getByRole('row')).toHaveCount(4);
    await expectNoAxeViolations(page);

    await page.getByRole('button', { name: /^Look at \d+ doubtful box/ }).click();
    const review = page.getByRole('region', { name: 'Doubtful boxes' });
    await expectNoAxeViolations(page);
    const question = review.getByText(/^Box \d+ on page \d+|Box \d+ on page \d+/);
    // None where every box is decided.
    const asks = async () => (await question.allTextContents())[0];
    for (let asked = await asks(); asked !== undefined;) {
      const before = asked;
      const [, place = '1', of = '1'] = /Box (\d+) on page (\d+)/.exec(before) ?? [];
      const row = pages[Number(of) - 1];
      const text = before.startsWith('Code') ? (row?.letters ?? '') : (row?.number ?? '').replace('55#781', meant);
      await page.keyboard.press(text.charAt(Number(place) - 1));
      await expect.poll(asks).not.toBe(before);
      asked = await asks();
    }
    await expect(review.getByText('Every box is decided.')).toBeVisible();
    await review.getByRole('button', { name: 'Close' }).last().click();

    await page.reload();
    await expect(table.getByRole('row')).toHaveCount(4);
    const csv = await saveFile(page, () => page.getByRole('button', { name: 'Save as a table (CSV)' }).click());
    const lines = csv
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim()
      .split('\r\n');
    expect(lines).toEqual([
      "Page,File,'=Number,Code,Boxes to look at",
      '1,page-1.jpg,204117,ABCD,0',
      '2,page-2.jpg,890326,DCAB,0',
      `3,page-3.jpg,${meant},BADC,0`,
    ]);

    await page.getByRole('button', { name: 'Delete all pages' }).click();
    await expect(table).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(table.getByRole('row')).toHaveCount(4);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoAxeViolations(page);
  });
});
