import { expect, type Locator, type Page } from '@playwright/test';

/** The cards of the open document's pages, in their order and whatever their state. */
export function pageCards(page: Page): Locator {
  return page.getByRole('grid').getByRole('row');
}

/** The pages that have a result to look at. */
export function readyPages(page: Page): Locator {
  return pageCards(page).filter({ has: page.locator('img') });
}

/** The pages that failed or were stopped: each has the one button to try again. */
export function failedPages(page: Page): Locator {
  return pageCards(page).filter({ has: page.getByRole('button', { name: /^(?:Try again|Subukan ulit)$/ }) });
}

/** Waits until the open document has so many scanned and so many failed pages, and no others. */
export async function waitUntilScanned(
  page: Page,
  { ready, failed = 0 }: { readonly ready: number; readonly failed?: number },
  timeoutMs = 60_000,
): Promise<void> {
  await expect(readyPages(page)).toHaveCount(ready, { timeout: timeoutMs });
  await expect(failedPages(page)).toHaveCount(failed, { timeout: timeoutMs });
  await expect(pageCards(page)).toHaveCount(ready + failed);
}
