/** What keeps sheets from counting, as it is said and as it is gathered. */
import type { TFunction } from 'i18next';

import type { Student } from '#contract/exams.ts';
import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import type { SheetProblem } from './papers.ts';
import { nameOrNumber } from './read-words.ts';
import { isWritingRead } from './written-options.ts';

/** What takes more than a button to solve. */
export interface OpenTask {
  readonly does: 'student' | 'page' | 'compare';
  readonly problem: SheetProblem;
  /** Of the problem's sheets the one that it is about. */
  readonly sheetId: string;
}

/** Stopped by the user: no problem, only not done yet. */
export function isStopped({
  state,
  failure,
  isSetAside,
}: Pick<ListedSheet, 'state' | 'failure' | 'isSetAside'>): boolean {
  return state === 'failed' && failure?.code === 'cancelled' && !isSetAside;
}

/** The same page twice with the same answers: one counts, and nothing has to be decided. */
export function isDouble(problem: SheetProblem): boolean {
  return problem.kind === 'same-page-twice' && problem.differing.length === 0;
}

/** Problems to show, in the order of the sheets. */
export function listProblems(
  problems: readonly SheetProblem[],
  sheets: ReadonlyMap<string, ListedSheet>,
): readonly SheetProblem[] {
  const place = new Map([...sheets.keys()].map((id, index) => [id, index]));
  return problems
    .filter((problem) => {
      const sheet = sheets.get(problem.sheetId);
      return sheet !== undefined && !isStopped(sheet) && !isDouble(problem);
    })
    .toSorted((a, b) => (place.get(a.sheetId) ?? 0) - (place.get(b.sheetId) ?? 0));
}

export interface SaidProblem {
  /** What is wrong with which sheet. */
  readonly sentence: string;
  /** What to know to solve it; empty for nothing. */
  readonly help: string;
}

export function sayProblem(
  t: TFunction,
  problem: SheetProblem,
  sheet: ListedSheet,
  numbers: ReadonlyMap<string, number>,
  otherExam: Pick<ExamRecord, 'exam'> | undefined,
): SaidProblem {
  const number = numbers.get(problem.sheetId) ?? 0;
  switch (problem.kind) {
    case 'failed':
      return {
        sentence: t('sheets.problem.failed', { number }),
        help: sheet.failure === undefined ? '' : failureSentence(t, sheet.failure, sheet.fileName),
      };
    case 'not-found':
      return { sentence: t('sheets.problem.not-found', { number }), help: t('sheets.problem.notFoundHelp') };
    case 'other-exam':
      return {
        sentence:
          otherExam === undefined
            ? t('sheets.problem.other-exam', { number })
            : t('sheets.problem.otherExamNamed', { number, title: otherExam.exam.title }),
        help: '',
      };
    case 'unknown-page':
    case 'code-unread':
    case 'number-missing':
      return { sentence: t(`sheets.problem.${problem.kind}`, { number }), help: '' };
    case 'student-unknown':
      return {
        // A digit that is not sure says nothing of the class list yet.
        sentence: problem.numberRead.includes('?')
          ? t('sheets.problem.number-unsure', { number, student: problem.numberRead })
          : t('sheets.problem.student-unknown', { number, student: problem.numberRead }),
        help: problem.probability === undefined ? '' : sayChance(t, problem),
      };
    case 'number-unsure':
      return {
        sentence: t('sheets.problem.number-unsure', { number, student: problem.numberRead }),
        help: t('sheets.problem.typeDigits'),
      };
    case 'student-likely':
      return {
        sentence: t('sheets.problem.student-likely', { number, student: problem.numberRead }),
        help: sayChance(t, problem),
      };
    case 'student-by-name':
      return { sentence: t('sheets.problem.student-by-name', { number }), help: sayChance(t, problem) };
    case 'boxes-differ': {
      const { marked, boxed } = problem;
      return { sentence: t('sheets.problem.boxes-differ', { number, marked, boxed }), help: '' };
    }
    case 'name-differs':
      return {
        sentence: t('sheets.problem.name-differs', {
          number,
          name: nameOrNumber(problem.student),
          other: nameOrNumber(problem.named),
        }),
        help: '',
      };
    case 'boxes-unread':
      return isWritingRead()
        ? { sentence: t('sheets.problem.boxes-unread', { number }), help: t('sheets.problem.boxesUnreadHelp') }
        : { sentence: t('sheets.problem.boxesOff', { number }), help: t('sheets.problem.boxesOffHelp') };
    case 'number-differs':
      return {
        sentence: t('sheets.problem.number-differs', {
          number,
          name: nameOrNumber(problem.student),
          other: nameOrNumber(problem.numbered),
        }),
        help: '',
      };
    case 'versions-differ': {
      const others = problem.others.map((id) => numbers.get(id) ?? 0).join(', ');
      const versions = problem.versions.join(', ');
      return {
        sentence:
          problem.student === undefined
            ? t('sheets.problem.versions-differ', { number, others, versions })
            : t('sheets.problem.versionsOf', { number, others, versions, name: nameOrNumber(problem.student) }),
        help: t('sheets.problem.versionsHelp'),
      };
    }
    case 'same-page-twice':
    default: {
      const others = problem.others.map((id) => numbers.get(id) ?? 0).join(', ');
      return {
        sentence:
          problem.student === undefined
            ? t('sheets.problem.same-page-twice', { number, others })
            : t('sheets.problem.samePageOf', { number, others, name: nameOrNumber(problem.student) }),
        help: t('sheets.problem.differing', { count: problem.differing.length }),
      };
    }
  }
}

/** How likely the proposed student is; never quite sure, or it would not be asked. */
function sayChance(
  t: TFunction,
  { proposal, probability = 0 }: { readonly proposal: Student | undefined; readonly probability?: number },
): string {
  if (proposal === undefined) return '';
  const share = Math.min(99, Math.round(100 * probability));
  return t('sheets.problem.likely', { name: nameOrNumber(proposal), share });
}
