/** Sheets that Papel did not make: templates of OMRChecker, and bubbles drawn over a photo. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { expectNoAxeViolations } from './support/accessibility.ts';
import { drawSheet, type DrawnGrid } from './support/draw-sheet.ts';
import { addSheets, chooseFiles, sheetRows } from './support/exams.ts';
import { expect, test } from './support/test.ts';

const bubble = 32;
const template = {
  pageDimensions: [1240, 1754],
  bubbleDimensions: [bubble, bubble],
  preProcessors: [
    { name: 'CropPage', options: { morphKernel: [10, 10] } },
    { name: 'AutoRotate', options: {} },
  ],
  fieldBlocks: {
    Roll: { fieldType: 'QTYPE_INT', origin: [200, 250], bubblesGap: 60, labelsGap: 70, fieldLabels: ['roll1..4'] },
    Questions: { fieldType: 'QTYPE_MCQ4', origin: [700, 250], bubblesGap: 70, labelsGap: 64, fieldLabels: ['q1..10'] },
  },
  customLabels: { Roll: ['roll1..4'] },
} as const;
const evaluation = {
  source_type: 'custom',
  options: {
    questions_in_order: ['q1..10'],
    answers_in_order: [
      'A',
      'B',
      [
        ['C', 1],
        ['D', '1/2'],
      ],
      'D',
      'A',
      'B',
      'C',
      'D',
      'A',
      'B',
    ],
  },
  marking_schemes: {
    DEFAULT: { correct: '1', incorrect: '0', unmarked: '0' },
    HARD: { questions: ['q6..10'], marking: { correct: '2', incorrect: '-1', unmarked: '0' } },
  },
} as const;

/** Wrong at 2 and 8, the half answer at 3, nothing at 5 and 9: 1 + 0 + ½ + 1 + 0 and 2 + 2 − 1 + 0 + 2. */
const answers = 'ACDD.BCA.B';
const points = '7.5 of 15';
const number = '2041';

/** The sheet of the template as a pupil hands it in. */
function fillSheet(): readonly DrawnGrid[] {
  const { Roll, Questions } = template.fieldBlocks;
  const shape = { width: bubble, height: bubble };
  return [
    {
      ...shape,
      first: [Roll.origin[0] + bubble / 2, Roll.origin[1] + bubble / 2],
      columnGap: Roll.labelsGap,
      rowGap: Roll.bubblesGap,
      columns: 4,
      rows: 10,
      filled: Array.from(number, (digit, column) => ({ column, row: Number(digit) })),
    },
    {
      ...shape,
      first: [Questions.origin[0] + bubble / 2, Questions.origin[1] + bubble / 2],
      columnGap: Questions.bubblesGap,
      rowGap: Questions.labelsGap,
      columns: 4,
      rows: 10,
      filled: markedAs(answers),
    },
  ];
}

function markedAs(signs: string) {
  return Array.from(signs, (sign, row) => ({ row, column: 'ABCDE'.indexOf(sign) })).filter(({ column }) => column >= 0);
}

async function openImport(page: Page): Promise<void> {
  await page.goto('/sheets');
  await page.getByRole('button', { name: 'Import' }).click();
  await page.getByRole('menuitem', { name: 'Sheet of another maker' }).click();
}

/** What was recognised is said before it counts, and what is not done is named. */
async function expectRecognised(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toContainText('10 questions, 10 of them with an answer.');
  await expect(dialog.getByRole('status')).toContainText('The student number has 4 places.');
  await expect(dialog.getByRole('listitem')).toHaveText(['preProcessors: AutoRotate']);
}

test.describe('a sheet of another maker', () => {
  test.setTimeout(180_000);
  test.use({ actionTimeout: 60_000 });

  test('comes from OMRChecker as a ZIP, and its photos are read and scored', async ({ page, browser, photograph }) => {
    await openImport(page);
    const files = { 'mid/template.json': template, 'mid/evaluation.json': evaluation };
    const zip = zipSync(
      Object.fromEntries(Object.entries(files).map(([path, json]) => [path, strToU8(JSON.stringify(json))])),
    );
    await chooseFiles(page, page.getByRole('button', { name: 'Choose a ZIP or files' }), [
      { name: 'mid.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) },
    ]);
    await expectRecognised(page);
    await page.getByRole('button', { name: 'Make the exam' }).click();
    await expect(page.getByLabel('Title')).toHaveValue('mid');

    await page.getByRole('link', { name: /Key/ }).click();
    const third = page.getByRole('group', { name: 'Question q3', exact: true });
    await expect(third.getByRole('button', { name: 'C', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await expect(third.getByRole('button', { name: 'D', exact: true })).toHaveAttribute('aria-pressed', 'true');

    const studio = await browser.newPage();
    const printed = await drawSheet(studio, fillSheet());
    await studio.close();
    const { bytes } = await photograph({ printed, width: 1500, height: 1500 });
    await addSheets(page, [{ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
    const row = sheetRows(page).first();
    await expect(row).toContainText(points, { timeout: 60_000 });
    await expect(row).toContainText(number);
    await expect(row).not.toContainText('to look at');
  });

  test('comes from OMRChecker as a folder', async ({ page }) => {
    const folder = mkdtempSync(join(tmpdir(), 'papel-template-'));
    for (const [path, json] of [
      ['exam/template.json', template],
      ['exam/evaluation.json', evaluation],
    ] as const) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(json));
    }
    await openImport(page);
    await chooseFiles(page, page.getByRole('button', { name: 'Choose a folder' }), join(folder, 'exam'));
    await expectRecognised(page);
    rmSync(folder, { recursive: true });
    await page.getByRole('button', { name: 'Make the exam' }).click();
    await expect(page.getByLabel('Title')).toHaveValue('exam');
  });

  test('is drawn over a photo of an empty one, read back at once, and then read', async ({
    page,
    browser,
    photograph,
  }) => {
    const grid = { first: [300, 300], columnGap: 90, rowGap: 62, columns: 5, rows: 10, width: 34, height: 34 } as const;
    const studio = await browser.newPage();
    const [empty, filled] = [
      await drawSheet(studio, [grid]),
      await drawSheet(studio, [{ ...grid, filled: markedAs('ABCDEEDC.A') }]),
    ];
    await studio.close();
    await page.setViewportSize({ width: 1280, height: 1700 });
    await openImport(page);
    const { bytes } = await photograph({ printed: empty, width: 1500, height: 1500 });
    await chooseFiles(page, page.getByRole('button', { name: 'Choose a photo or PDF' }), [
      { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: bytes },
    ]);
    const picture = page.getByRole('img', { name: 'Picture of the sheet' });
    await expect(picture).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('No block yet')).toBeVisible();
    const box = await picture.boundingBox();
    if (box === null) throw new Error('no picture');
    const at = (column: number, row: number) =>
      [
        box.x + ((grid.first[0] + column * grid.columnGap) / 1240) * box.width,
        box.y + ((grid.first[1] + row * grid.rowGap) / 1754) * box.height,
      ] as const;
    await page.mouse.move(...at(0, 0));
    await page.mouse.down();
    await page.mouse.move(...at(2, 5), { steps: 3 });
    await page.mouse.move(...at(4, 9), { steps: 3 });
    await page.mouse.up();
    const choices = page.getByRole('textbox', { name: 'Choices', exact: true });
    await expect(choices).toHaveValue('4');
    await expect(page.getByText('Some bubbles were not found where the blocks are.')).toBeVisible({ timeout: 60_000 });
    await page.getByRole('button', { name: 'One more: Choices', exact: true }).click();
    await expect(choices).toHaveValue('5');
    await expect(page.getByText('The bubbles were found where the blocks are.')).toBeVisible({ timeout: 60_000 });
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoAxeViolations(page);
    await page.setViewportSize({ width: 1280, height: 800 });

    const photo = await photograph({ printed: filled, width: 1500, height: 1500, seed: 2, shadow: true });
    await page.getByRole('link', { name: /Key/ }).click();
    await page.getByRole('group', { name: 'Question 1', exact: true }).getByRole('button').first().focus();
    await page.keyboard.type('abcdeedcba');
    await addSheets(page, [{ name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: photo.bytes }]);
    await expect(sheetRows(page).first()).toContainText('9 of 10', { timeout: 60_000 });
  });
});
