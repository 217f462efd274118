/** The key as it is typed: for one version, in the letters that stand on its sheet. */
import {
  findVersion,
  fromFirstVersion,
  orderQuestions,
  plainVersion,
  planFields,
  toFirstVersion,
} from '#contract/exam-fields.ts';
import type { AnswerKey, Exam, ExamVersion, Question, VersionLetter } from '#contract/exams.ts';
import type { PressedBubble } from './sheet-preview-bubbles.ts';

/** Where a version's key is kept, and how its options are said there. */
function placeOf(exam: Exam, letter: VersionLetter): { readonly keyOf: string; readonly version: ExamVersion } {
  const version = findVersion(exam, letter) ?? plainVersion(exam);
  return { keyOf: exam.shuffledBy === 'own' ? letter : 'A', version };
}

/** Whether a question is marked by its key: what a person marks has none, and what does not count needs none. */
function needsKey({ form, standing }: Question): boolean {
  return form.kind !== 'free' && form.kind !== 'rubric' && standing === 'counts';
}

/** Whether something can be typed for it. */
export function takesKey({ form }: Question): boolean {
  return form.kind !== 'free' && form.kind !== 'rubric';
}

/** Questions of a version as they are printed: labels number places, as on its sheet. */
export function questionsOf(exam: Exam, letter: VersionLetter): readonly Question[] {
  return orderQuestions(exam, placeOf(exam, letter).version).map((question, place) => ({
    ...question,
    label: exam.questions[place]?.label ?? question.label,
  }));
}

/** A question's key in the letters of a version's sheet. */
export function readKey(exam: Exam, letter: VersionLetter, question: Question): AnswerKey | undefined {
  const { keyOf, version } = placeOf(exam, letter);
  const key = exam.keys[keyOf]?.[question.id];
  if (key === undefined || exam.shuffledBy === 'own') return key;
  return {
    ...key,
    accepted: key.accepted.map((each) => ({
      ...each,
      answer: fromFirstVersion(each.answer, question, version, exam.look.optionSigns),
    })),
  };
}

/** The other way round. A key without an answer is none. */
export function writeKey(exam: Exam, letter: VersionLetter, question: Question, key: AnswerKey | undefined): Exam {
  const { keyOf, version } = placeOf(exam, letter);
  const { [question.id]: _before, ...others } = exam.keys[keyOf] ?? {};
  const accepted = (key?.accepted ?? [])
    .filter(({ answer }) => answer !== '')
    .map((each) =>
      exam.shuffledBy === 'own'
        ? each
        : { ...each, answer: toFirstVersion(each.answer, question, version, exam.look.optionSigns) },
    );
  const written =
    key === undefined || accepted.length === 0 ? others : { ...others, [question.id]: { ...key, accepted } };
  return { ...exam, keys: { ...exam.keys, [keyOf]: written } };
}

/** How many of the questions that need a key have one. */
export function countKeyed(exam: Exam, letter: VersionLetter): { readonly done: number; readonly of: number } {
  const { keyOf } = placeOf(exam, letter);
  const key = exam.keys[keyOf] ?? {};
  const needing = exam.questions.filter((question) => needsKey(question));
  return { done: needing.filter(({ id }) => Object.hasOwn(key, id)).length, of: needing.length };
}

/** Of all versions that have keys of their own. */
export function countAllKeyed(exam: Exam): { readonly done: number; readonly of: number } {
  const letters = exam.shuffledBy === 'own' ? exam.versions.map(({ letter }) => letter) : (['A'] as const);
  const counts = letters.map((letter) => countKeyed(exam, letter));
  return {
    done: counts.reduce((sum, { done }) => sum + done, 0),
    of: counts.reduce((sum, each) => sum + each.of, 0),
  };
}

/** The options to choose from by one key each; none where the answer is typed out. */
export function choicesOf({ id, form }: Question, signs: Exam['look']['optionSigns']): readonly string[] {
  const [field, ...others] = planFields(id, form, signs);
  if (field === undefined || others.length > 0 || form.kind === 'numeric') return [];
  return field.values;
}

/** The answers that a question accepts, without their points. */
export function answersOf(key: AnswerKey | undefined): readonly string[] {
  return key?.accepted.map(({ answer }) => answer) ?? [];
}

/** What choosing an option does. Of several marks each is put and taken away; of one mark the last one chosen holds. */
export function chooseOption(
  question: Question,
  key: AnswerKey | undefined,
  option: string,
  choices: readonly string[],
): AnswerKey {
  const accepted = key?.accepted ?? [];
  if (hasSeveralMarks(question)) {
    const [first, ...others] = accepted;
    const marks = new Set(first?.answer);
    if (!marks.delete(option)) marks.add(option);
    const answer = choices.filter((choice) => marks.has(choice)).join('');
    return { ...key, accepted: [{ ...first, answer }, ...others] };
  }
  const [only, ...others] = accepted;
  if (only?.answer === option && others.length === 0) return { ...key, accepted: [] };
  return { accepted: [{ answer: option }] };
}

/** One more right answer beside the others, or one less. */
export function toggleAlternative(key: AnswerKey | undefined, option: string): AnswerKey {
  const accepted = key?.accepted ?? [];
  return accepted.some(({ answer }) => answer === option)
    ? { ...key, accepted: accepted.filter(({ answer }) => answer !== option) }
    : { ...key, accepted: [...accepted, { answer: option }] };
}

export function hasSeveralMarks({ form }: Question): boolean {
  return form.kind === 'multiple' || (form.kind === 'given' && form.multiple);
}

/** Names of the bubbles that the key fills on a version's sheet. Of several right answers all are shown. */
export function filledBubbles(exam: Exam, letter: VersionLetter): readonly PressedBubble[] {
  const { version } = placeOf(exam, letter);
  return orderQuestions(exam, version).flatMap((question) => {
    const fields = planFields(question.id, question.form, exam.look.optionSigns);
    return answersOf(readKey(exam, letter, question)).flatMap((answer) => {
      if (question.form.kind === 'numeric') return numberBubbles(answer, question.form, fields);
      if (question.form.kind === 'matching') {
        return fields.map(({ label }, prompt) => ({ label, value: answer[prompt] ?? '' }));
      }
      return fields.flatMap(({ label, values }) =>
        values
          .filter((value) => (values.every(({ length }) => length === 1) ? answer.includes(value) : answer === value))
          .map((value) => ({ label, value })),
      );
    });
  });
}

function numberBubbles(
  answer: string,
  form: Extract<Question['form'], { kind: 'numeric' }>,
  fields: ReturnType<typeof planFields>,
): readonly PressedBubble[] {
  const [, minus = '', whole = '', behind = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(answer) ?? [];
  const places = `${whole.padStart(form.digits)}${behind.padEnd(form.decimals)}`;
  const digits = form.sign ? fields.slice(1) : fields;
  const bubbles = digits.map(({ label }, place) => ({ label, value: places[place]?.trim() ?? '' }));
  const sign = form.sign && minus !== '' ? [{ label: fields[0]?.label ?? '', value: '-' }] : [];
  return [...sign, ...bubbles.filter(({ value }) => value !== '')];
}
