/** Whose sheet it is: numbers as they are read or printed, against the class list. */
import { boxLabels } from '#contract/exam-fields.ts';
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

/**
 * The student number of a sheet. Where it is marked and written, bubbles say each digit, and boxes what the bubbles leave
 * open.
 */
export function readStudentNumber(fields: NumberFields): ReadNumber {
  let places = '';
  const marked: number[] = [];
  fields.forEach(({ state, value }, place) => {
    if (state !== 'blank') marked.push(place);
    places += state === 'marked' ? value : '?';
  });
  const [first, last] = [marked[0], marked.at(-1)];
  if (first === undefined || last === undefined) return { digits: '', places };
  return { digits: places.slice(first, last + 1), places };
}

/** The field that says each digit of the number. */
export type NumberFields = readonly SettledField[];

export function markedNumber(fields: ReadonlyMap<string, SettledField>): NumberFields {
  return listPlaces(fields, 'number.');
}

export function boxedNumber(fields: ReadonlyMap<string, SettledField>): NumberFields {
  return listPlaces(fields, boxLabels.number);
}

/** Fields `<prefix>1`, `<prefix>2`, … as far as they go. */
export function listPlaces(fields: ReadonlyMap<string, SettledField>, prefix: string): readonly SettledField[] {
  const found: SettledField[] = [];
  for (let place = 1; ; place++) {
    const field = fields.get(`${prefix}${place}`);
    if (field === undefined) return found;
    found.push(field);
  }
}

/** Bubbles and boxes of the number put together, place by place. */
export function joinNumbers(marked: NumberFields, boxed: NumberFields): NumberFields {
  if (marked.length === 0 || boxed.every(({ state }) => state === 'blank')) return marked.length === 0 ? boxed : marked;
  return marked.map((bubbles, place) => {
    const box = boxed[place];
    return box === undefined || box.state === 'blank' || bubbles.state === 'marked' ? bubbles : box;
  });
}

/** Whether some digit is marked as one and written as another, both for sure. */
export function doNumbersDiffer(marked: NumberFields, boxed: NumberFields): boolean {
  return marked.some((bubbles, place) => {
    const box = boxed[place];
    return bubbles.state === 'marked' && box?.state === 'marked' && bubbles.value !== box.value;
  });
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
