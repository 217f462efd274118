import { CircleSlash, EllipsisVertical, FileSearch, RefreshCw, Trash2 } from 'lucide-react';
import { type ReactNode, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { Student } from '#contract/exams.ts';
import type { ListedSheet } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Menu, type MenuAction } from '#src/ui/controls/menu.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { assignPage, deleteSheets, readAgain } from './flow.ts';
import type { SheetProblem } from './papers.ts';
import type { OpenTask, SaidProblem } from './problem-kinds.ts';
import styles from './problem-list.module.css';
import { assignWithUndo, setAsideWithUndo } from './read-actions.ts';
import { Thumbnail } from './read-thumbnails.tsx';
import { nameOrNumber } from './read-words.ts';

interface ProblemCardProps {
  readonly examId: string;
  readonly problem: SheetProblem;
  readonly sheet: ListedSheet;
  /** Of the sheet. */
  readonly number: number;
  readonly said: SaidProblem;
  /** Whose sheet it is, where that exam is on this device. */
  readonly otherExamId: string | undefined;
  /** The same function from one change to the next. */
  readonly onTask: (task: OpenTask) => void;
}

/** Problems are new objects with each change of any sheet; what they say is not. */
function isSame(before: ProblemCardProps, now: ProblemCardProps): boolean {
  return (
    before.sheet === now.sheet &&
    before.number === now.number &&
    before.otherExamId === now.otherExamId &&
    before.said.sentence === now.said.sentence &&
    before.said.help === now.said.help &&
    JSON.stringify(before.problem) === JSON.stringify(now.problem)
  );
}

/** One problem: what is wrong, what is most likely the answer as the first button, the others behind it. */
export const ProblemCard = memo(function ProblemCard(props: ProblemCardProps) {
  const { examId, problem, sheet, number, said, otherExamId, onTask } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();

  const again = () => void readAgain([sheet.id]);
  const look = () => void navigate(`/sheets/${examId}/sheet/${sheet.id}`);
  const remove = async () => {
    const undo = await deleteSheets([sheet.id]);
    showToast({
      text: t('sheets.problem.deleted', { count: 1 }),
      action: { label: t('controls.undo'), onAction: () => void undo() },
    });
  };
  const aside = () =>
    setAsideWithUndo([sheet.id], (undo) =>
      showToast({
        text: t('sheets.problem.wasSetAside', { number }),
        action: { label: t('controls.undo'), onAction: undo },
      }),
    );

  const more: readonly MenuAction[] = [
    {
      id: 'look',
      label: t('sheets.problem.look'),
      icon: FileSearch,
      onAction: look,
    },
    { id: 'again', label: t('sheets.problem.readAgain'), icon: RefreshCw, onAction: again },
    { id: 'aside', label: t('sheets.problem.setAside'), icon: CircleSlash, onAction: () => void aside() },
    { id: 'delete', label: t('sheets.problem.delete'), icon: Trash2, isDanger: true, onAction: () => void remove() },
  ];

  return (
    <li className={styles.card}>
      <Thumbnail sheetId={sheet.id} isThere={sheet.source === undefined} />
      <div className={styles.words}>
        <p className={styles.sentence}>{said.sentence}</p>
        {said.help !== '' && <p className={styles.help}>{said.help}</p>}
      </div>
      <div className={styles.actions}>
        <Solutions
          problem={problem}
          otherExamId={otherExamId}
          onTask={(does) => onTask({ does, problem, sheetId: sheet.id })}
          onAgain={again}
          onLook={look}
          onDelete={() => void remove()}
          onPage={(page) => void assignPage(sheet.id, page)}
          onStudent={(student) =>
            void assignWithUndo(sheet, student.id, (undo) =>
              showToast({
                text: t('sheets.problem.assigned', { number, name: nameOrNumber(student) }),
                action: { label: t('controls.undo'), onAction: undo },
              }),
            )
          }
        />
        <Menu
          label={t('sheets.problem.more', { number })}
          trigger={<IconButton icon={EllipsisVertical} label={t('sheets.problem.more', { number })} />}
          actions={more}
        />
      </div>
    </li>
  );
}, isSame);

interface SolutionsProps extends Pick<ProblemCardProps, 'problem' | 'otherExamId'> {
  readonly onTask: (does: OpenTask['does']) => void;
  readonly onAgain: () => void;
  readonly onLook: () => void;
  readonly onDelete: () => void;
  readonly onStudent: (student: Student) => void;
  readonly onPage: (page: Extract<SheetProblem, { kind: 'code-unread' }>['page']) => void;
}

function Solutions(props: SolutionsProps): ReactNode {
  const { problem, otherExamId, onTask, onAgain, onLook, onDelete, onStudent, onPage } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  switch (problem.kind) {
    case 'student-likely':
    case 'student-by-name':
    case 'student-unknown': {
      const { proposal } = problem;
      if (proposal === undefined) break;
      return (
        <>
          <Button kind="primary" onPress={() => onStudent(proposal)}>
            {t('sheets.problem.isStudent', { name: nameOrNumber(proposal) })}
          </Button>
          <Button onPress={() => onTask('student')}>{t('sheets.problem.someoneElse')}</Button>
        </>
      );
    }
    case 'number-differs':
      return <Students students={[problem.student, problem.numbered]} onStudent={onStudent} />;
    case 'name-differs':
      return <Students students={[problem.student, problem.named]} onStudent={onStudent} />;
    case 'boxes-differ':
      return (
        <>
          <Students students={problem.students} onStudent={onStudent} />
          <Button onPress={onLook}>{t('sheets.problem.look')}</Button>
        </>
      );
    case 'number-unsure':
      return <Button onPress={onLook}>{t('sheets.problem.look')}</Button>;
    case 'boxes-unread':
      return (
        <>
          <Button onPress={onAgain}>{t('sheets.problem.readAgain')}</Button>
          <Button onPress={onLook}>{t('sheets.problem.look')}</Button>
        </>
      );
    case 'versions-differ':
      return (
        <>
          <Button onPress={() => onTask('compare')}>{t('sheets.problem.compare')}</Button>
          <Button onPress={() => onTask('student')}>{t('sheets.problem.someoneElse')}</Button>
        </>
      );
    case 'number-missing':
      break;
    case 'code-unread':
      return (
        <>
          <Button kind="primary" onPress={() => onPage(problem.page)}>
            {t('sheets.problem.isOurs')}
          </Button>
          <Button onPress={onDelete}>{t('sheets.problem.delete')}</Button>
        </>
      );
    case 'unknown-page':
      return <Button onPress={() => onTask('page')}>{t('sheets.problem.choosePage')}</Button>;
    case 'same-page-twice':
      return <Button onPress={() => onTask('compare')}>{t('sheets.problem.compare')}</Button>;
    case 'other-exam':
      return (
        <>
          {otherExamId !== undefined && (
            <Button onPress={() => void navigate(`/sheets/${otherExamId}/read`)}>{t('sheets.problem.openExam')}</Button>
          )}
          <Button onPress={onDelete}>{t('sheets.problem.delete')}</Button>
        </>
      );
    case 'failed':
    case 'not-found':
      return (
        <>
          <Button onPress={onAgain}>{t('sheets.problem.readAgain')}</Button>
          <Button onPress={onDelete}>{t('sheets.problem.delete')}</Button>
        </>
      );
  }
  return <Button onPress={() => onTask('student')}>{t('sheets.problem.chooseStudent')}</Button>;
}

function Students({
  students,
  onStudent,
}: { readonly students: readonly Student[] } & Pick<SolutionsProps, 'onStudent'>) {
  const { t } = useTranslation();
  return students.map((student) => (
    <Button key={student.id} onPress={() => onStudent(student)}>
      {t('sheets.problem.isStudent', { name: nameOrNumber(student) })}
    </Button>
  ));
}
