import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { FileOutcome, MadeFileActions, MadeFileLine } from '#src/ui/controls/made-file.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { type TextFormat, makeTextFile } from './export/make-text-file.ts';
import styles from './reading-sheet.module.css';
import type { ReadDocument, ReadPage } from './use-texts.ts';

interface TextExportSheetProps {
  readonly read: ReadDocument;
  readonly open: ReadPage;
  readonly onClose: () => void;
}

type Stage =
  | { readonly is: 'choosing'; readonly hasFailed: boolean }
  | { readonly is: 'making' }
  | { readonly is: 'made'; readonly file: File };

const choosing: Stage = { is: 'choosing', hasFailed: false };
const formats = ['txt', 'md', 'docx'] as const satisfies readonly TextFormat[];

/** The text as a file: of this page or of all pages that have one. */
export function TextExportSheet({ read, open, onClose }: TextExportSheetProps) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<TextFormat>('txt');
  const [scope, setScope] = useState<'document' | 'page'>('document');
  const [stage, setStage] = useState(choosing);
  const withText = read.pages.filter(({ text }) => text?.reading !== undefined);
  const pages = scope === 'page' ? [open] : withText;
  const left = scope === 'page' ? 0 : read.pages.length - withText.length;

  const choose =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      setStage(choosing);
    };

  async function make() {
    setStage({ is: 'making' });
    try {
      setStage({ is: 'made', file: await makeTextFile(read.document, pages, format, t('text.fileName')) });
    } catch (cause) {
      console.error(cause);
      setStage({ is: 'choosing', hasFailed: true });
    }
  }

  return (
    <Sheet
      title={t('text.exportTitle')}
      isOpen
      onOpenChange={onClose}
      actions={
        stage.is === 'made' ? (
          <MadeFileActions file={stage.file} onDone={onClose} />
        ) : (
          <Button kind="primary" isDisabled={stage.is === 'making'} onPress={() => void make()}>
            {t('exporting.make')}
          </Button>
        )
      }
    >
      <div className={styles.fields}>
        <Segmented
          label={t('exporting.format')}
          value={format}
          choices={formats.map((value) => ({ value, label: t(`text.formats.${value}`) }))}
          onChange={choose(setFormat)}
        />
        {read.pages.length > 1 && (
          <Segmented
            label={t('text.scope')}
            value={scope}
            choices={(['document', 'page'] as const).map((value) => ({ value, label: t(`text.scopes.${value}`) }))}
            onChange={choose(setScope)}
          />
        )}
        {left > 0 && <p className={styles.note}>{t('text.leftOut', { count: left })}</p>}
      </div>
      <FileOutcome failure={stage.is === 'choosing' && stage.hasFailed ? t('text.notMade') : undefined}>
        {stage.is === 'making' && <p>{t('exporting.making')}</p>}
        {stage.is === 'made' && <MadeFileLine file={stage.file} announcement={t('exporting.ready')} />}
      </FileOutcome>
    </Sheet>
  );
}
