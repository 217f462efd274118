import { expect, test } from 'vitest';

import { type NamedDocument, arrangeDocuments } from './arrange-documents.ts';

const documents: NamedDocument[] = [
  ['Week 10 Science', 3, 1],
  ['Week 2 Science', 1, 3],
  ['Señora Peña', 2, 2],
].map(([name, createdAt, updatedAt], index) => ({
  id: String(index),
  name: String(name),
  givenName: String(name),
  createdAt: Number(createdAt),
  updatedAt: Number(updatedAt),
  pageIds: [],
}));

const namesOf = (query: string, order: 'changed' | 'created' | 'name') =>
  arrangeDocuments(documents, { query, order, language: 'en' }).map(({ name }) => name);

test('documents come in the order that was asked for', () => {
  expect(namesOf('', 'created')).toEqual(['Week 10 Science', 'Señora Peña', 'Week 2 Science']);
  expect(namesOf('', 'changed')).toEqual(['Week 2 Science', 'Señora Peña', 'Week 10 Science']);
  expect(namesOf('', 'name')).toEqual(['Señora Peña', 'Week 2 Science', 'Week 10 Science']);
});

test.each([
  ['pena', ['Señora Peña']],
  ['SCIENCE 2', ['Week 2 Science']],
  ['  week  ', ['Week 2 Science', 'Week 10 Science']],
  ['homework', []],
])('“%s” finds %j', (query, found) => {
  expect(namesOf(query, 'name')).toEqual(found);
});
