import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { TextHit, TextHits } from '#src/store/text-search.ts';
import { useDocumentName } from './document-name.ts';
import { PagePicture } from './page-picture.tsx';
import styles from './text-hit-list.module.css';

/** Pages with the words in their text, and the words around them. Opens the page with the words marked. */
export function TextHitList({ hits: { hits, total }, query }: { readonly hits: TextHits; readonly query: string }) {
  const { t } = useTranslation();
  return (
    <section className={styles.section} aria-labelledby="text-hits">
      <h2 id="text-hits">{t('text.search.title', { count: total })}</h2>
      <ul className={styles.hits}>
        {hits.map((hit) => (
          <Hit key={hit.pageId} hit={hit} query={query} />
        ))}
      </ul>
      {total > hits.length && <p className={styles.more}>{t('text.search.more', { count: total - hits.length })}</p>}
    </section>
  );
}

function Hit({ hit, query }: { readonly hit: TextHit; readonly query: string }) {
  const { t } = useTranslation();
  const nameOf = useDocumentName();
  const { document, pageId, pageNumber, snippet } = hit;
  const find = new URLSearchParams({ find: query }).toString();
  return (
    <li>
      <Link className={styles.hit ?? ''} to={`/documents/${document.id}/text/${pageId}?${find}`}>
        <span className={styles.picture}>
          <PagePicture pageId={pageId} isComing={false} />
        </span>
        <span className={styles.words}>
          <span className={styles.place}>{t('text.search.place', { name: nameOf(document), number: pageNumber })}</span>
          <span className={styles.snippet}>
            {snippet.map(({ text, isFound }, at) =>
              // oxlint-disable-next-line react/no-array-index-key -- parts are known by their place alone
              isFound ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
