import { GridListItem } from 'react-aria-components/GridList';
import { useTranslation } from 'react-i18next';

import { SelectionCheckbox } from '#src/ui/controls/checkbox.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import type { NamedDocument } from './arrange-documents.ts';
import styles from './document-card.module.css';
import { PagePicture } from './page-picture.tsx';

interface DocumentCardProps {
  readonly document: NamedDocument;
  readonly isSelecting: boolean;
  readonly onLongPress: () => void;
}

/** A document in the library: its first page, name, pages and day. */
export function DocumentCard({ document, isSelecting, onLongPress }: DocumentCardProps) {
  const { t } = useTranslation();
  const { day } = useFormats();
  const { name, pageIds, updatedAt } = document;
  const count = t('library.pages', { count: pageIds.length });
  return (
    <GridListItem id={document.id} textValue={`${name}, ${count}`} className={styles.card ?? ''}>
      {/* A long press on Android and a right click elsewhere ask for the menu of things to do: here, selecting. */}
      <div
        className={styles.content}
        onContextMenu={(event) => {
          event.preventDefault();
          onLongPress();
        }}
      >
        <div className={styles.picture}>
          <PagePicture pageId={pageIds[0]} isComing={pageIds.length > 0} />
          {isSelecting && (
            <div className={styles.checkbox}>
              <SelectionCheckbox />
            </div>
          )}
        </div>
        <p className={styles.name}>{name}</p>
        <p className={styles.facts}>
          {count} · {day(updatedAt)}
        </p>
      </div>
    </GridListItem>
  );
}
