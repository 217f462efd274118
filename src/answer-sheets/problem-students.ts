/** The class list as it is searched for the owner of a sheet. Pure. */
import type { Student } from '#contract/exams.ts';

/** More than fit a dialog are not looked through by eye. */
const mostListed = 60;

interface Search {
  /** The likeliest: first, as long as it fits the query. */
  readonly proposal: Student | undefined;
  readonly language: string;
}

/** @returns students in whose name or number every word of the query is, by name; accents and case do not matter */
export function listStudents(
  students: readonly Student[],
  query: string,
  { proposal, language }: Search,
): readonly Student[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const order = new Intl.Collator(language, { numeric: true });
  const found = students
    .filter(({ number, lastName, firstName }) => {
      const text = fold(`${lastName} ${firstName} ${number}`);
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => {
      const first = Number(b.id === proposal?.id) - Number(a.id === proposal?.id);
      return first || order.compare(a.lastName, b.lastName) || order.compare(a.firstName, b.firstName);
    });
  return found.slice(0, mostListed);
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
