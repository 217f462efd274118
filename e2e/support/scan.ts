import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Adds files through the library and waits on their document's screen until every page is scanned. */
export async function scanFiles(page: Page, files: readonly TestFile[]): Promise<void> {
  await page.getByRole('link', { name: 'Library' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add photos or files' }).first().click();
  await (await chooser).setFiles([...files]);
  await expect(page.getByRole('button', { name: 'Save or share' })).toBeEnabled();
}

/** Makes and saves the PDF of the open document. */
export async function savePdf(page: Page): Promise<Buffer> {
  await page.getByRole('button', { name: 'Save or share' }).click();
  await page.getByRole('button', { name: 'Make the file' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click({ timeout: 60_000 });
  return readFileSync(await (await download).path());
}
