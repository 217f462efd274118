/** A teacher at the screens of answer sheets, and the pupils who fill them. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { readPreview, type PencilMark, type PrintedSheet } from './print-shop.ts';
import type { TestFile } from './scan.ts';

export interface Pupil {
  readonly number: string;
  readonly lastName: string;
  readonly firstName: string;
  /** A sign a question; a dot for a blank one, `*` for an A with a B beside it that was erased badly, of which nobody can be sure. */
  readonly answers: string;
}

/** Marks of a pupil on the printed sheet. */
export function markSheet(
  sheet: PrintedSheet,
  { number, answers }: Pick<Pupil, 'number' | 'answers'>,
  how: PencilMark['how'] = 'filled',
): readonly PencilMark[] {
  const digits = Array.from(number, (digit, place) => sheet.numberDigits[place]?.get(digit));
  const bubbleOf = (at: number, sign: string) => sheet.questions.get(String(at + 1))?.get(sign);
  const chosen = Array.from(answers, (sign, at) => bubbleOf(at, sign === '*' ? 'A' : sign));
  const traces = Array.from(answers, (sign, at) => (sign === '*' ? bubbleOf(at, 'B') : undefined));
  return [
    ...[...digits, ...chosen].flatMap((bubble): PencilMark[] => (bubble === undefined ? [] : [{ ...bubble, how }])),
    ...traces.flatMap((bubble): PencilMark[] => (bubble === undefined ? [] : [{ ...bubble, how: 'erased' }])),
  ];
}

export async function saveFile(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const download = page.waitForEvent('download', { timeout: 60_000 });
  await press();
  return readFileSync(await (await download).path());
}

/** Presses what opens a file chooser, and chooses. */
export async function chooseFiles(page: Page, button: Locator, files: readonly TestFile[] | string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button.click();
  await (await chooser).setFiles(typeof files === 'string' ? files : [...files]);
}

/** A switch or one of several choices, which may change only once the store has it. */
export async function turnOn(control: Locator): Promise<void> {
  // The input itself lies behind what is drawn for it.
  if (!(await control.isChecked())) await control.click({ force: true });
  await expect(control).toBeChecked();
}

/** A class list, pasted from a spreadsheet. */
export async function addClass(page: Page, name: string, pupils: readonly Pupil[]): Promise<void> {
  await page.goto('/sheets/classes');
  await page.getByRole('button', { name: 'New class list' }).first().click();
  const lines = pupils.map(({ number, lastName, firstName }) => `${number}\t${lastName}\t${firstName}`);
  await page.getByLabel('Or paste the list here').fill(['Number\tLast name\tFirst name', ...lines].join('\n'));
  await page.getByLabel('Name of the class').fill(name);
  await page.getByRole('button', { name: new RegExp(`^Keep ${pupils.length} student`) }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

export interface NewExam {
  readonly title: string;
  readonly questions: number;
  /** As the list of class lists names it: `Grade 7 Rizal (4)`. */
  readonly className?: string;
}

/** A new exam of single choice; the page is then at its design, with the printed page laid out. */
export async function designExam(page: Page, { title, questions, className }: NewExam): Promise<PrintedSheet> {
  await page.getByRole('link', { name: 'Sheets' }).click();
  await page.getByRole('button', { name: 'New exam' }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByRole('textbox', { name: 'Number of questions' }).fill(String(questions));
  await page.getByRole('textbox', { name: 'Number of questions' }).press('Enter');
  if (className !== undefined) await page.getByLabel('Class list').selectOption({ label: className });
  return readPrintedPage(page, 'A', questions);
}

/** The first page of a version as the preview shows it, once it has all questions. */
export async function readPrintedPage(page: Page, version: string, questions: number): Promise<PrintedSheet> {
  const preview = page.getByRole('img', { name: `Printed page 1 of version ${version}` });
  await expect.poll(async () => (await readPreview(preview)).questions.size, { timeout: 30_000 }).toBe(questions);
  return readPreview(preview);
}

/** A sheet of each version as one PDF. */
export async function printSheets(page: Page): Promise<Buffer> {
  await page.getByRole('button', { name: 'Print or save as PDF' }).click();
  await page.getByRole('button', { name: 'Make the PDF' }).click();
  return saveFile(page, () => page.getByRole('button', { name: 'Save', exact: true }).click());
}

/** Goes to the key and types it. */
export async function typeKey(page: Page, key: string): Promise<void> {
  await page.getByRole('link', { name: /Key/ }).click();
  await page.getByRole('group', { name: 'Question 1', exact: true }).getByRole('button').first().focus();
  await page.keyboard.type(key.toLowerCase());
  await expect(page.getByText(`${key.length} of ${key.length} answers`)).toBeVisible();
}

/** Goes to the step that reads, and hands it files. */
export async function addSheets(page: Page, files: readonly TestFile[]): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps of this exam' }).getByRole('link', { name: /Read/ }).click();
  await chooseFiles(page, page.getByRole('button', { name: 'Choose files' }).first(), files);
}

/** The rows of the sheets that were taken in. */
export function sheetRows(page: Page): Locator {
  return page.getByRole('region', { name: /^Sheets \d+$/ }).getByRole('link');
}
