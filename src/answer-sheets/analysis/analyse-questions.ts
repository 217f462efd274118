/** How each question did: how hard it was, whether it told strong from weak papers, and what was marked instead. */
import { planFields } from '#contract/exam-fields.ts';
import type { AnswerKey, Question, SheetLook } from '#contract/exams.ts';
import { groupBy } from '../group-by.ts';
import type { PaperAnswer, QuestionScore } from '../papers.ts';
import { correlate, findMean } from './describe-values.ts';

/** One paper's part in the analysis of a question. */
export interface QuestionResult {
  readonly answer: Pick<PaperAnswer, 'answer' | 'state'>;
  readonly score: QuestionScore;
  /** Of the whole paper, in points of the analysed questions. */
  readonly total: number;
}

/** What was marked. `option`: one that is printed; `answer`: as written, most frequent first; `several`: marks where one was asked. */
export interface MarkedChoice {
  readonly kind: 'option' | 'answer' | 'several' | 'blank';
  /** Empty for `several` and `blank`. */
  readonly answer: string;
  readonly isRight: boolean;
  readonly count: number;
  /** Of all papers, 0 to 1. */
  readonly share: number;
  readonly meanTotal: number | undefined;
  /** Among the upper and the lower group. */
  readonly upper: number;
  readonly lower: number;
}

export interface QuestionAnalysis {
  readonly questionId: string;
  /** Papers in which it counts. */
  readonly count: number;
  readonly difficulty: number | undefined;
  readonly pointBiserial: number | undefined;
  readonly itemRest: number | undefined;
  readonly upperLower: number | undefined;
  /** How large the upper and the lower group are. */
  readonly groups: { readonly upper: number; readonly lower: number };
  /** None for what is marked by hand. */
  readonly choices: readonly MarkedChoice[];
}

/**
 * - `difficulty`: share of the points that was earned, 0 to 1; of a question that is right or not, the share of right
 *   answers (Crocker and Algina, Introduction to Classical and Modern Test Theory, 1986, chapter 14).
 * - `pointBiserial`: correlation of the earned share with the total, the question included.
 * - `itemRest`: with the total of the other questions, so that a question does not speak for itself (Henrysson,
 *   "Correction of item-total correlations in item analysis", Psychometrika 28, 1963).
 * - `upperLower`: difficulty in the upper 27 % of the papers less that in the lower 27 % (Kelley, "The selection of upper
 *   and lower groups for the validation of test items", Journal of Educational Psychology 30, 1939).
 */
export function analyseQuestion(
  question: Question,
  key: AnswerKey | undefined,
  signs: SheetLook['optionSigns'],
  all: readonly QuestionResult[],
): QuestionAnalysis {
  const results = all.filter(({ score }) => score.most > 0);
  const shares = results.map(({ score }) => earnedShare(score));
  const totals = results.map(({ total }) => total);
  const rests = results.map(({ total, score }) => total - score.points);
  const { upper, lower } = chooseGroups(results);
  const [above, below] = [upper, lower].map((group) => findMean([...group].map(({ score }) => earnedShare(score))));
  return {
    questionId: question.id,
    count: results.length,
    difficulty: findMean(shares),
    pointBiserial: correlate(shares, totals),
    itemRest: correlate(shares, rests),
    upperLower: above === undefined || below === undefined ? undefined : above - below,
    groups: { upper: upper.size, lower: lower.size },
    choices: countChoices(question, key, signs, results, { upper, lower }),
  };
}

/** 0 to 1; points that were taken away count as none earned. */
export function earnedShare({ points, most }: QuestionScore): number {
  return most > 0 ? Math.max(0, points) / most : 0;
}

interface Groups {
  readonly upper: ReadonlySet<QuestionResult>;
  readonly lower: ReadonlySet<QuestionResult>;
}

const none: Groups = { upper: new Set(), lower: new Set() };

/**
 * 27 % of the papers at either end, at least one. Who ties with the last of a group belongs to it, so that the order of
 * the papers says nothing. No groups where they would meet.
 */
function chooseGroups(results: readonly QuestionResult[]): Groups {
  const size = Math.max(1, Math.round(results.length * 0.27));
  const rising = results.map(({ total }) => total).toSorted((a, b) => a - b);
  const [low, high] = [rising[size - 1], rising.at(-size)];
  if (low === undefined || high === undefined || low >= high) return none;
  return {
    upper: new Set(results.filter(({ total }) => total >= high)),
    lower: new Set(results.filter(({ total }) => total <= low)),
  };
}

function countChoices(
  question: Question,
  key: AnswerKey | undefined,
  signs: SheetLook['optionSigns'],
  results: readonly QuestionResult[],
  groups: Groups,
): readonly MarkedChoice[] {
  const { form } = question;
  if (form.kind === 'free' || form.kind === 'rubric') return [];
  const row = (
    kind: MarkedChoice['kind'],
    answer: string,
    isRight: boolean,
    those: readonly QuestionResult[],
  ): MarkedChoice => ({
    kind,
    answer,
    isRight,
    count: those.length,
    share: results.length === 0 ? 0 : those.length / results.length,
    meanTotal: findMean(those.map(({ total }) => total)),
    upper: those.filter((result) => groups.upper.has(result)).length,
    lower: those.filter((result) => groups.lower.has(result)).length,
  });

  const blanks = results.filter(({ answer }) => answer.state === 'blank');
  const marked = results.filter(({ answer }) => answer.state !== 'blank');
  const fields = planFields(question.id, form, signs);
  const hasOptions = fields.length === 1 && form.kind !== 'numeric' && form.kind !== 'matching';
  if (!hasOptions) {
    const rows = [...groupBy(marked, ({ answer }) => answer.answer)].map(([answer, those]) =>
      row(
        'answer',
        answer,
        those.some(({ score }) => score.verdict === 'right'),
        those,
      ),
    );
    return [...rows.toSorted((a, b) => b.count - a.count), row('blank', '', false, blanks)];
  }

  const takesSeveral = form.kind === 'multiple' || (form.kind === 'given' && form.multiple);
  const several = takesSeveral ? [] : marked.filter(({ answer }) => answer.state === 'multiple');
  const single = takesSeveral ? marked : marked.filter(({ answer }) => answer.state !== 'multiple');
  const options = fields[0]?.values ?? [];
  const right = (key?.accepted ?? [])
    .filter(({ points }) => points === undefined || points > 0)
    .map(({ answer }) => answer.toUpperCase());
  const has = (answer: string, option: string) => (takesSeveral ? answer.includes(option) : answer === option);
  const isKnown = (answer: string) => options.some((option) => option.toUpperCase() === answer);
  return [
    ...options.map((option) =>
      row(
        'option',
        option,
        right.some((answer) => has(answer, option.toUpperCase())),
        single.filter(({ answer }) => has(answer.answer, option)),
      ),
    ),
    ...(takesSeveral
      ? []
      : [
          row(
            'several',
            '',
            right.some((answer) => answer !== '' && !isKnown(answer)),
            several,
          ),
        ]),
    row('blank', '', false, blanks),
  ];
}
