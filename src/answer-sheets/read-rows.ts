/** The list of an exam's sheets, in plain values: what is known of each so far. */
import type { TFunction } from 'i18next';

import type { Exam, Student } from '#contract/exams.ts';
import type { ListedSheet } from '#src/store/records.ts';
import { isDouble } from './problem-kinds.ts';
import type { Paper, SheetProblem } from './papers.ts';
import { nameOrNumber, nameOwner, papersBySheet } from './read-words.ts';
import type { AssembledView } from './use-exams.ts';

/** `double`: the same page with the same answers is there already, and counts. */
export type RowState = ListedSheet['state'] | 'problem' | 'double' | 'aside';

export interface SheetRow {
  readonly id: string;
  readonly number: number;
  /** Whose it is; the file's name until that is known. */
  readonly name: string;
  /** Version and page. */
  readonly facts: string;
  /** Empty until there is one. */
  readonly score: string;
  readonly state: RowState;
  readonly doubts: number;
  readonly hasPhoto: boolean;
}

export function listSheetRows(
  t: TFunction,
  exam: Exam,
  { assembled, scores, sheets }: AssembledView,
): readonly SheetRow[] {
  const papers = papersBySheet(assembled.papers);
  const scoreByKey = new Map(scores.map((score) => [score.key, score]));
  const { problems, doubles, owners } = sortProblems(assembled.problems);
  const doubts = new Map<string, number>();
  for (const { sheetId } of assembled.doubts) doubts.set(sheetId, (doubts.get(sheetId) ?? 0) + 1);
  const severalPages = hasSeveralPages(sheets);
  return sheets.map((sheet, index) => {
    const paper = papers.get(sheet.id);
    const score = paper === undefined ? undefined : scoreByKey.get(paper.key);
    const state = judgeState(sheet, problems, doubles);
    return {
      id: sheet.id,
      number: index + 1,
      name: nameRow(t, sheet, paper, owners.get(sheet.id)),
      facts: sayPage(t, exam, sheet, severalPages),
      score:
        score === undefined || score.most === 0 ? '' : t('sheets.score', { points: score.points, most: score.most }),
      state,
      doubts: doubts.get(sheet.id) ?? 0,
      // A page of a PDF has its own photo once it was taken out of the file.
      hasPhoto: sheet.source === undefined,
    };
  });
}

/** Sheets beside those that count have no paper of their own, but are known to be somebody's. */
function nameRow(t: TFunction, sheet: ListedSheet, paper: Paper | undefined, owner: Student | undefined): string {
  if (paper !== undefined) return nameOwner(t, paper);
  if (owner !== undefined) return nameOrNumber(owner);
  return sheet.fileName === '' ? t('sheets.nobody') : sheet.fileName;
}

function sortProblems(all: readonly SheetProblem[]) {
  const problems = new Set<string>();
  const doubles = new Set<string>();
  const owners = new Map<string, Student>();
  for (const problem of all) {
    const isAlike = isDouble(problem);
    if (!isAlike) problems.add(problem.sheetId);
    if (problem.kind !== 'same-page-twice' && problem.kind !== 'versions-differ') continue;
    for (const other of problem.others) {
      (isAlike ? doubles : problems).add(other);
      if (problem.student !== undefined) owners.set(other, problem.student);
    }
  }
  return { problems, doubles, owners };
}

function judgeState(
  { id, state, isSetAside }: ListedSheet,
  problems: ReadonlySet<string>,
  doubles: ReadonlySet<string>,
): RowState {
  if (isSetAside) return 'aside';
  if (state !== 'read') return state;
  if (problems.has(id)) return 'problem';
  return doubles.has(id) ? 'double' : 'read';
}

/** Whether any sheet is another page than the first: only then is it said which one each is. */
export function hasSeveralPages(sheets: readonly Pick<ListedSheet, 'readAs'>[]): boolean {
  return sheets.some(({ readAs }) => readAs !== undefined && readAs.page > 1);
}

/** Version and page, as far as there are several. */
export function sayPage(
  t: TFunction,
  exam: Exam,
  { readAs, reading }: Pick<ListedSheet, 'readAs' | 'reading'>,
  severalPages: boolean,
): string {
  if (readAs === undefined || reading?.found !== true) return '';
  if (exam.versions.length > 1) {
    return severalPages ? t('sheets.versionPage', { ...readAs }) : t('sheets.version', { version: readAs.version });
  }
  return severalPages ? t('sheets.page', { page: readAs.page }) : '';
}
