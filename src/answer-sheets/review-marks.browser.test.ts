import { createElement, useMemo } from 'react';
import { type Root, createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { ExamRecord, SheetRecord } from '#src/store/records.ts';
import { storeSheets } from '#src/store/store-sheets.ts';
import { openStore, theStore } from '#src/store/store.ts';
import { startTranslations } from '#src/ui/translations/translations.ts';
import { newExam } from './edit-exam.ts';
import { papersBySheet, numberSheets } from './read-words.ts';
import { ReviewMarks } from './review-marks.tsx';
import { makeExamRecord, makeSheetRecord } from './testing/make-sheet-record.ts';
import { useAssembled } from './use-exams.ts';

let root: Root;
let place: HTMLElement;
const record = makeExamRecord(newExam({ title: 'Quiz', questions: 4 }));

/** The review over the sheets of the store, as the step shows it. */
function Reviewing({ of }: { readonly of: ExamRecord }) {
  const view = useAssembled(of);
  const sheets = useMemo(() => new Map((view?.sheets ?? []).map((sheet) => [sheet.id, sheet])), [view]);
  if (view === undefined || view.sheets.length === 0) return null;
  return createElement(ReviewMarks, {
    record: of,
    doubts: view.assembled.doubts,
    sheets,
    numbers: numberSheets(view.sheets),
    papers: papersBySheet(view.assembled.papers),
    pageOf: noPage,
    done: createElement('p', undefined, 'All done'),
  });
}

/** Without a page there is no picture; keys and words are there. */
const noPage = () => undefined;

beforeAll(async () => {
  await startTranslations('en');
  await openStore();
});

beforeEach(async () => {
  const { db } = theStore();
  await db.exams.put(record);
  await storeSheets(db, [
    makeSheetRecord(1, { marks: { q1: 'B?', q2: 'C', q3: 'AB?' }, confidence: 0.4 }),
    makeSheetRecord(2, { marks: { q1: 'A', q2: '?' }, confidence: 0.6 }),
  ]);
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
  root.render(createElement(MemoryRouter, undefined, createElement(Reviewing, { of: record })));
  await shows('Question 1');
});

afterEach(async () => {
  root.unmount();
  place.remove();
  await theStore().db.sheets.clear();
});

const heading = () => place.querySelector('h2')?.textContent;

async function shows(name: string): Promise<void> {
  await expect.poll(heading).toBe(name);
}

async function decided(): Promise<readonly string[]> {
  const sheets: readonly SheetRecord[] = await theStore().db.sheets.orderBy('id').toArray();
  return sheets.flatMap(({ id, corrections }) =>
    Object.entries(corrections).map(([label, { corrected }]) => `${id} ${label} ${corrected}`),
  );
}

test('Enter accepts what was read, a letter and the space bar decide, and the least sure come first', async () => {
  await userEvent.keyboard('{Enter}');
  await shows('Question 3');
  await userEvent.keyboard('a');
  await shows('Question 2');
  await userEvent.keyboard(' ');
  await expect.poll(() => place.textContent).toBe('All done');
  expect(await decided()).toEqual(['sheet-1 q1 B', 'sheet-1 q3 A', 'sheet-2 q2 ']);
});

test('Backspace goes back to what was decided, which can be decided anew', async () => {
  await userEvent.keyboard('{Enter}');
  await shows('Question 3');
  await expect.poll(decided).toEqual(['sheet-1 q1 B']);
  await userEvent.keyboard('{Backspace}');
  await shows('Question 1');
  await expect.poll(() => place.textContent).toContain('Decided: B');
  await userEvent.keyboard('d');
  await shows('Question 3');
  await expect.poll(decided).toEqual(['sheet-1 q1 D']);
});

test('Enter after a click does not press that key once more for the next mark', async () => {
  const key = [...place.querySelectorAll('button')].find(({ textContent }) => textContent === 'D');
  if (key === undefined) throw new Error('There is no key D.');
  await userEvent.click(key);
  await shows('Question 3');
  await userEvent.keyboard('{Enter}');
  await shows('Question 2');
  await expect.poll(decided).toEqual(['sheet-1 q1 D', 'sheet-1 q3 AB']);
});

test('what is left for later is asked for again', async () => {
  await userEvent.keyboard('{ArrowRight}');
  await shows('Question 3');
  await userEvent.keyboard('{Enter}{Enter}');
  await shows('1 left for later');
  expect(await decided()).not.toContain('sheet-1 q1 B');
  await userEvent.click([...place.querySelectorAll('button')].at(-1) ?? place);
  await shows('Question 1');
});
