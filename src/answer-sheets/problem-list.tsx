import { RefreshCw } from 'lucide-react';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { readAgain } from './flow.ts';
import { ProblemCard } from './problem-card.tsx';
import { CompareDialog } from './problem-compare.tsx';
import { type OpenTask, listProblems, sayProblem } from './problem-kinds.ts';
import { PageDialog } from './problem-page.tsx';
import { StudentDialog } from './problem-student.tsx';
import styles from './problem-list.module.css';
import { assignWithUndo } from './read-actions.ts';
import { nameOrNumber, numberSheets } from './read-words.ts';
import { type AssembledView, useExamRecords } from './use-exams.ts';

/** Each card costs a few milliseconds; who has solved these sees the next ones. */
const shownAtOnce = 20;

/** Everything that keeps sheets from counting, in plain words, each with its way to solve it. */
export function ProblemList({ record, view }: { readonly record: ExamRecord; readonly view: AssembledView }) {
  const { t } = useTranslation();
  const { assembled, sheets, roster } = view;
  const byId = useMemo(() => new Map(sheets.map((sheet) => [sheet.id, sheet])), [sheets]);
  const numbers = useMemo(() => numberSheets(sheets), [sheets]);
  const problems = useMemo(() => listProblems(assembled.problems, byId), [assembled, byId]);
  const exams = useExamRecords();
  const [task, setTask] = useState<OpenTask>();
  const [hadProblems, setHadProblems] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  useFocusOnNext(list, problems.length);
  const failed = problems.filter(({ kind }) => kind === 'failed' || kind === 'boxes-unread');
  const close = () => setTask(undefined);
  const number = task === undefined ? 0 : (numbers.get(task.sheetId) ?? 0);
  const sheet = task === undefined ? undefined : byId.get(task.sheetId);

  if (problems.length > 0 && !hadProblems) setHadProblems(true);
  if (problems.length === 0)
    return <output className={styles.unseen}>{hadProblems && t('sheets.problem.solved')}</output>;
  return (
    <section className={styles.problems} aria-labelledby="sheets-problems">
      <header className={styles.head}>
        <h2 id="sheets-problems">{t('sheets.problem.title', { count: problems.length })}</h2>
        {failed.length > 1 && (
          <Button kind="quiet" icon={RefreshCw} onPress={() => void readAgain(failed.map(({ sheetId }) => sheetId))}>
            {t('sheets.problem.readAllAgain')}
          </Button>
        )}
      </header>
      <ol ref={list} className={styles.list}>
        {problems.slice(0, shownAtOnce).map((problem) => {
          const own = byId.get(problem.sheetId);
          if (own === undefined) return null;
          const code = own.identity?.exam;
          const other = problem.kind === 'other-exam' ? exams?.find((each) => each.code === code) : undefined;
          return (
            <ProblemCard
              key={`${problem.kind} ${problem.sheetId}`}
              examId={record.id}
              problem={problem}
              sheet={own}
              number={numbers.get(own.id) ?? 0}
              said={sayProblem(t, problem, own, numbers, other)}
              otherExamId={other?.id}
              onTask={setTask}
            />
          );
        })}
      </ol>
      {problems.length > shownAtOnce && <p className={styles.help}>{t('sheets.problem.others')}</p>}
      {task?.does === 'student' && sheet !== undefined && (
        <StudentDialog
          number={number}
          numberRead={'numberRead' in task.problem ? task.problem.numberRead : ''}
          proposal={'proposal' in task.problem ? task.problem.proposal : undefined}
          students={roster?.students ?? []}
          papers={assembled.papers}
          onClose={close}
          onChoose={(student) => {
            close();
            if (student === undefined) return;
            void assignWithUndo(sheet, student.id, (undo) =>
              showToast({
                text: t('sheets.problem.assigned', { number, name: nameOrNumber(student) }),
                action: { label: t('controls.undo'), onAction: undo },
              }),
            );
          }}
        />
      )}
      {task?.does === 'page' && sheet !== undefined && (
        <PageDialog record={record} sheet={sheet} number={number} onClose={close} />
      )}
      {task?.does === 'compare' &&
        (task.problem.kind === 'same-page-twice' || task.problem.kind === 'versions-differ') && (
          <CompareDialog
            record={record}
            problem={task.problem}
            sheets={byId}
            numbers={numbers}
            onClose={close}
            onSomeoneElse={(sheetId) => setTask({ does: 'student', problem: task.problem, sheetId })}
          />
        )}
    </section>
  );
}

/** Once a problem is solved and its card gone, the focus is on the one that took its place: Enter, Enter, Enter. */
function useFocusOnNext(list: RefObject<HTMLOListElement | null>, count: number) {
  const place = useRef(-1);
  const lastCount = useRef(count);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      const card = target instanceof Element ? target.closest('li') : null;
      const cards = list.current === null ? [] : [...list.current.children];
      place.current = card === null ? -1 : cards.indexOf(card);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [list]);
  useEffect(() => {
    const isFewer = count < lastCount.current;
    lastCount.current = count;
    const cards = list.current?.children;
    // Only where the focus went away with its card; never out of another control's hands.
    if (!isFewer || cards === undefined || place.current === -1 || document.activeElement !== document.body) return;
    cards[Math.min(place.current, cards.length - 1)]?.querySelector<HTMLElement>('button, a')?.focus();
  }, [list, count]);
}
