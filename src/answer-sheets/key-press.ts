/** What a press on a bubble of the printed sheet does to the key. */
import { planFields } from '#contract/exam-fields.ts';
import type { Exam, Question, QuestionForm, VersionLetter } from '#contract/exams.ts';
import { readTypedAnswer } from './key-answer.ts';
import { choicesOf, chooseOption, readKey, writeKey } from './key-entry.ts';
import type { PressedBubble } from './sheet-preview-bubbles.ts';

/** The exam with this bubble filled, or emptied where it was filled. Bubbles of no question, as those of the student number, do nothing. */
export function pressBubble(exam: Exam, version: VersionLetter, { label, value }: PressedBubble): Exam {
  const signs = exam.look.optionSigns;
  for (const question of exam.questions) {
    const place = planFields(question.id, question.form, signs).findIndex((field) => field.label === label);
    if (place === -1) continue;
    const key = readKey(exam, version, question);
    const choices = choicesOf(question, signs);
    if (choices.length > 0) return writeKey(exam, version, question, chooseOption(question, key, value, choices));
    const typed = pressTyped(question, key?.accepted[0]?.answer ?? '', place, value);
    const answer = typed === undefined ? undefined : readTypedAnswer(question.form, typed, signs);
    return answer === undefined ? exam : writeKey(exam, version, question, { ...key, accepted: [{ answer }] });
  }
  return exam;
}

/** @param place of the pressed field among those of the question */
function pressTyped({ form }: Question, answer: string, place: number, value: string): string | undefined {
  if (form.kind === 'matching') {
    const signs = Array.from(answer.padEnd(form.prompts, '-'));
    signs[place] = signs[place] === value ? '-' : value;
    return signs.join('');
  }
  return form.kind === 'numeric' ? pressDigit(form, answer, place, value) : undefined;
}

/** Places between two digits count as zeros, as nobody means a number with a hole. */
function pressDigit(
  form: Extract<QuestionForm, { kind: 'numeric' }>,
  answer: string,
  place: number,
  value: string,
): string {
  const [, minus = '', whole = '', behind = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(answer) ?? [];
  if (form.sign && place === 0) return `${minus === '' ? '-' : ''}${answer.replace('-', '')}`;
  const digits = Array.from(`${whole.padStart(form.digits)}${behind.padEnd(form.decimals)}`);
  const at = form.sign ? place - 1 : place;
  digits[at] = digits[at] === value ? ' ' : value;
  const front = digits.slice(0, form.digits).join('').trimStart().replaceAll(' ', '0');
  const back = digits.slice(form.digits).join('').trimEnd().replaceAll(' ', '0');
  if (front === '' && back === '') return '';
  return `${minus}${front === '' ? '0' : front}${back === '' ? '' : `.${back}`}`;
}
