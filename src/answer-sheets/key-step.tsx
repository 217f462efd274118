import { ClipboardPaste, ScanLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AnswerKey, Question, VersionLetter } from '#contract/exams.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { useChangeExam } from './exam-change.ts';
import { countKeyed, filledBubbles, questionsOf, readKey, writeKey } from './key-entry.ts';
import { KeyImportDialog } from './key-import-dialog.tsx';
import { KeyList } from './key-list.tsx';
import { KeyQuestionDialog } from './key-question-dialog.tsx';
import { pressBubble } from './key-press.ts';
import { KeyScanDialog } from './key-scan-dialog.tsx';
import styles from './key-step.module.css';
import { useLaidOutSheets } from './sheet-preview-layout.ts';
import { bubbleName } from './sheet-preview-bubbles.ts';
import { SheetPreviewPages } from './sheet-preview-pages.tsx';

/** What is right: typed, clicked on the sheet, pasted, or read from a filled sheet. */
export function KeyStep({ record }: { readonly record: ExamRecord }) {
  const { t } = useTranslation();
  const { exam } = record;
  const change = useChangeExam(record.id);
  const laidOut = useLaidOutSheets(record);
  const [wanted, setWanted] = useState<VersionLetter>('A');
  const [dialog, setDialog] = useState<'import' | 'scan'>();
  const [detailed, setDetailed] = useState<string>();
  const version = exam.versions.some(({ letter }) => letter === wanted) ? wanted : 'A';
  const { done, of } = countKeyed(exam, version);
  const detailedQuestion = questionsOf(exam, version).find(({ id }) => id === detailed);

  const changeKey = (question: Question, next: (key: AnswerKey | undefined) => AnswerKey | undefined) =>
    change((stored) => writeKey(stored, version, question, next(readKey(stored, version, question))));

  return (
    <div className={styles.layout}>
      <section className={styles.side} aria-label={t('exams.key.heading', { version })}>
        <div className={styles.tools}>
          {exam.versions.length > 1 && (
            <Segmented
              label={t('exams.preview.version')}
              hidesLabel
              value={version}
              choices={exam.versions.map(({ letter }) => ({ value: letter, label: letter }))}
              onChange={setWanted}
            />
          )}
          <p className={styles.count} aria-live="polite">
            {t('exams.key.count', { done, of })}
          </p>
          <Button icon={ClipboardPaste} onPress={() => setDialog('import')}>
            {t('exams.key.import')}
          </Button>
          <Button icon={ScanLine} onPress={() => setDialog('scan')}>
            {t('exams.key.scan')}
          </Button>
        </div>
        <p className={version !== 'A' && exam.shuffledBy === 'papel' ? styles.note : styles.keyboardNote}>
          {version !== 'A' && exam.shuffledBy === 'papel' ? t('exams.key.derived', { version }) : t('exams.key.help')}
        </p>
        <KeyList key={version} exam={exam} version={version} onKey={changeKey} onMore={({ id }) => setDetailed(id)} />
      </section>
      {exam.origin === 'own' && (
        <aside className={styles.preview} aria-label={t('exams.key.previewHeading')}>
          <p className={styles.note}>{t('exams.key.clickHelp')}</p>
          <SheetPreviewPages
            sheets={laidOut}
            look={exam.look}
            version={version}
            filled={new Set(filledBubbles(exam, version).map((bubble) => bubbleName(bubble)))}
            onPress={(bubble) => change((stored) => pressBubble(stored, version, bubble))}
          />
        </aside>
      )}
      {dialog === 'import' && (
        <KeyImportDialog exam={exam} version={version} change={change} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'scan' && (
        <KeyScanDialog record={record} version={version} change={change} onClose={() => setDialog(undefined)} />
      )}
      {detailedQuestion !== undefined && (
        <KeyQuestionDialog
          exam={exam}
          version={version}
          question={detailedQuestion}
          change={change}
          onClose={() => setDetailed(undefined)}
        />
      )}
    </div>
  );
}
