import { useEffect, useMemo, useState } from 'react';

import type { ReadablePage } from '#contract/sheets.ts';
import { engine } from '#src/engine/engine.ts';
import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { createPageFinder } from './find-readable-pages.ts';

const findPages = createPageFinder(engine);

/** The pages that a photo of an exam's sheets may show; undefined until they are laid out. */
export function useReadablePages(record: ExamRecord): readonly ReadablePage[] | undefined {
  const [pages, setPages] = useState<readonly ReadablePage[]>();
  useEffect(() => {
    let isWanted = true;
    findPages(record).then(
      (found) => isWanted && setPages(found),
      (cause: unknown) => console.error(cause),
    );
    return () => {
      isWanted = false;
    };
  }, [record]);
  return pages;
}

export type PageOf = (sheet: Pick<ListedSheet, 'readAs'>) => ReadablePage | undefined;

/** Finds the page that a sheet was read as; undefined until pages are laid out. */
export function usePageOf(record: ExamRecord): PageOf | undefined {
  const pages = useReadablePages(record);
  return useMemo(() => {
    if (pages === undefined) return undefined;
    return ({ readAs }) => pages.find(({ version, page }) => version === readAs?.version && page === readAs.page);
  }, [pages]);
}
