import { expect, test } from 'vitest';

import { listStudents } from './problem-students.ts';

const student = (id: string, lastName: string, number: string) => ({
  id,
  lastName,
  firstName: 'Ana',
  number,
  section: '',
});
const students = [student('1', 'Santos', '2010'), student('2', 'Ñuñez', '2011'), student('3', 'Cruz', '3010')];
const plain = { proposal: undefined, language: 'en' };

test('by name, the proposal before them', () => {
  expect(listStudents(students, '', plain).map(({ id }) => id)).toEqual(['3', '2', '1']);
  expect(listStudents(students, '', { ...plain, proposal: students[0] }).map(({ id }) => id)).toEqual(['1', '3', '2']);
});

test('every word counts, without accents, in name or number', () => {
  expect(listStudents(students, 'nunez', plain).map(({ id }) => id)).toEqual(['2']);
  expect(listStudents(students, 'ana 010', plain).map(({ id }) => id)).toEqual(['3', '1']);
  expect(listStudents(students, 'santos 3010', plain)).toEqual([]);
});
