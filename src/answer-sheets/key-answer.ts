/** Answers that are typed out. */
import { planFields } from '#contract/exam-fields.ts';
import type { QuestionForm, SheetLook } from '#contract/exams.ts';

/**
 * An answer as the sheet's bubbles can say it: capital letters, a decimal point, no zeros that say nothing. The empty
 * text is no answer.
 *
 * @returns `undefined` for what cannot be marked on this question's sheet
 */
export function readTypedAnswer(form: QuestionForm, text: string, signs: SheetLook['optionSigns']): string | undefined {
  const typed = text.trim().toUpperCase();
  if (typed === '') return '';
  if (form.kind === 'numeric') return readNumber(form, typed);
  if (form.kind === 'given') return typed.length <= 80 ? text.trim() : undefined;
  const fields = planFields('q', form, signs);
  const values = fields[0]?.values ?? [];
  const marks = Array.from(typed.replaceAll(/[\s,;]/g, ''));
  if (form.kind === 'matching') {
    if (marks.length > fields.length || marks.some((mark) => mark !== '-' && !values.includes(mark))) return undefined;
    const answer = marks.join('').padEnd(fields.length, '-');
    return /^-*$/.test(answer) ? '' : answer;
  }
  const isKnown = marks.every((mark) => values.includes(mark)) && new Set(marks).size === marks.length;
  if (!isKnown || (form.kind !== 'multiple' && marks.length > 1)) return undefined;
  return values.filter((value) => marks.includes(value)).join('');
}

function readNumber(form: Extract<QuestionForm, { kind: 'numeric' }>, typed: string): string | undefined {
  // The true minus and the dash of a word processor mean the same.
  const number = typed.replaceAll(/[\u2212\u2013]/g, '-').replace(',', '.');
  const [, minus = '', whole = '', behind = ''] = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(number) ?? [];
  if (!/\d/.test(number) || !/^-?\d*\.?\d*$/.test(number)) return undefined;
  if (whole.length > form.digits || behind.length > form.decimals || (minus !== '' && !form.sign)) return undefined;
  const value = `${whole === '' ? '0' : whole}${behind === '' ? '' : `.${behind}`}`;
  return value === '0' ? value : `${minus}${value}`;
}
