import {
  ArrowLeft,
  Camera,
  EllipsisVertical,
  EyeOff,
  FileUp,
  Palette,
  Pencil,
  Plus,
  ScanText,
  Share,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';

import { pickFiles } from '#src/capture/pick-files.ts';
import { useRegion } from '#src/regions/regions.ts';
import type { DocumentRecord, PageRecord } from '#src/store/records.ts';
import { useSettings } from '#src/store/use-settings.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Menu } from '#src/ui/controls/menu.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import { useDocumentName } from './document-name.ts';
import styles from './document-screen.module.css';
import { ExportSheet } from './export-sheet.tsx';
import { deleteDocuments } from './flow.ts';
import { LookDialog } from './look-dialog.tsx';
import { MissingDocument } from './missing-document.tsx';
import { PageGrid } from './page-grid.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { takeInFiles } from './take-in-files.ts';
import { useDocument, usePages } from './use-documents.ts';

/** One document: its pages, more of them, and the way out as a file. */
export function DocumentScreen() {
  const { documentId = '' } = useParams();
  const { t } = useTranslation();
  const document = useDocument(documentId);
  const pages = usePages(documentId);
  if (document === null) return <MissingDocument />;
  if (document === undefined || pages === undefined) return <p className={styles.quiet}>{t('controls.loading')}</p>;
  return <OpenDocument key={documentId} document={document} pages={pages} />;
}

type OpenDialog = 'rename' | 'look' | 'export';

function OpenDocument({
  document,
  pages,
}: {
  readonly document: DocumentRecord;
  readonly pages: readonly PageRecord[];
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { config } = useRegion();
  const name = useDocumentName()(document);
  const { textReading } = useSettings();
  const [dialog, setDialog] = useState<OpenDialog>();
  const close = () => setDialog(undefined);
  useTitle(name);

  const addFiles = async () => takeInFiles(await pickFiles(), document.id);

  async function deleteThis() {
    const undo = await deleteDocuments([document.id]);
    showToast({
      text: t('library.deleted', { count: 1, name }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
    await navigate('/library');
  }

  const additions = (
    <Menu
      label={t('pages.addPages')}
      trigger={
        <Button icon={Plus} className={styles.add ?? ''}>
          {t('pages.addPages')}
        </Button>
      }
      actions={[
        {
          id: 'camera',
          label: t('pages.addCamera'),
          icon: Camera,
          onAction: () => void navigate(`/scan?document=${document.id}`),
        },
        { id: 'files', label: t('pages.addFiles'), icon: FileUp, onAction: () => void addFiles() },
      ]}
    />
  );

  return (
    <>
      <header className={styles.header}>
        <IconButton icon={ArrowLeft} label={t('pages.back')} onPress={() => void navigate('/library')} />
        <h1 className={styles.name}>{name}</h1>
        <Menu
          label={t('controls.more')}
          trigger={<IconButton icon={EllipsisVertical} label={t('controls.more')} />}
          actions={[
            { id: 'rename', label: t('controls.rename'), icon: Pencil, onAction: () => setDialog('rename') },
            ...(textReading === 'never'
              ? []
              : [
                  {
                    id: 'text',
                    label: t('text.read'),
                    icon: ScanText,
                    isDisabled: pages.length === 0,
                    onAction: () => void navigate(`/documents/${document.id}/text?read`),
                  },
                ]),
            {
              id: 'look',
              label: t('pages.lookForAll'),
              icon: Palette,
              isDisabled: pages.length === 0,
              onAction: () => setDialog('look'),
            },
            ...(config.features['face-detection'].isOn
              ? [
                  {
                    id: 'hide-faces',
                    label: t('faces.hide.ofDocument'),
                    icon: EyeOff,
                    isDisabled: pages.length === 0,
                    onAction: () => void navigate(`/tools/hide-faces?document=${document.id}`),
                  },
                ]
              : []),
            {
              id: 'delete',
              label: t('pages.deleteDocument'),
              icon: Trash2,
              isDanger: true,
              onAction: () => void deleteThis(),
            },
          ]}
        />
        <div className={styles.actions}>
          {additions}
          <Button kind="primary" icon={Share} isDisabled={pages.length === 0} onPress={() => setDialog('export')}>
            {t('pages.export')}
          </Button>
        </div>
      </header>
      {pages.length === 0 ? (
        <section className={styles.empty}>
          <h2>{t('pages.empty')}</h2>
          <p>{t('pages.emptyHelp')}</p>
        </section>
      ) : (
        <PageGrid documentId={document.id} pageIds={document.pageIds} />
      )}
      {dialog === 'rename' && (
        <RenameDialog document={{ id: document.id, givenName: document.name, name }} onClose={close} />
      )}
      {dialog === 'look' && <LookDialog documentId={document.id} pages={pages} onClose={close} />}
      {dialog === 'export' && <ExportSheet document={document} pages={pages} onClose={close} />}
    </>
  );
}
