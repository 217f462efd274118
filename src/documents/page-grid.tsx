import { FolderInput, ListChecks, Trash2, X } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { GridList } from 'react-aria-components/GridList';
import { useDragAndDrop } from 'react-aria-components/useDragAndDrop';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { deletePages, orderPages } from './flow.ts';
import { MoveDialog } from './move-dialog.tsx';
import { PageCard } from './page-card.tsx';
import styles from './page-grid.module.css';
import { PageMenu } from './page-menu.tsx';
import { useGrowingList } from './use-growing-list.ts';

interface PageGridProps {
  readonly documentId: string;
  /** In reading order. The same array as long as nothing about it changes: a new one draws every card anew. */
  readonly pageIds: readonly string[];
}

/** `moved` in their order before or after the page `target`. */
function reorder(ids: readonly string[], moved: ReadonlySet<string>, target: string, isAfter: boolean): string[] {
  const staying = ids.filter((id) => !moved.has(id));
  const at = staying.indexOf(target) + (isAfter ? 1 : 0);
  return staying.toSpliced(at, 0, ...ids.filter((id) => moved.has(id)));
}

/**
 * The pages of a document: to look at, to put in order by dragging or by keyboard, to move and to delete. Remembered,
 * since the screen around it is drawn anew for each page that is ready.
 */
export const PageGrid = memo(function PageGrid({ documentId, pageIds: ids }: PageGridProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isSelecting, setIsSelecting] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [moving, setMoving] = useState<readonly string[]>();
  const [menu, setMenu] = useState<{ readonly id: string; readonly button: Element }>();
  const items = useGrowingList(useMemo(() => ids.map((id, index) => ({ id, number: index + 1 })), [ids]));
  const chosen = ids.filter((id) => selected.has(id));

  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: ids.length < 2,
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    onReorder: ({ keys, target }) => {
      const moved = new Set([...keys].map(String));
      void orderPages(documentId, reorder(ids, moved, String(target.key), target.dropPosition === 'after'));
    },
  });

  function endSelecting() {
    setSelected(new Set());
    setIsSelecting(false);
  }

  async function remove(gone: readonly string[]) {
    const undo = await deletePages(gone);
    endSelecting();
    showToast({
      text: t('pages.deleted', { count: gone.length }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
  }

  function moveBy(id: string, step: -1 | 1) {
    const neighbour = ids[ids.indexOf(id) + step];
    if (neighbour !== undefined) void orderPages(documentId, reorder(ids, new Set([id]), neighbour, step > 0));
  }

  return (
    <>
      <div className={styles.tools}>
        {isSelecting && <IconButton icon={X} label={t('library.selectNone')} onPress={endSelecting} />}
        <output className={styles.count}>
          {isSelecting ? t('library.selected', { count: chosen.length }) : t('library.pages', { count: ids.length })}
        </output>
        {isSelecting ? (
          <>
            <Button isCompact icon={FolderInput} isDisabled={chosen.length === 0} onPress={() => setMoving(chosen)}>
              {t('pages.moveTo')}
            </Button>
            <Button
              isCompact
              kind="danger"
              icon={Trash2}
              isDisabled={chosen.length === 0}
              onPress={() => void remove(chosen)}
            >
              {t('controls.delete')}
            </Button>
          </>
        ) : (
          <Button kind="quiet" icon={ListChecks} onPress={() => setIsSelecting(true)}>
            {t('library.select')}
          </Button>
        )}
      </div>
      <GridList
        aria-label={t('pages.list')}
        layout="grid"
        // Arrows lead from page to page, the Tab key to what is in one.
        keyboardNavigationBehavior="tab"
        items={items}
        dependencies={[isSelecting, items]}
        className={styles.grid ?? ''}
        dragAndDropHooks={dragAndDropHooks}
        selectionMode={isSelecting ? 'multiple' : 'none'}
        selectedKeys={selected}
        onSelectionChange={(keys) => setSelected(keys === 'all' ? new Set(ids) : new Set([...keys].map(String)))}
        {...(isSelecting ? {} : { onAction: (id) => void navigate(`/documents/${documentId}/pages/${id}`) })}
      >
        {({ id, number }) => (
          <PageCard
            id={id}
            number={number}
            isSelecting={isSelecting}
            isDraggable={ids.length > 1}
            onSelect={() => {
              setIsSelecting(true);
              setSelected((before) => new Set([...before, id]));
            }}
            onMenu={(button) => setMenu({ id, button })}
          />
        )}
      </GridList>
      {menu !== undefined && (
        <PageMenu
          id={menu.id}
          number={ids.indexOf(menu.id) + 1}
          count={ids.length}
          anchor={menu.button}
          onMoveTo={() => setMoving([menu.id])}
          onMoveBy={(step) => moveBy(menu.id, step)}
          onDelete={() => void remove([menu.id])}
          onClose={() => setMenu(undefined)}
        />
      )}
      {moving !== undefined && (
        <MoveDialog
          fromId={documentId}
          pageIds={moving}
          onClose={() => {
            setMoving(undefined);
            endSelecting();
          }}
        />
      )}
    </>
  );
});
