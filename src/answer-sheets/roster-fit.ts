/** Whether the numbers of a class list can be filled in on a sheet. */
import type { Exam, Student } from '#contract/exams.ts';

const mostDigits = 12;

/** As many digits as the class's numbers have; none where they cannot be bubbles: other signs, or too long. */
function digitsOf(students: readonly Student[]): number | undefined {
  const numbers = students.map(({ number }) => number).filter((number) => number !== '');
  const fits = numbers.length > 0 && numbers.every((number) => /^\d+$/.test(number) && number.length <= mostDigits);
  return fits ? Math.max(...numbers.map(({ length }) => length)) : undefined;
}

/** The exam with as many digits as the class's numbers need. */
export function fitNumberDigits(exam: Exam, students: readonly Student[]): Exam {
  const digits = digitsOf(students);
  if (digits === undefined) return exam;
  return { ...exam, look: { ...exam.look, studentNumber: { ...exam.look.studentNumber, digits } } };
}

/** Students whose number cannot be filled in on this sheet. */
export function findUnfitNumbers({ look }: Pick<Exam, 'look'>, students: readonly Student[]): readonly Student[] {
  const { form, digits } = look.studentNumber;
  if (form === 'none') return [];
  return students.filter(({ number }) => number !== '' && (!/^\d+$/.test(number) || number.length > digits));
}
