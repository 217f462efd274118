/** Scores of papers by the exam's key and rules. Nothing is kept: a changed key changes every score at once. */
import { findVersion } from '#contract/exam-fields.ts';
import type { Exam, ExamSection, MarkingRule, Question } from '#contract/exams.ts';
import { gradePercent, roundPoints } from './grade-papers.ts';
import { groupBy } from './group-by.ts';
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
  const sections = new Map(exam.sections.map((section) => [section.id, section]));
  // Questions of a section that is no longer there stand with those that have none.
  const groups = groupBy(exam.questions, ({ section }) => (sections.has(section) ? section : ''));
  return papers.map((paper) => scorePaper(exam, paper, sections, groups));
}

function scorePaper(
  exam: Exam,
  paper: Paper,
  sections: ReadonlyMap<string, ExamSection>,
  groups: ReadonlyMap<string, readonly Question[]>,
): PaperScore {
  const { key, version } = paper;
  const { decimals } = exam.grading;
  const answers = new Map(paper.answers.map((answer) => [answer.questionId, answer]));
  const places = new Map(findVersion(exam, version)?.questionOrder.map((id, place) => [id, place]));
  const scores = new Map<string, QuestionScore>();
  const sums = new Map<string, Sum>();
  for (const [id, questions] of groups) {
    const section = sections.get(id);
    const rule = section?.rule ?? exam.rule;
    const printed = questions.toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
    const all = printed.map((question) => {
      const answer = answers.get(question.id) ?? missingAnswer;
      return scoreQuestion(question, answer, findKey(exam, version, question.id), rule);
    });
    const counted = chooseBest(all, section?.bestOf);
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
    key,
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
