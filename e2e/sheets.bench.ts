import { readFileSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Browser, Page } from '@playwright/test';
import { addSheets, designExam, markSheet, printSheets } from './support/exams.ts';
import { heapBytes } from './support/measure-page.ts';
import { printAndMark } from './support/print-shop.ts';
import { renderPhoto } from './support/render-photo.ts';
import type { TestFile } from './support/scan.ts';
import { test } from './support/test.ts';

const questions = 60;
/** Two megapixels. */
const photo = { width: 1414, height: 1414 } as const;
const filling = Array.from({ length: questions }, (_, at) => 'ABCD'[(at * 7) % 4] ?? 'A').join('');
const numbers = ['204117', '204118', '204125', '204133'] as const;

/** How many sheets the store has read. */
function countRead(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('papel');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const index = opening.result.transaction('sheets').objectStore('sheets').index('[state+queuePosition]');
          const counting = index.count(IDBKeyRange.bound(['read', -Infinity], ['read', Infinity]));
          counting.addEventListener('success', () => {
            opening.result.close();
            resolve(counting.result);
          });
          counting.addEventListener('error', () => reject(counting.error));
        });
      }),
  );
}

async function secondsUntil(page: Page, read: number): Promise<number> {
  const startedAt = Date.now();
  while ((await countRead(page)) < read) await page.waitForTimeout(200);
  return (Date.now() - startedAt) / 1000;
}

/** Resident bytes of all pages with their workers. */
async function residentMb(browser: Browser): Promise<string> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  try {
    const kilobytes = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0))
      .reduce((sum, each) => sum + each, 0);
    return (kilobytes / 1024).toFixed(0);
  } catch {
    // Not Linux.
    return '-';
  }
}

/** The same sheet as so many files: what differs is a byte behind the picture. */
function copyOf(files: readonly TestFile[], count: number, from: number): readonly TestFile[] {
  return Array.from({ length: count }, (_, at) => {
    const file = files[at % files.length];
    const mark = Buffer.from(String(from + at));
    return {
      name: `sheet ${from + at}.jpg`,
      mimeType: 'image/jpeg',
      buffer: Buffer.concat([file?.buffer ?? Buffer.alloc(0), mark]),
    };
  });
}

/** Pages as a copier's feeder writes them, one JPEG each; a number in the corner tells them apart. */
async function scanWithCopier(scans: readonly Buffer[], count: number): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  const pictures = await Promise.all(scans.map((scan) => pdf.embedJpg(scan)));
  for (let at = 0; at < count; at += 1) {
    const picture = pictures[at % pictures.length];
    if (picture === undefined) continue;
    const page = pdf.addPage([595, 792]);
    page.drawImage(picture, { x: 0, y: 0, width: 595, height: 792 });
    page.drawText(String(at + 1), { x: 4, y: 4, size: 6 });
  }
  return Buffer.from(await pdf.save());
}

/** Sheets of 60 questions: photos of two megapixels, a copier's PDF, and memory over 500. */
test('sheets', async ({ browser, page, context }) => {
  test.setTimeout(1_800_000);
  await page.goto('/');
  const sheet = await designExam(page, { title: 'Bench', questions });
  const pdf = await printSheets(page);
  const studioContext = await browser.newContext();
  const studio = await studioContext.newPage();
  const desk = await studioContext.newPage();
  const photos: TestFile[] = [];
  const copies: Buffer[] = [];
  for (const [at, number] of numbers.entries()) {
    const printed = await printAndMark(studio, pdf, 1, markSheet(sheet, { number, answers: filling }));
    const { bytes } = await renderPhoto(desk, { printed, seed: at + 1, shadow: at % 2 === 1, ...photo });
    photos.push({ name: '', mimeType: 'image/jpeg', buffer: bytes });
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const;
    // A4 or Letter at 200 dots an inch.
    const scan = await renderPhoto(desk, { printed, seed: at, corners, width: 1654, height: 2200 });
    copies.push(scan.bytes);
  }
  await studioContext.close();

  const session = await context.newCDPSession(page);
  // The first sheet starts the engine.
  await addSheets(page, copyOf(photos, 1, 0));
  await secondsUntil(page, 1);
  let read = 1;
  // Playwright hands over 50 MB at a time.
  for (const count of [100, 100, 100, 100, 100]) {
    await addSheets(page, copyOf(photos, count, read));
    const seconds = await secondsUntil(page, read + count);
    read += count;
    const heapMb = (await heapBytes(session)) / 1e6;
    console.log(
      `${read - 1} photos of 2 megapixels: the last ${count} in ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(1)} a second; page's heap ${heapMb.toFixed(1)} MB, resident ${await residentMb(browser)} MB`,
    );
  }
  const copied = await scanWithCopier(copies, 100);
  await addSheets(page, [{ name: 'copier.pdf', mimeType: 'application/pdf', buffer: copied }]);
  const seconds = await secondsUntil(page, read + 100);
  console.log(`a copier's PDF of 100 pages, 200 dots an inch: ${seconds.toFixed(1)} s end to end`);
});
