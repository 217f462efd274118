import { FileUp, HardDrive, ListChecks, Pencil, ScanLine, Trash2, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { GridList } from 'react-aria-components/GridList';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { pickFiles } from '#src/capture/pick-files.ts';
import type { DocumentRecord } from '#src/store/records.ts';
import type { Settings } from '#src/store/setting-records.ts';
import { theSettings, useSettings } from '#src/store/use-settings.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { SearchField } from '#src/ui/controls/text-field.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { useTitle } from '#src/ui/use-title.ts';
import { DocumentCard } from './document-card.tsx';
import { useDocumentName } from './document-name.ts';
import { openExample } from './example.ts';
import { deleteDocuments } from './flow.ts';
import { type NamedDocument, arrangeDocuments } from './arrange-documents.ts';
import styles from './library-screen.module.css';
import { RenameDialog } from './rename-dialog.tsx';
import { takeInFiles } from './take-in-files.ts';
import { TextHitList } from './text-hit-list.tsx';
import { useDocuments, useStoredBytes, useTextHits } from './use-documents.ts';
import { useGrowingList } from './use-growing-list.ts';

const orders = ['changed', 'created', 'name'] as const satisfies readonly Settings['libraryOrder'][];

/** All documents: to find, to open, to rename and to delete. */
export function LibraryScreen() {
  const { t } = useTranslation();
  const documents = useDocuments();
  useTitle(t('library.title'));
  if (documents === undefined) return <p className={styles.quiet}>{t('controls.loading')}</p>;
  return documents.length === 0 ? <EmptyLibrary /> : <Documents documents={documents} />;
}

function useAddFiles() {
  const navigate = useNavigate();
  return async () => {
    const { documentId } = await takeInFiles(await pickFiles());
    if (documentId !== undefined) await navigate(`/documents/${documentId}`);
  };
}

function EmptyLibrary() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const addFiles = useAddFiles();

  async function showExample() {
    await navigate(`/documents/${await openExample(t('app.welcome.exampleName'))}`);
  }

  return (
    <section className={styles.empty}>
      <h1>{t('library.empty')}</h1>
      <p>{t('library.emptyHelp')}</p>
      <div className={styles.emptyActions}>
        <Button kind="primary" icon={ScanLine} onPress={() => void navigate('/scan')}>
          {t('app.welcome.scan')}
        </Button>
        <Button icon={FileUp} onPress={() => void addFiles()}>
          {t('library.add')}
        </Button>
        <Button kind="quiet" onPress={() => void showExample()}>
          {t('app.welcome.example')}
        </Button>
      </div>
    </section>
  );
}

function Documents({ documents }: { readonly documents: readonly DocumentRecord[] }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const nameOf = useDocumentName();
  const { libraryOrder, textReading } = useSettings();
  const addFiles = useAddFiles();
  const [query, setQuery] = useState('');
  const [isSelecting, setIsSelecting] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [renamed, setRenamed] = useState<NamedDocument>();

  const shown = useMemo(
    () =>
      arrangeDocuments(
        documents.map((document) => named(document, nameOf(document))),
        { query, order: libraryOrder, language: i18n.language },
      ),
    [documents, nameOf, query, libraryOrder, i18n.language],
  );
  const items = useGrowingList(shown);
  const looksIntoText = textReading !== 'never';
  const hits = useTextHits(looksIntoText ? query : '');
  const chosen = shown.filter(({ id }) => selected.has(id));

  function select(ids: ReadonlySet<string>) {
    setSelected(ids);
    if (ids.size > 0) setIsSelecting(true);
  }

  function endSelecting() {
    setSelected(new Set());
    setIsSelecting(false);
  }

  async function deleteChosen() {
    const undo = await deleteDocuments(chosen.map(({ id }) => id));
    endSelecting();
    showToast({
      text: t('library.deleted', { count: chosen.length, name: chosen[0]?.name ?? '' }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
  }

  return (
    <>
      <header className={styles.header}>
        <h1>{t('library.title')}</h1>
        <Button icon={FileUp} onPress={() => void addFiles()}>
          {t('library.add')}
        </Button>
      </header>
      <div className={styles.tools}>
        {isSelecting ? (
          <>
            <IconButton icon={X} label={t('library.selectNone')} onPress={endSelecting} />
            <output className={styles.count}>{t('library.selected', { count: chosen.length })}</output>
            <Button isCompact icon={Pencil} isDisabled={chosen.length !== 1} onPress={() => setRenamed(chosen[0])}>
              {t('controls.rename')}
            </Button>
            <Button
              isCompact
              kind="danger"
              icon={Trash2}
              isDisabled={chosen.length === 0}
              onPress={() => void deleteChosen()}
            >
              {t('controls.delete')}
            </Button>
          </>
        ) : (
          <>
            <SearchField
              label={looksIntoText ? t('text.search.label') : t('library.search')}
              value={query}
              onChange={setQuery}
            />
            <Select
              label={t('library.order')}
              hidesLabel
              value={libraryOrder}
              choices={orders.map((value) => ({ value, label: t(`library.orders.${value}`) }))}
              onChange={(value) => void theSettings().saveSetting('libraryOrder', value)}
            />
            <Button kind="quiet" icon={ListChecks} onPress={() => setIsSelecting(true)}>
              {t('library.select')}
            </Button>
          </>
        )}
      </div>
      {shown.length === 0 && hits?.total === 0 && (
        <p className={styles.quiet}>
          {looksIntoText ? t('text.search.nothing', { query }) : t('library.nothingFound', { query })}
        </p>
      )}
      <GridList
        aria-label={t('library.documents')}
        layout="grid"
        items={items}
        dependencies={[isSelecting]}
        className={styles.grid ?? ''}
        selectionMode={isSelecting ? 'multiple' : 'none'}
        selectedKeys={selected}
        onSelectionChange={(keys) =>
          select(keys === 'all' ? new Set(shown.map(({ id }) => id)) : new Set([...keys].map(String)))
        }
        {...(isSelecting ? {} : { onAction: (id) => void navigate(`/documents/${id}`) })}
      >
        {(document) => (
          <DocumentCard
            document={document}
            isSelecting={isSelecting}
            onLongPress={() => select(new Set([...selected, document.id]))}
          />
        )}
      </GridList>
      {hits !== undefined && hits.total > 0 && <TextHitList hits={hits} query={query} />}
      <StorageUsed />
      {renamed !== undefined && (
        <RenameDialog
          document={renamed}
          onClose={() => {
            setRenamed(undefined);
            endSelecting();
          }}
        />
      )}
    </>
  );
}

function named(document: DocumentRecord, name: string): NamedDocument {
  return { ...document, givenName: document.name, name };
}

function StorageUsed() {
  const { t } = useTranslation();
  const { size } = useFormats();
  const bytes = useStoredBytes();
  return (
    <p className={styles.quiet}>
      <HardDrive size={16} aria-hidden />
      {bytes !== undefined && t('library.used', { size: size(bytes) })}
    </p>
  );
}
