/** Scores of papers by the exam's key and rules. Nothing is stored: a changed key changes every score at once. */
import { findVersion } from '#contract/exam-fields.ts';
import {
  versionLetters,
  type AnswerKey,
  type Exam,
  type MarkingRule,
  type Question,
  type VersionLetter,
} from '#contract/exams.ts';
import { gradePercent, roundPoints } from './grade-papers.ts';
import { groupBy } from './group-by.ts';
import { keepUnchanged } from './keep-unchanged.ts';
import { findKey } from './key-find.ts';
import type { Paper, PaperAnswer, PaperScore, QuestionScore } from './papers.ts';
import { scoreQuestion } from './score-papers-question.ts';

/**
 * Points are added up unrounded and rounded once, halves away from zero, for each section and for the whole. The grade
 * follows from the percentage as it is shown.
 *
 * @returns in the order of `papers`; a question's own points are not rounded, and its `most` is 0 where it does not count
 */
export function scorePapers(exam: Exam, papers: readonly Paper[]): readonly PaperScore[] {
  const schemes = new Map(versionLetters.map((letter) => [letter, planScheme(exam, letter)]));
  // The store gives a new copy of the exam with every change of a sheet.
  const { questions, sections, rule, versions, shuffledBy, keys, grading } = exam;
  const judgedBy = JSON.stringify([questions, sections, rule, versions, shuffledBy, keys, grading]);
  return papers.map(({ key, version, answers }) => ({
    ...keepScore(answers, [judgedBy, version], () => scoreAnswers(exam, schemes.get(version) ?? [], answers)),
    key,
  }));
}

const keepScore = keepUnchanged<Omit<PaperScore, 'key'>>();

/** Questions that are added up together: a section's, as they are printed on a version, or those without a section. */
interface SchemePart {
  readonly id: string;
  readonly rule: MarkingRule;
  readonly bestOf: number | undefined;
  readonly questions: readonly { readonly question: Question; readonly key: AnswerKey | undefined }[];
}

function planScheme(exam: Exam, version: VersionLetter): readonly SchemePart[] {
  const sections = new Map(exam.sections.map((section) => [section.id, section]));
  const places = new Map(findVersion(exam, version)?.questionOrder.map((id, place) => [id, place]));
  const printed = exam.questions.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  // Questions of a section that is no longer there stand with those that have none.
  const groups = groupBy(printed, ({ section }) => (sections.has(section) ? section : ''));
  return [...groups].map(([id, questions]) => ({
    id,
    rule: sections.get(id)?.rule ?? exam.rule,
    bestOf: sections.get(id)?.bestOf,
    questions: questions.map((question) => ({ question, key: findKey(exam, version, question.id) })),
  }));
}

function scoreAnswers(
  exam: Exam,
  scheme: readonly SchemePart[],
  given: readonly PaperAnswer[],
): Omit<PaperScore, 'key'> {
  const { decimals } = exam.grading;
  const answers = new Map(given.map((answer) => [answer.questionId, answer]));
  const scores = new Map<string, QuestionScore>();
  const sums = new Map<string, Sum>();
  for (const { id, rule, bestOf, questions } of scheme) {
    const all = questions.map(({ question, key }) =>
      scoreQuestion(question, answers.get(question.id) ?? missingAnswer, key, rule),
    );
    const counted = chooseBest(all, bestOf);
    for (const score of counted) scores.set(score.questionId, score);
    sums.set(id, addUp(counted, rule));
  }
  const raw = [...sums.values()].reduce((sum, each) => sum + each.points, 0);
  const points = exam.rule.floorAtZero ? Math.max(0, raw) : raw;
  const most = [...sums.values()].reduce((sum, each) => sum + each.most, 0);
  const share = most > 0 ? Math.min(1, Math.max(0, points / most)) : 0;
  const percent = roundPoints(share * 100, decimals);
  const grade = gradePercent(percent, exam.grading);
  return {
    questions: exam.questions.flatMap(({ id }) => scores.get(id) ?? []),
    sections: exam.sections.map(({ id }) => {
      const sum = sums.get(id);
      return { id, points: roundPoints(sum?.points ?? 0, decimals), most: roundPoints(sum?.most ?? 0, decimals) };
    }),
    points: roundPoints(points, decimals),
    most: roundPoints(most, decimals),
    percent,
    grade: grade.name,
    passed: grade.passed,
    isFinal: ![...scores.values()].some(({ verdict, most: its }) => verdict === 'open' && its > 0),
  };
}

const missingAnswer: Pick<PaperAnswer, 'answer' | 'state'> = { answer: '', state: 'missing' };

interface Sum {
  readonly points: number;
  readonly most: number;
}

function addUp(scores: readonly QuestionScore[], { floorAtZero }: MarkingRule): Sum {
  const points = scores.reduce((sum, score) => sum + score.points, 0);
  const most = scores.reduce((sum, score) => sum + score.most, 0);
  return { points: floorAtZero ? Math.max(0, points) : points, most };
}

/**
 * The first `bestOf` answered questions count, as they are printed; where fewer were answered, unanswered ones fill up, so
 * that there is as much to get for everyone. Bonus questions count besides.
 *
 * @returns the same questions; those that don't count are worth nothing
 */
function chooseBest(scores: readonly QuestionScore[], bestOf = scores.length): readonly QuestionScore[] {
  const asked = scores.filter(({ verdict }) => verdict !== 'bonus' && verdict !== 'cancelled');
  const answered = asked.filter(({ verdict }) => verdict !== 'blank');
  const unanswered = asked.filter(({ verdict }) => verdict === 'blank');
  const left = new Set([...answered, ...unanswered].slice(bestOf));
  return scores.map((score) => (left.has(score) ? { ...score, points: 0, most: 0 } : score));
}
