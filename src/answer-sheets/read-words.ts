/** What sheets, students and fields are called on the screens that read and review. */
import type { TFunction } from 'i18next';

import type { Question, Student } from '#contract/exams.ts';
import type { ListedSheet } from '#src/store/records.ts';
import type { Paper } from './papers.ts';
import { nameStudent } from './results-rows.ts';
import { nameField } from './review-field.ts';

/** Sheets are numbered in the order in which they came, from 1. */
export function numberSheets(sheets: readonly Pick<ListedSheet, 'id'>[]): ReadonlyMap<string, number> {
  return new Map(sheets.map(({ id }, index) => [id, index + 1]));
}

/** The student's name; the number where there is none. */
export function nameOrNumber(student: Student): string {
  const name = nameStudent(student);
  return name === '' ? student.number : name;
}

/** Whose paper it is, as far as anybody knows. */
export function nameOwner(t: TFunction, paper: Pick<Paper, 'student' | 'numberRead'> | undefined): string {
  if (paper?.student !== undefined) return nameOrNumber(paper.student);
  const number = paper?.numberRead ?? '';
  return number === '' ? t('sheets.nobody') : t('sheets.numberRead', { number });
}

export function sayField(t: TFunction, label: string, question: Question | undefined): string {
  const { kind, ...name } = nameField(label, question);
  return t(`sheets.field.${kind}`, name);
}

/** A field's value in words: its marks, or that there are none. */
export function sayMarks(t: TFunction, marks: readonly string[]): string {
  return marks.length === 0 ? t('sheets.nothingMarked') : marks.join(', ');
}

/** The paper that each sheet belongs to. */
export function papersBySheet(papers: readonly Paper[]): ReadonlyMap<string, Paper> {
  return new Map(papers.flatMap((paper) => paper.sheetIds.map((id) => [id, paper] as const)));
}
