import { orderQuestions } from '#contract/exam-fields.ts';
import type { Exam } from '#contract/exams.ts';
import type { SheetPlan, SheetWords } from '#contract/sheets.ts';

/** Whether a student writes characters in boxes, one each, on the sheets of this exam. */
export function hasWrittenBoxes({ look, questions }: Pick<Exam, 'look' | 'questions'>): boolean {
  const { form } = look.studentNumber;
  return (
    form === 'boxes' ||
    form === 'both' ||
    (look.nameBox && look.nameInBoxes === true) ||
    questions.some((question) => 'inBoxes' in question.form && question.form.inBoxes)
  );
}

/**
 * What laying out an exam's sheets needs, one plan a version. Labels number places: a shuffled version's first question has the
 * label of the exam's first, as its question paper has. Where bubbles lie does not depend on the words.
 */
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
    questions: orderQuestions(exam, version).map(({ id, label, form, points }, place) => ({
      id,
      label: exam.questions[place]?.label ?? label,
      form,
      points,
    })),
    words,
  }));
}
