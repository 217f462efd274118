import {
  ArrowLeft,
  ArrowRight,
  CircleAlert,
  CirclePause,
  Copy,
  EllipsisVertical,
  FolderInput,
  GripVertical,
  LoaderCircle,
  Pencil,
  RotateCw,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { GridListItem } from 'react-aria-components/GridList';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { PageRecord } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { SelectionCheckbox } from '#src/ui/controls/checkbox.tsx';
import { Menu, type MenuAction } from '#src/ui/controls/menu.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { duplicatePage, tryAgain, turnPage } from './flow.ts';
import styles from './page-card.module.css';
import { PagePicture } from './page-picture.tsx';

interface PageCardProps {
  readonly page: PageRecord;
  /** Counted from 1, of `count`. */
  readonly number: number;
  readonly count: number;
  readonly isSelecting: boolean;
  readonly onSelect: () => void;
  readonly onMoveTo: () => void;
  /** One place towards the front (-1) or the end (1). */
  readonly onMoveBy: (step: -1 | 1) => void;
  readonly onDelete: () => void;
}

/** A page in its document: picture, number, what is wrong with it, and what to do with it. */
export function PageCard({ page, number, count, isSelecting, onSelect, onMoveTo, onMoveBy, onDelete }: PageCardProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const label = t('pages.number', { number });
  const isScanned = page.edits !== undefined;
  const actions: readonly MenuAction[] = [
    {
      id: 'edit',
      label: t('pages.edit'),
      icon: Pencil,
      isDisabled: !isScanned,
      onAction: () => void navigate(`/documents/${page.documentId}/pages/${page.id}`),
    },
    {
      id: 'rotate',
      label: t('pages.rotate'),
      icon: RotateCw,
      isDisabled: !isScanned,
      onAction: () => void turnPage(page.id),
    },
    { id: 'duplicate', label: t('pages.duplicate'), icon: Copy, onAction: () => void duplicatePage(page.id) },
    {
      id: 'earlier',
      label: t('pages.earlier'),
      icon: ArrowLeft,
      isDisabled: number === 1,
      onAction: () => onMoveBy(-1),
    },
    {
      id: 'later',
      label: t('pages.later'),
      icon: ArrowRight,
      isDisabled: number === count,
      onAction: () => onMoveBy(1),
    },
    { id: 'move', label: t('pages.moveTo'), icon: FolderInput, onAction: onMoveTo },
    { id: 'delete', label: t('common.delete'), icon: Trash2, isDanger: true, onAction: onDelete },
  ];
  return (
    <GridListItem id={page.id} textValue={label} className={styles.card ?? ''}>
      {/* A long press on Android and a right click elsewhere ask for what can be done: here, selecting. */}
      <div
        className={styles.picture}
        onContextMenu={(event) => {
          event.preventDefault();
          onSelect();
        }}
      >
        <PagePicture pageId={page.id} isComing={page.state !== 'failed'} />
        {isSelecting && (
          <div className={styles.checkbox}>
            <SelectionCheckbox />
          </div>
        )}
      </div>
      <div className={styles.row}>
        {count > 1 && (
          <AriaButton slot="drag" className={styles.drag ?? ''} aria-label={t('pages.drag', { number })}>
            <GripVertical size={18} aria-hidden />
          </AriaButton>
        )}
        <span className={styles.number}>{number}</span>
        <Menu
          label={t('pages.menu', { number })}
          trigger={<IconButton icon={EllipsisVertical} label={t('pages.menu', { number })} />}
          actions={actions}
        />
      </div>
      <PageState page={page} />
    </GridListItem>
  );
}

/** What is the matter with a page; nothing where it is ready and good. */
function PageState({ page }: { readonly page: PageRecord }) {
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
