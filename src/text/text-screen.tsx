import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';

import { useTitle } from '#src/ui/use-title.ts';
import { ReadingSheet } from './reading-sheet.tsx';
import { TextPage } from './text-page.tsx';
import styles from './text-screen.module.css';
import { type ReadDocument, useReadDocument } from './use-texts.ts';

/**
 * The text of a document, page by page, beside the pages. `?find=` marks words on all of them; `?read` asks at once what is
 * to be read.
 */
export function TextScreen() {
  const { t } = useTranslation();
  const { documentId = '' } = useParams();
  const read = useReadDocument(documentId);
  if (read === undefined) return <main className={styles.screen} aria-busy />;
  if (read !== null && read.pages.length > 0) return <OpenDocument key={documentId} read={read} />;
  return (
    <main className={styles.gone}>
      <h1>{t('review.gone')}</h1>
      <Link to={read === null ? '/library' : `/documents/${documentId}`}>
        {read === null ? t('review.toLibrary') : t('review.toDocument')}
      </Link>
    </main>
  );
}

function OpenDocument({ read }: { readonly read: ReadDocument }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pageId } = useParams();
  const [search, setSearch] = useSearchParams();
  const { document, pages } = read;
  const [asks, setAsks] = useState<'page' | 'document' | undefined>(
    search.has('read') && pages.some(({ text }) => text === undefined) ? 'document' : undefined,
  );
  const index = Math.max(
    0,
    pages.findIndex(({ page }) => page.id === pageId),
  );
  const open = pages[index];
  useTitle(t('text.title', { number: index + 1, total: pages.length }));

  const openPage = (id: string | undefined) =>
    id === undefined
      ? undefined
      : () =>
          void navigate(
            { pathname: `/documents/${document.id}/text/${id}`, search: findOnly(search) },
            { replace: true },
          );
  const previous = openPage(pages[index - 1]?.page.id);
  const next = openPage(pages[index + 1]?.page.id);
  usePageKeys(previous, next);

  // Where the page was deleted meanwhile, the first one is shown instead.
  if (open === undefined) return null;
  return (
    <>
      <TextPage
        key={open.page.id}
        read={read}
        open={open}
        number={index + 1}
        find={search.get('find') ?? ''}
        onFound={() => setSearch({}, { replace: true })}
        onPrevious={previous}
        onNext={next}
        onRead={setAsks}
      />
      {asks !== undefined && (
        <ReadingSheet
          document={document}
          pages={asks === 'page' ? [open] : pages}
          onClose={() => {
            setAsks(undefined);
            if (search.has('read')) setSearch(findOnly(search), { replace: true });
          }}
        />
      )}
    </>
  );
}

function findOnly(search: URLSearchParams): string {
  const find = search.get('find');
  return find === null ? '' : new URLSearchParams({ find }).toString();
}

/** Page up and page down lead to the neighbours, unless a field or a dialog has the focus. */
function usePageKeys(onPrevious: (() => void) | undefined, onNext: (() => void) | undefined) {
  useEffect(() => {
    function press({ key, target }: KeyboardEvent) {
      if (target instanceof Element && target.closest('input, textarea, [role=menu], [role=dialog]')) return;
      if (key === 'PageUp') onPrevious?.();
      if (key === 'PageDown') onNext?.();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
