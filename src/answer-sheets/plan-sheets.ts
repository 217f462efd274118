import { orderQuestions } from '#contract/exam-fields.ts';
import type { Exam } from '#contract/exams.ts';
import type { SheetPlan, SheetWords } from '#contract/sheets.ts';

/** What laying out an exam's sheets needs, one plan a version. Where bubbles lie does not depend on the words. */
export function planSheets(exam: Exam, examCode: string, words: SheetWords): readonly SheetPlan[] {
  const { title, subject, date, className, look } = exam;
  return exam.versions.map((version) => ({
    examCode,
    title,
    subject,
    date,
    className,
    version: version.letter,
    namesVersion: exam.versions.length > 1,
    look,
    questions: orderQuestions(exam, version).map(({ id, label, form, points }) => ({ id, label, form, points })),
    words,
  }));
}
