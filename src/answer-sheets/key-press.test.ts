import { expect, test } from 'vitest';

import { planFields } from '#contract/exam-fields.ts';
import type { Exam, QuestionForm, VersionLetter } from '#contract/exams.ts';
import { newExam } from './edit-exam.ts';
import { setVersions } from './exam-versions.ts';
import { readKey } from './key-entry.ts';
import { pressBubble } from './key-press.ts';

const examOf = (form: QuestionForm): Exam => {
  const exam = newExam({ title: '', questions: 1 });
  return { ...exam, questions: exam.questions.map((question) => ({ ...question, form })) };
};

/** Presses `place=value` one after the other and says the key. */
function pressAll(exam: Exam, presses: readonly string[], version: VersionLetter = 'A'): string | undefined {
  const [question] = exam.questions;
  if (question === undefined) throw new Error('no question');
  const fields = planFields(question.id, question.form, 'letters');
  const pressed = presses.reduce((before, press) => {
    const [place = '', value = ''] = press.split('=');
    return pressBubble(before, version, { label: fields[Number(place)]?.label ?? '', value });
  }, exam);
  return readKey(pressed, version, question)
    ?.accepted.map(({ answer }) => answer)
    .join('/');
}

const number = { kind: 'numeric', digits: 3, decimals: 1, sign: true } as const;

test.each<[string, QuestionForm, readonly string[], string | undefined]>([
  ['the last option holds', { kind: 'single', options: 4 }, ['0=B', '0=C'], 'C'],
  ['a second press takes it back', { kind: 'single', options: 4 }, ['0=B', '0=B'], undefined],
  ['several marks add up', { kind: 'multiple', options: 4 }, ['0=D', '0=A', '0=B', '0=A'], 'BD'],
  ['false is an option', { kind: 'true-false' }, ['0=F'], 'F'],
  ['matching goes by its rows', { kind: 'matching', options: 5, prompts: 3 }, ['2=E', '0=A', '2=E', '1=B'], 'AB-'],
  ['digits stand at their places', number, ['2=2', '3=5'], '25'],
  ['a place between two digits is a zero', number, ['1=4', '3=7'], '407'],
  ['a sign and a decimal', number, ['3=1', '4=5', '0=-'], '-1.5'],
  ['the last digit taken back leaves none', number, ['3=1', '3=1'], undefined],
])('%s', (_what, form, presses, key) => {
  expect(pressAll(examOf(form), presses)).toBe(key);
});

test('a bubble of a shuffled version is the option that stands there', () => {
  const exam = setVersions(
    newExam({ title: '', questions: 1 }),
    { count: 2, by: 'papel', questions: false, options: true },
    3,
  );
  const [question] = exam.questions;
  const order = exam.versions[1]?.optionOrder[question?.id ?? ''] ?? [];
  const pressed = pressBubble(exam, 'B', { label: question?.id ?? '', value: 'D' });
  expect(pressed.keys['A']?.[question?.id ?? '']?.accepted).toEqual([{ answer: 'ABCD'[order[3] ?? 0] }]);
});

test('bubbles of the student number are no answers', () => {
  const exam = newExam({ title: '', questions: 1 });
  expect(pressBubble(exam, 'A', { label: 'number.1', value: '3' })).toBe(exam);
});
