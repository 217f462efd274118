import { useTranslation } from 'react-i18next';

import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import type { SheetProblem } from './papers.ts';
import styles from './problem-list.module.css';
import { setAsideWithUndo } from './read-actions.ts';
import { sayField, sayMarks } from './read-words.ts';
import { currentValue, mapQuestions } from './review-field.ts';
import { useSheetPhoto } from './use-exams.ts';

interface CompareDialogProps {
  readonly record: ExamRecord;
  readonly problem: Extract<SheetProblem, { kind: 'same-page-twice' | 'versions-differ' }>;
  readonly sheets: ReadonlyMap<string, ListedSheet>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly onClose: () => void;
  /** One of them was marked with somebody else's number. */
  readonly onSomeoneElse: (sheetId: string) => void;
}

/** Photos of the same page side by side, with the answers that differ: one is kept, the others are set aside. */
export function CompareDialog({ record, problem, sheets, numbers, onClose, onSomeoneElse }: CompareDialogProps) {
  const { t } = useTranslation();
  const ids = [...problem.others, problem.sheetId].toSorted((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0));
  const questions = mapQuestions(record.exam);
  const names = ids.map((id) => t('sheets.sheet', { number: numbers.get(id) ?? 0 }));

  const differing = problem.kind === 'same-page-twice' ? problem.differing : [];

  function keep(kept: string) {
    const others = ids.filter((id) => id !== kept);
    onClose();
    void setAsideWithUndo(others, (undo) =>
      showToast({
        text: others.map((id) => t('sheets.problem.wasSetAside', { number: numbers.get(id) ?? 0 })).join('. '),
        action: { label: t('controls.undo'), onAction: undo },
      }),
    );
  }

  return (
    <Dialog title={t('sheets.problem.compareTitle')} isOpen onOpenChange={onClose}>
      <div className={styles.compare}>
        <p className={styles.help}>{t('sheets.problem.compareHelp')}</p>
        <div className={styles.photos}>
          {ids.map((id, index) => (
            <figure key={id} className={styles.photo}>
              <figcaption>{names[index]}</figcaption>
              <Photo sheetId={id} />
              <Button onPress={() => keep(id)}>{t('sheets.problem.keepThis')}</Button>
              <Button kind="quiet" onPress={() => onSomeoneElse(id)}>
                {t('sheets.problem.ofSomeoneElse')}
              </Button>
            </figure>
          ))}
        </div>
        {differing.length > 0 && (
          <table className={styles.differing}>
            <caption className={styles.help}>{t('sheets.problem.differs')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('sheets.view.answers')}</th>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differing.map((label) => (
                <tr key={label}>
                  <th scope="row">{sayField(t, label, questions.get(label))}</th>
                  {ids.map((id) => (
                    <td key={id}>{sayMarks(t, Array.from(valueOf(sheets.get(id), label)))}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Dialog>
  );
}

function valueOf(sheet: ListedSheet | undefined, label: string): string {
  const reading =
    sheet?.reading?.found === true ? sheet.reading.fields.find((field) => field.label === label) : undefined;
  return reading === undefined ? '' : currentValue(reading, sheet?.corrections[label]);
}

function Photo({ sheetId }: { readonly sheetId: string }) {
  // Named by the words above it.
  return <img src={useSheetPhoto(sheetId)} alt="" />;
}
