import type { Page } from '@playwright/test';

/** What the tests look at of a page's record. */
export interface StoredPage {
  readonly id: string;
  readonly fileName: string;
  readonly attempts: number;
  readonly finding?: { readonly detector?: string } | undefined;
}

/** The pages in the app's database, and the documents' lists of them. */
export function readStored(page: Page): Promise<{ documents: { pageIds: string[] }[]; pages: StoredPage[] }> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')));
      });
    const db = await settled(indexedDB.open('papel'));
    const store = db.transaction(['documents', 'pages']);
    const documents: { pageIds: string[] }[] = await settled(store.objectStore('documents').getAll());
    const pages: StoredPage[] = await settled(store.objectStore('pages').getAll());
    db.close();
    // Pictures cannot leave the page.
    return {
      documents,
      pages: pages.map(({ id, fileName, attempts, finding }) => ({ id, fileName, attempts, finding })),
    };
  });
}
