/** The fields of a sheet with everything that is shown of them. Pure. */
import { boxLabels, findVersion } from '#contract/exam-fields.ts';
import type { Exam } from '#contract/exams.ts';
import type { FieldReading, ReadablePage } from '#contract/sheets.ts';
import type { SheetRecord } from '#src/store/records.ts';
import type { PaperScore } from './papers.ts';
import { describeField, mapQuestions } from './review-field.ts';
import { findRightMarks, signField } from './sheet-overlay-signs.ts';
import type { AnswerRow } from './sheet-view-answers.tsx';

/**
 * @param score of the paper that the sheet is part of; without it nothing is right or wrong
 * @returns questions as they are printed, then the other fields; none where no sheet was found
 */
export function listAnswerRows(
  exam: Exam,
  { reading, readAs, corrections, identity }: SheetRecord,
  page: ReadablePage | undefined,
  score: PaperScore | undefined,
): readonly AnswerRow[] {
  if (reading?.found !== true) return [];
  // Names are matched as a whole, and what is printed for a student was not written by one.
  const hidden = identity?.student === undefined ? [boxLabels.name] : Object.values(boxLabels);
  const isShown = ({ label }: FieldReading) => !hidden.some((prefix) => label.startsWith(prefix));
  const questions = mapQuestions(exam);
  const version = readAs === undefined ? undefined : findVersion(exam, readAs.version);
  const verdicts = new Map(score?.questions.map(({ questionId, verdict }) => [questionId, verdict]));
  const rows = reading.fields.filter(isShown).map((each): AnswerRow => {
    const field = describeField(each, page);
    const question = questions.get(each.label);
    const correction = corrections[each.label];
    const verdict = question === undefined ? undefined : verdicts.get(question.id);
    const rightMarks =
      question === undefined || version === undefined ? undefined : findRightMarks(exam, version, question, field);
    const signs = signField({ reading: each, correction, field, rightMarks, verdict });
    return { reading: each, field, question, correction, verdict, signs };
  });
  return [
    ...rows.filter(({ question }) => question !== undefined),
    ...rows.filter(({ question }) => question === undefined),
  ];
}
