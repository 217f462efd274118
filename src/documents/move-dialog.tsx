import { FilePlus2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useDocumentName } from './document-name.ts';
import { createDocument, movePages } from './flow.ts';
import styles from './move-dialog.module.css';
import { PagePicture } from './page-picture.tsx';
import { useDocuments } from './use-documents.ts';

interface MoveDialogProps {
  readonly fromId: string;
  readonly pageIds: readonly string[];
  readonly onClose: () => void;
}

/** Where pages go: into another document, or a new one. */
export function MoveDialog({ fromId, pageIds, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const nameOf = useDocumentName();
  const count = pageIds.length;
  const others = (useDocuments() ?? []).filter(({ id }) => id !== fromId).toSorted((a, b) => b.updatedAt - a.updatedAt);

  async function moveTo(documentId: string, name: string) {
    const undo = await movePages(pageIds, documentId);
    showToast({
      text: t('pages.moved', { count, name }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
    onClose();
  }

  async function moveToNew() {
    await moveTo(await createDocument(''), t('pages.newDocument'));
  }

  return (
    <Sheet title={t('pages.moveTitle', { count })} isOpen onOpenChange={onClose}>
      <ul className={styles.list}>
        <li>
          <Button wide kind="quiet" icon={FilePlus2} className={styles.choice ?? ''} onPress={() => void moveToNew()}>
            {t('pages.newDocument')}
          </Button>
        </li>
        {others.map((document) => (
          <li key={document.id}>
            <Button
              wide
              kind="quiet"
              className={styles.choice ?? ''}
              onPress={() => void moveTo(document.id, nameOf(document))}
            >
              <span className={styles.document}>
                <span className={styles.picture}>
                  <PagePicture pageId={document.pageIds[0]} isComing={false} />
                </span>
                {nameOf(document)}
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
