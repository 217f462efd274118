import { readFileSync } from 'node:fs';
import type { Browser, CDPSession } from '@playwright/test';
import { prepareDrop } from './support/drop-files.ts';
import { heapBytes, longTasks } from './support/measure-page.ts';
import { readyPages } from './support/pages.ts';
import { test } from './support/test.ts';

const photos = 50;
/** As a phone's camera takes them: 12 megapixels. */
const photo = { width: 4000, height: 3000 } as const;
const countedAt = [10, 20, 30, 40, 50] as const;

/** Resident bytes of all pages with their workers: native memory and WebAssembly, which no interface of the page counts. */
async function residentBytes(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  try {
    return processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? '0')
      .reduce((sum, kilobytes) => sum + Number(kilobytes) * 1024, 0);
  } catch {
    // Not Linux.
    return undefined;
  }
}

interface Count {
  readonly pages: number;
  readonly seconds: number;
  readonly heapMb: number;
  readonly residentMb: number | undefined;
}

/** 50 photos of 12 megapixels, dropped at once: memory every ten pages, and the tasks of the main thread over 50 ms. */
test('batch', async ({ browser, page, context, photograph }) => {
  test.setTimeout(900_000);
  const different = [await photograph({ ...photo, seed: 1 }), await photograph({ ...photo, seed: 2, shadow: true })];
  const files = Array.from({ length: photos }, (_, index) => ({
    name: `photo ${index + 1}.jpg`,
    bytes: different[index % different.length]?.bytes ?? Buffer.alloc(0),
  }));
  await page.goto('/library');
  const session: CDPSession = await context.newCDPSession(page);
  const drop = await prepareDrop(page, files);
  const startedAt = Date.now();
  const counts: Count[] = [];
  const tasksMs: number[] = [];
  for (const pages of countedAt) {
    // Measured by tens, as the collection of garbage in between is a long task itself.
    await browser.startTracing(page, { categories: ['toplevel'] });
    if (counts.length === 0) await drop();
    while ((await readyPages(page).count()) < pages) await page.waitForTimeout(500);
    tasksMs.push(...longTasks(await browser.stopTracing(), 50));
    const seconds = (Date.now() - startedAt) / 1000;
    const resident = await residentBytes(browser);
    counts.push({
      pages,
      seconds,
      heapMb: (await heapBytes(session)) / 1e6,
      residentMb: resident === undefined ? undefined : resident / 1e6,
    });
  }
  console.log(
    [
      '',
      "pages   seconds   page's heap   resident, all renderers",
      ...counts.map(
        ({ pages, seconds, heapMb, residentMb }) =>
          `${pages}${seconds.toFixed(1).padStart(13)}${`${heapMb.toFixed(1)} MB`.padStart(14)}${`${residentMb?.toFixed(0) ?? '-'} MB`.padStart(17)}`,
      ),
      `main thread: ${tasksMs.length} tasks over 50 ms of processor time${tasksMs.length === 0 ? '' : `: ${tasksMs.map((ms) => ms.toFixed(0)).join(', ')} ms`}`,
    ].join('\n'),
  );
});
