import { createElement, useEffect, useState } from 'react';
import { type Root, createRoot } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';

import type { Exam, VersionLetter } from '#contract/exams.ts';
import type { LaidOutPage } from '#contract/sheets.ts';
import { startTranslations } from '#src/ui/translations/translations.ts';
import { addQuestions, newExam } from './edit-exam.ts';
import { answersOf, readKey, writeKey } from './key-entry.ts';
import { KeyList } from './key-list.tsx';
import type { PressedBubble } from './sheet-preview-bubbles.ts';
import { SheetPreview } from './sheet-preview.tsx';

let root: Root;
let place: HTMLElement;
let shown: Exam;

beforeAll(async () => {
  await startTranslations('en');
});

beforeEach(() => {
  place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
});

afterEach(() => {
  root.unmount();
  place.remove();
});

/** The list over an exam that lives in the page alone. */
function Typing({ exam: first, version }: { readonly exam: Exam; readonly version: VersionLetter }) {
  const [exam, setExam] = useState(first);
  useEffect(() => {
    shown = exam;
  }, [exam]);
  return createElement(KeyList, {
    exam,
    version,
    onKey: (question, change) =>
      setExam((before) => writeKey(before, version, question, change(readKey(before, version, question)))),
    onMore: () => {},
  });
}

async function open(exam: Exam): Promise<void> {
  root.render(createElement(Typing, { exam, version: 'A' }));
  await expect.poll(() => place.querySelectorAll('[data-row]').length).toBe(exam.questions.length);
  place.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

/** Answers by question, `/` between several right ones and `.` where there is none. */
const key = () =>
  shown.questions.map((question) => answersOf(readKey(shown, 'A', question)).join('/') || '.').join(' ');
const row = () => document.activeElement?.closest('[data-row]')?.getAttribute('data-row');

test('letters choose and go on; Shift adds, Backspace takes back and goes back, arrows move', async () => {
  await open(newExam({ title: '', questions: 5 }));
  await userEvent.keyboard('abd');
  await expect.poll(key).toBe('A B D . .');
  expect(row()).toBe('3');
  // A letter that is no option does nothing.
  await userEvent.keyboard('z');
  expect(row()).toBe('3');
  await userEvent.keyboard('{Shift>}ca{/Shift}');
  await expect.poll(key).toBe('A B D C/A .');
  expect(row()).toBe('3');
  await userEvent.keyboard('{ArrowDown}{Backspace}');
  expect(row()).toBe('3');
  await userEvent.keyboard('{Backspace}');
  await expect.poll(key).toBe('A B D . .');
  await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowLeft}{Enter}');
  expect(row()).toBe('2');
  await expect.poll(key).toBe('A B D . .');
});

test('questions of several marks stay until Enter; numbers are kept on leaving, wrong ones are said and not kept', async () => {
  const start = newExam({ title: '', questions: 1 });
  const several = addQuestions(start, 1, { kind: 'multiple', options: 4 });
  const written = addQuestions(several, 1, { kind: 'free', lines: 2 });
  await open(addQuestions(written, 1, { kind: 'numeric', digits: 2, decimals: 1, sign: false }));
  await userEvent.keyboard('bda{Enter}');
  await expect.poll(key).toBe('B AD . .');
  // What is marked by hand is passed over.
  expect(row()).toBe('3');
  await userEvent.keyboard('123');
  await expect.poll(() => place.querySelector('[role=alert]')?.textContent).toContain('2 digits');
  await userEvent.keyboard('{ArrowUp}');
  expect(key()).toBe('B AD . .');
  await userEvent.keyboard('{ArrowDown}12,50{ArrowUp}');
  await expect.poll(key).toBe('B AD . 12.5');
});

test('one stop of the Tab key leads into the list, and the next out of it', async () => {
  await open(newExam({ title: '', questions: 4 }));
  expect(place.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  await userEvent.keyboard('ab{Tab}');
  expect(place.contains(document.activeElement)).toBe(false);
});

const page: LaidOutPage = {
  version: 'A',
  page: 1,
  pages: 1,
  design: {
    name: '',
    unit: 'mm',
    size: { width: 100, height: 50 },
    location: { by: 'page-outline' },
    blocks: [
      {
        name: '',
        fields: [
          {
            label: 'q1',
            kind: 'single',
            emptyValue: '',
            bubbles: ['A', 'B'].map((value, at) => ({ value, left: 20 + 10 * at, top: 20, width: 5, height: 5 })),
          },
        ],
      },
    ],
    customLabels: [],
    outputColumns: ['q1'],
  },
  printed: [],
  code: { left: 80, top: 5, width: 15, height: 15 },
  boxes: [],
};

test('a press on the preview means the bubble under it or beside it, and nothing far from any', async () => {
  const pressed: PressedBubble[] = [];
  place.style.width = '400px';
  root.render(createElement(SheetPreview, { page, label: 'Page', onPress: (bubble) => pressed.push(bubble) }));
  await expect.poll(() => place.querySelector('svg')).not.toBeNull();
  const svg = place.querySelector('svg');
  const press = async (xMm: number, yMm: number) =>
    svg !== null && userEvent.click(svg, { position: { x: xMm * 4, y: yMm * 4 } });
  await press(22, 22);
  await press(31, 18.5);
  await press(60, 40);
  expect(pressed).toEqual([
    { label: 'q1', value: 'A' },
    { label: 'q1', value: 'B' },
  ]);
});
