/** Whose sheet it is: numbers as they are read or printed, against the class list. */
import type { Roster, Student } from '#contract/exams.ts';
import type { SettledField } from './assemble-papers-fields.ts';
import { groupBy } from './group-by.ts';

/** `?` stands for a digit that is not sure, or missing between others. */
export interface ReadNumber {
  /** Digits from the first marked to the last; empty where none is marked. */
  readonly digits: string;
  /** With `?` for every place, also unmarked ones before and behind. */
  readonly places: string;
}

/** The student number of a sheet from its fields `number.1`, `number.2`, … */
export function readStudentNumber(fields: ReadonlyMap<string, SettledField>): ReadNumber {
  let places = '';
  const marked: number[] = [];
  for (let place = 1; ; place++) {
    const field = fields.get(`number.${place}`);
    if (field === undefined) break;
    if (field.state !== 'blank') marked.push(place - 1);
    places += field.state === 'marked' ? field.value : '?';
  }
  const [first, last] = [marked[0], marked.at(-1)];
  if (first === undefined || last === undefined) return { digits: '', places };
  return { digits: places.slice(first, last + 1), places };
}

export interface StudentMatcher {
  /** The one student with this number, leading zeros and signs between digits ignored where that is not ambiguous. */
  readonly find: (number: string) => Student | undefined;
  /** Students whose number differs in exactly one place, `?` included. */
  readonly findNear: (number: ReadNumber) => readonly Student[];
  readonly findById: (id: string) => Student | undefined;
}

export function matchStudents(roster: Roster | undefined): StudentMatcher {
  const students = (roster?.students ?? []).map((student) => ({ student, sign: plainNumber(student.number) }));
  const exact = groupBy(students, ({ sign }) => sign);
  const withoutZeros = groupBy(students, ({ sign }) => stripZeros(sign));
  const byId = new Map(students.map(({ student }) => [student.id, student]));
  return {
    find: (number) => {
      const sign = plainNumber(number);
      if (sign === '' || number.includes('?')) return undefined;
      const found = exact.get(sign) ?? withoutZeros.get(stripZeros(sign));
      return found?.length === 1 ? found[0]?.student : undefined;
    },
    findNear: ({ digits, places }) => {
      const near = new Set<Student>();
      for (const read of new Set([digits, places])) {
        if (read === '') continue;
        for (const { student, sign } of students)
          if (sign !== '' && countDiffering(read, sign.padStart(read.length, '0')) === 1) near.add(student);
      }
      return [...near];
    },
    findById: (id) => byId.get(id),
  };
}

/** Numbers are written with dashes and blanks in lists, and without them in bubbles. */
function plainNumber(number: string): string {
  return number.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

function stripZeros(sign: string): string {
  return sign.replace(/^0+(?=.)/, '');
}

function countDiffering(a: string, b: string): number {
  if (a.length !== b.length) return Infinity;
  let count = 0;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) count++;
  return count;
}
