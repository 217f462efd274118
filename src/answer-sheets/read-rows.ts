/** The list of an exam's sheets, in plain values: what is known of each so far. */
import type { TFunction } from 'i18next';

import type { Exam } from '#contract/exams.ts';
import type { SheetRecord } from '#src/store/records.ts';
import { isDouble } from './problem-kinds.ts';
import { nameOwner, papersBySheet } from './read-words.ts';
import type { AssembledView } from './use-exams.ts';

/** `double`: the same page with the same answers is there already, and counts. */
export type RowState = SheetRecord['state'] | 'problem' | 'double' | 'aside';

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
  const problems = new Set(assembled.problems.filter((each) => !isDouble(each)).map(({ sheetId }) => sheetId));
  const doubles = new Set(
    assembled.problems.flatMap((each) => (each.kind === 'same-page-twice' && isDouble(each) ? each.others : [])),
  );
  const doubts = new Map<string, number>();
  for (const { sheetId } of assembled.doubts) doubts.set(sheetId, (doubts.get(sheetId) ?? 0) + 1);
  return sheets.map((sheet, index) => {
    const paper = papers.get(sheet.id);
    const score = paper === undefined ? undefined : scoreByKey.get(paper.key);
    const state = judgeState(sheet, problems, doubles);
    return {
      id: sheet.id,
      number: index + 1,
      name: paper === undefined ? sheet.fileName || t('sheets.nobody') : nameOwner(t, paper),
      facts: sayPage(t, exam, sheet),
      score:
        score === undefined || score.most === 0 ? '' : t('sheets.score', { points: score.points, most: score.most }),
      state,
      doubts: doubts.get(sheet.id) ?? 0,
      // A page of a PDF has its own photo once it was taken out of the file.
      hasPhoto: sheet.source === undefined,
    };
  });
}

function judgeState(
  { id, state, isSetAside }: SheetRecord,
  problems: ReadonlySet<string>,
  doubles: ReadonlySet<string>,
): RowState {
  if (isSetAside) return 'aside';
  if (state !== 'read') return state;
  if (problems.has(id)) return 'problem';
  return doubles.has(id) ? 'double' : 'read';
}

/** Which page it is, where that is not the only one. */
export function sayPage(t: TFunction, exam: Exam, { readAs }: Pick<SheetRecord, 'readAs'>): string {
  if (readAs === undefined) return '';
  if (exam.versions.length > 1) return t('sheets.versionPage', { ...readAs });
  return t('sheets.page', { page: readAs.page });
}
