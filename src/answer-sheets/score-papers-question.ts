/** What one answer is worth. */
import type { AnswerKey, MarkingRule, Question, QuestionForm } from '#contract/exams.ts';
import type { PaperAnswer, QuestionScore } from './papers.ts';
import { isNumberNear } from './score-papers-numbers.ts';

type Answered = Pick<PaperAnswer, 'answer' | 'state'>;

/**
 * Scores an answer by its key. A wrong answer is one that earns no share of the points; the rule's `wrongShare` is added
 * for it also where parts of an answer count.
 *
 * @param key without one, the question is open
 * @returns points that are not rounded
 */
export function scoreQuestion(
  question: Question,
  answered: Answered,
  key: AnswerKey | undefined,
  rule: MarkingRule,
): QuestionScore {
  const { id: questionId, form, standing } = question;
  if (standing === 'cancelled') return { questionId, verdict: 'cancelled', points: 0, most: 0 };
  const most = mostPoints(question, key);
  if (standing === 'bonus') return { questionId, verdict: 'bonus', points: most, most };
  const open: QuestionScore = { questionId, verdict: 'open', points: 0, most };
  const { state } = answered;
  if (state === 'doubtful' || state === 'missing') return open;
  if (form.kind === 'free' || form.kind === 'rubric') {
    const points = pointsByTeacher(question, answered);
    return points === undefined ? open : { questionId, verdict: verdictOf(points, most), points, most };
  }
  if (key === undefined) return open;
  const points = bestPoints(question, answered, key, rule);
  if (points > 0) return { questionId, verdict: verdictOf(points, most), points, most };
  if (state === 'blank') return { questionId, verdict: 'blank', points: rule.blankShare * question.points, most };
  // An accepted answer may be listed with points of its own below none.
  const listed = key.accepted.find((accepted) => isAccepted(form, answered, accepted.answer, key.tolerance));
  return { questionId, verdict: 'wrong', points: listed?.points ?? rule.wrongShare * question.points, most };
}

/** What a right answer gets: the dearest of those that are accepted. */
function mostPoints({ points, form }: Question, key: AnswerKey | undefined): number {
  if (key === undefined || form.kind === 'free' || form.kind === 'rubric') return points;
  return Math.max(0, ...key.accepted.map((accepted) => accepted.points ?? points));
}

function verdictOf(points: number, most: number): QuestionScore['verdict'] {
  if (points <= 0) return 'wrong';
  return points >= most ? 'right' : 'partial';
}

/** Bubbles 0 to `most` are shares of the question's points; what was given on the screen are points themselves. */
function pointsByTeacher({ form, points }: Question, { answer, state }: Answered): number | undefined {
  if (form.kind === 'rubric' && state === 'blank') return 0;
  if (answer === '' || state === 'multiple') return undefined;
  const given = Number(answer);
  if (!Number.isFinite(given)) return undefined;
  return form.kind === 'rubric' ? (given * points) / form.most : given;
}

function bestPoints(question: Question, answered: Answered, key: AnswerKey, rule: MarkingRule): number {
  const { form } = question;
  return Math.max(
    0,
    ...key.accepted.map((accepted) => {
      const points = accepted.points ?? question.points;
      if (isAccepted(form, answered, accepted.answer, key.tolerance)) return points;
      return answered.state === 'blank' ? 0 : points * partialShare(form, answered.answer, accepted.answer, rule);
    }),
  );
}

function isAccepted(form: QuestionForm, { answer, state }: Answered, accepted: string, tolerance?: number): boolean {
  // Two marks in one digit's column are no number, even if all of them in a row look like one.
  if (state === 'multiple' && (form.kind === 'numeric' || (form.kind === 'given' && form.fields.length > 1)))
    return false;
  if (form.kind === 'numeric') return isNumberNear(answer, accepted, tolerance);
  const [given, right] = [plain(answer), plain(accepted)];
  return form.kind === 'multiple' ? sortSigns(given) === sortSigns(right) : given === right;
}

function plain(answer: string): string {
  return answer.trim().toUpperCase();
}

function sortSigns(answer: string): string {
  return Array.from(answer).toSorted().join('');
}

/** 0 to below 1: how much of the accepted answer this one has, by the rule's `partial`. */
function partialShare(form: QuestionForm, answer: string, accepted: string, { partial }: MarkingRule): number {
  if (partial === 'none') return 0;
  const parts = countParts(form, plain(answer), plain(accepted));
  if (parts === undefined || parts.of === 0) return 0;
  if (partial === 'no-wrong') return parts.wrong > 0 ? 0 : parts.right / parts.of;
  return Math.max(0, parts.right - parts.wrong) / parts.of;
}

interface Parts {
  readonly right: number;
  readonly wrong: number;
  readonly of: number;
}

function countParts(form: QuestionForm, answer: string, accepted: string): Parts | undefined {
  if (form.kind === 'matching') return countPrompts(answer, accepted);
  if (form.kind === 'multiple') return countMarks(Array.from(answer), Array.from(accepted));
  if (form.kind !== 'given' || !form.multiple || form.fields.length !== 1) return undefined;
  const values = form.values.map(plain);
  return countMarks(splitValues(answer, values), splitValues(accepted, values));
}

function countMarks(marks: readonly string[], keyed: readonly string[]): Parts {
  const right = marks.filter((mark) => keyed.includes(mark)).length;
  return { right, wrong: marks.length - right, of: keyed.length };
}

/** A prompt that was left unmarked is neither right nor wrong, unless that is its key. */
function countPrompts(answer: string, accepted: string): Parts {
  const marks = Array.from(answer);
  const right = Array.from(accepted).filter((sign, at) => marks[at] === sign).length;
  const wrong = Array.from(accepted).filter((sign, at) => marks[at] !== sign && marks[at] !== '-').length;
  return { right, wrong, of: accepted.length };
}

function splitValues(answer: string, values: readonly string[]): readonly string[] {
  let rest = answer;
  return values.filter((value) => {
    if (value === '' || !rest.startsWith(value)) return false;
    rest = rest.slice(value.length);
    return true;
  });
}
