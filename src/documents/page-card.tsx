import { CircleAlert, CirclePause, EllipsisVertical, GripVertical, LoaderCircle, TriangleAlert } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { GridListItem } from 'react-aria-components/GridList';
import { useTranslation } from 'react-i18next';

import type { PageRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { SelectionCheckbox } from '#src/ui/controls/checkbox.tsx';
import { classNames } from '#src/ui/controls/class-names.ts';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { tryAgain } from './flow.ts';
import styles from './page-card.module.css';
import { PagePicture } from './page-picture.tsx';
import { usePage } from './use-documents.ts';

interface PageCardProps {
  readonly id: string;
  /** Counted from 1. */
  readonly number: number;
  readonly isSelecting: boolean;
  /** Nothing is put in order where a page is alone. */
  readonly isDraggable: boolean;
  readonly onSelect: () => void;
  /** Asks for the menu of this page, to open beside the button. */
  readonly onMenu: (button: Element) => void;
}

/**
 * A page in its document: picture, number, what is wrong with it, and the way to what can be done with it. Reads its own
 * page, so that one that is ready draws one card anew and not all of them.
 */
export function PageCard({ id, number, isSelecting, isDraggable, onSelect, onMenu }: PageCardProps) {
  const { t } = useTranslation();
  return (
    <GridListItem id={id} textValue={t('pages.number', { number })} className={styles.card ?? ''}>
      {/* A long press on Android and a right click elsewhere ask for what can be done: here, selecting. */}
      <div
        className={styles.picture}
        onContextMenu={(event) => {
          event.preventDefault();
          onSelect();
        }}
      >
        <Picture id={id} />
        {isSelecting && (
          <div className={styles.checkbox}>
            <SelectionCheckbox />
          </div>
        )}
      </div>
      <div className={styles.row}>
        <AriaButton
          slot="drag"
          className={classNames(styles.drag, !isDraggable && styles.hidden)}
          aria-label={t('pages.drag', { number })}
        >
          <GripVertical size={18} aria-hidden />
        </AriaButton>
        <span className={styles.number}>{number}</span>
        <AriaButton
          className={styles.menu ?? ''}
          aria-label={t('pages.menu', { number })}
          aria-haspopup="menu"
          onPress={({ target }) => onMenu(target)}
        >
          <EllipsisVertical size={22} aria-hidden />
        </AriaButton>
      </div>
      <PageState id={id} />
    </GridListItem>
  );
}

function Picture({ id }: { readonly id: string }) {
  const page = usePage(id);
  return <PagePicture pageId={id} isComing={page?.state !== 'failed'} />;
}

/** What is the matter with a page; nothing where it is ready and good. */
function PageState({ id }: { readonly id: string }) {
  const page = usePage(id);
  return page === undefined || page === null ? null : <StateOf page={page} />;
}

function StateOf({ page }: { readonly page: PageRecord }) {
  const { t } = useTranslation();
  const { state, failure, rendered, fileName } = page;
  if (state === 'failed' && failure !== undefined) {
    const isStopped = failure.code === 'cancelled';
    const Icon = isStopped ? CirclePause : CircleAlert;
    return (
      <div className={styles.problem}>
        <p className={styles.state}>
          <Icon size={18} aria-hidden />
          {isStopped ? t('pages.state.stopped') : t('pages.state.failed')}
        </p>
        <p className={styles.reason}>{failureSentence(t, failure, fileName)}</p>
        <Button onPress={() => void tryAgain([page.id])}>{t('pages.retry')}</Button>
      </div>
    );
  }
  if (state !== 'ready') {
    const isRenewed = page.edits !== undefined;
    return (
      <p className={styles.state}>
        <LoaderCircle size={18} aria-hidden className={styles.turning} />
        {isRenewed ? t('pages.state.renewing') : t(`pages.state.${state === 'scanning' ? 'scanning' : 'waiting'}`)}
      </p>
    );
  }
  const warnings = rendered?.quality.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <p className={styles.warning}>
      <TriangleAlert size={18} aria-hidden />
      {warnings.map((warning) => t(`pages.warnings.${warning}`)).join(', ')}
    </p>
  );
}
