import { ArrowLeft, ChevronLeft, ChevronRight, Undo2, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';

import type { ExamRecord, SheetRecord } from '#src/store/records.ts';
import { IconButton } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import { useExamTitle } from './exam-title.ts';
import { correctField } from './flow.ts';
import { StudentDialog } from './problem-student.tsx';
import { assignWithUndo } from './read-actions.ts';
import { usePageOf } from './read-pages.ts';
import { hasSeveralPages } from './read-rows.ts';
import { nameOrNumber, nameOwner, sayField, sayMarks } from './read-words.ts';
import { currentValue, joinMarks, readFieldKey, splitMarks, toggleMark } from './review-field.ts';
import { useKeys } from '#src/ui/use-keys.ts';
import type { FieldSign } from './sheet-overlay-signs.ts';
import { type AnswerRow, SheetAnswers, SignIcon } from './sheet-view-answers.tsx';
import { SheetCorrections, SheetSummary } from './sheet-view-panel.tsx';
import { listAnswerRows } from './sheet-view-rows.ts';
import { type SheetStageHandle, SheetViewStage } from './sheet-view-stage.tsx';
import styles from './sheet-view.module.css';
import { type AssembledView, useAssembled, useExam, useSheet, useSheetPhoto } from './use-exams.ts';

/** One sheet: its photo with what was read on it, every answer to be corrected. */
export function SheetViewScreen() {
  const { t } = useTranslation();
  const { examId = '', sheetId = '' } = useParams();
  const record = useExam(examId);
  if (record === undefined) return <main className={styles.screen} aria-busy />;
  if (record === null) return <Gone title={t('exams.gone')} to="/sheets" label={t('exams.back')} />;
  return <FoundExam record={record} sheetId={sheetId} />;
}

function Gone({ title, to, label }: { readonly title: string; readonly to: string; readonly label: string }) {
  return (
    <main className={styles.gone}>
      <h1>{title}</h1>
      <Link to={to}>{label}</Link>
    </main>
  );
}

function FoundExam({ record, sheetId }: { readonly record: ExamRecord; readonly sheetId: string }) {
  const { t } = useTranslation();
  const view = useAssembled(record);
  const sheet = useSheet(sheetId);
  if (view === undefined || sheet === undefined) return <main className={styles.screen} aria-busy />;
  const index = view.sheets.findIndex(({ id }) => id === sheetId);
  if (sheet === null || index === -1) {
    return <Gone title={t('sheets.view.gone')} to={`/sheets/${record.id}/read`} label={t('sheets.view.back')} />;
  }
  return <SheetView key={sheet.id} record={record} view={view} sheet={sheet} index={index} />;
}

interface SheetViewProps {
  readonly record: ExamRecord;
  readonly view: AssembledView;
  readonly sheet: SheetRecord;
  readonly index: number;
}

/** A change of a field, to be taken back: what a person had said before, if anything. */
interface Change {
  readonly label: string;
  readonly before: string | undefined;
}

function SheetView({ record, view, sheet, index }: SheetViewProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const title = useExamTitle()(record);
  const pageOf = usePageOf(record);
  const photo = useSheetPhoto(sheet.id);
  const stage = useRef<SheetStageHandle>(null);
  const [selected, setSelected] = useState<string>();
  const [isZoomed, setIsZoomed] = useState(false);
  const [isChoosing, setIsChoosing] = useState(false);
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const [said, setSaid] = useState('');
  const { assembled, scores, sheets, roster } = view;
  const paper = assembled.papers.find(({ sheetIds }) => sheetIds.includes(sheet.id));
  const score = scores.find(({ key }) => key === paper?.key);
  const number = index + 1;
  const heading = t('sheets.view.title', { number, total: sheets.length });
  useTitle(`${heading} · ${title}`);

  const page = pageOf?.(sheet);
  const rows = useMemo(() => listAnswerRows(record.exam, sheet, page, score), [record.exam, sheet, page, score]);
  const open = (by: number) => {
    const target = sheets[index + by];
    return target === undefined
      ? undefined
      : () => void navigate(`/sheets/${record.id}/sheet/${target.id}`, { replace: true });
  };
  const [previous, next] = [open(-1), open(1)];
  const back = () => void navigate(-1);

  function change(row: AnswerRow, value: string) {
    const { label } = row.reading;
    setChanges([...changes, { label, before: row.correction?.corrected }]);
    setSaid(
      t('sheets.view.corrected', {
        field: sayField(t, label, row.question),
        value: sayMarks(t, splitMarks(value, row.field)),
      }),
    );
    void correctField(sheet.id, label, value);
  }

  function press(row: AnswerRow, value: string) {
    const marks = splitMarks(currentValue(row.reading, row.correction), row.field);
    const isDecided = row.reading.state !== 'doubtful' || row.correction !== undefined;
    // The first press on what was doubtful says that this mark is right, it does not take it away.
    const pressed = !isDecided && marks.includes(value) ? marks : toggleMark(marks, value, row.field);
    change(row, joinMarks(pressed, row.field));
  }

  function undo() {
    const last = changes.at(-1);
    if (last === undefined) return;
    setChanges(changes.slice(0, -1));
    void correctField(sheet.id, last.label, last.before);
  }

  const chosen = rows.find(({ reading }) => reading.label === selected);
  useKeys(({ key }) => {
    if (key === 'ArrowLeft') return previous?.();
    if (key === 'ArrowRight') return next?.();
    const meant = chosen === undefined ? undefined : readFieldKey(key, chosen.field);
    if (chosen !== undefined && meant?.does === 'mark') return press(chosen, meant.value);
    if (chosen !== undefined && meant?.does === 'blank') return change(chosen, chosen.field.emptyValue);
    if (key === 'z' || key === 'Z') return stage.current?.toggleZoom();
    if (key === 'Escape') return selected === undefined ? back() : setSelected(undefined);
    return false;
  });
  useUndoKey(undo);

  return (
    <main className={styles.screen}>
      <header className={styles.bar}>
        <IconButton icon={ArrowLeft} label={t('sheets.view.back')} onPress={back} />
        <h1 className={styles.title}>{heading}</h1>
        <IconButton icon={Undo2} label={t('sheets.view.undo')} isDisabled={changes.length === 0} onPress={undo} />
        <IconButton
          icon={isZoomed ? ZoomOut : ZoomIn}
          label={`${isZoomed ? t('sheets.view.zoomOut') : t('sheets.view.zoomIn')} (Z)`}
          onPress={() => stage.current?.toggleZoom()}
        />
        <IconButton
          icon={ChevronLeft}
          label={t('sheets.view.previous')}
          isDisabled={previous === undefined}
          onPress={() => previous?.()}
        />
        <IconButton
          icon={ChevronRight}
          label={t('sheets.view.next')}
          isDisabled={next === undefined}
          onPress={() => next?.()}
        />
      </header>
      <SheetViewStage
        ref={stage}
        sheet={sheet}
        photo={photo}
        size={sheet.photoSize ?? { width: 3, height: 4 }}
        fields={rows}
        selected={selected}
        onZoom={setIsZoomed}
        onPress={(label, value) => {
          const row = rows.find(({ reading }) => reading.label === label);
          setSelected(label);
          if (row !== undefined) press(row, value);
        }}
      />
      <aside className={styles.panel}>
        <SheetSummary
          record={record}
          sheet={sheet}
          paper={paper}
          score={score}
          severalPages={hasSeveralPages(sheets)}
          onChangeStudent={() => setIsChoosing(true)}
        />
        {rows.length > 0 && (
          <>
            <Legend rows={rows} />
            <section>
              <h3>{t('sheets.view.answers')}</h3>
              <SheetAnswers
                rows={rows}
                selected={selected}
                onSelect={setSelected}
                onPress={press}
                onBlank={(row) => change(row, row.field.emptyValue)}
              />
            </section>
            <SheetCorrections rows={rows} onTakeBack={(label) => void correctField(sheet.id, label, undefined)} />
          </>
        )}
      </aside>
      <output className={styles.unseen}>{said}</output>
      {isChoosing && (
        <StudentDialog
          number={number}
          numberRead={paper?.numberRead ?? ''}
          proposal={undefined}
          students={roster?.students ?? []}
          papers={assembled.papers}
          canLetSheetDecide={sheet.studentByHand !== undefined}
          onClose={() => setIsChoosing(false)}
          onChoose={(student) => {
            setIsChoosing(false);
            const name = student === undefined ? nameOwner(t, undefined) : nameOrNumber(student);
            void assignWithUndo(sheet, student?.id, (undoIt) =>
              showToast({
                text: t('sheets.problem.assigned', { number, name }),
                action: { label: t('controls.undo'), onAction: undoIt },
              }),
            );
          }}
        />
      )}
    </main>
  );
}

const signsInOrder = ['right', 'wrong', 'missed', 'open', 'marked'] as const satisfies readonly FieldSign[];

/** What the signs mean that are on this sheet. */
function Legend({ rows }: { readonly rows: readonly AnswerRow[] }) {
  const { t } = useTranslation();
  const used = new Set(rows.flatMap(({ signs }) => signs));
  return (
    <ul className={styles.legend} aria-label={t('sheets.view.legend')}>
      {signsInOrder
        .filter((sign) => used.has(sign))
        .map((sign) => (
          <li key={sign}>
            <SignIcon sign={sign} />
            {t(`sheets.view.signs.${sign}`)}
          </li>
        ))}
    </ul>
  );
}

/** The system's own key for it, which text fields keep to themselves. */
function useUndoKey(undo: () => void) {
  useEffect(() => {
    function down(event: KeyboardEvent) {
      if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest('input, textarea') !== null) return;
      event.preventDefault();
      undo();
    }
    addEventListener('keydown', down);
    return () => removeEventListener('keydown', down);
  }, [undo]);
}
