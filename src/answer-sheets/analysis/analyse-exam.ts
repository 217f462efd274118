/** What an exam's scores say about the class, the exam and each of its questions. */
import type { Exam, Question, VersionLetter } from '#contract/exams.ts';
import { roundPoints } from '../grade-papers.ts';
import { findKey } from '../key-find.ts';
import type { Paper, PaperAnswer, PaperScore, QuestionScore } from '../papers.ts';
import { analyseQuestion, earnedShare, type QuestionAnalysis } from './analyse-questions.ts';
import { binPercentages, describeValues, type Bin, type Description } from './describe-values.ts';
import { measureReliability, sumByPaper, type Reliability, type ScoredQuestion } from './measure-reliability.ts';

/** A section or a tag: how much of its points was earned. */
export interface PartAnalysis {
  /** Of the section, or the tag itself. */
  readonly id: string;
  readonly name: string;
  readonly questionIds: readonly string[];
  readonly most: number;
  /** Of each paper's percentage in this part, questions alone: without a section's floor. */
  readonly percent: Description;
  readonly alpha: number | undefined;
}

export interface ExamAnalysis {
  /** Keys of the papers that were left out as something in them is still open. */
  readonly openPapers: readonly string[];
  /** Questions that are open in every paper, such as those without a key; they are left out everywhere. */
  readonly openQuestions: readonly string[];
  /** As each paper's score says them. */
  readonly points: Description;
  readonly percent: Description;
  readonly histogram: readonly Bin[];
  /** Papers that passed. */
  readonly passed: number;
  readonly reliability: Reliability;
  /** Cancelled and bonus questions tell nothing and are not among them. */
  readonly questions: readonly QuestionAnalysis[];
  readonly sections: readonly PartAnalysis[];
  readonly tags: readonly PartAnalysis[];
  readonly versions: readonly { readonly version: VersionLetter; readonly percent: Description }[];
  /**
   * The teacher shuffled and there are papers of several versions: the same place holds different questions, so those,
   * reliability, sections and tags are told for one version only.
   */
  readonly needsVersion: boolean;
}

/** A paper with its score, by question. */
interface ScoredPaper {
  readonly paper: Paper;
  readonly score: PaperScore;
  readonly answers: ReadonlyMap<string, PaperAnswer>;
  readonly questions: ReadonlyMap<string, QuestionScore>;
}

/**
 * @param scores of the papers, in their order
 * @param version only its papers; all without it
 */
export function analyseExam(
  exam: Exam,
  papers: readonly Paper[],
  scores: readonly PaperScore[],
  version?: VersionLetter,
): ExamAnalysis {
  const scored = papers.flatMap((paper, at): ScoredPaper[] => {
    const score = scores[at];
    if (score === undefined || (version !== undefined && paper.version !== version)) return [];
    const answers = new Map(paper.answers.map((answer) => [answer.questionId, answer]));
    const questions = new Map(score.questions.map((question) => [question.questionId, question]));
    return [{ paper, score, answers, questions }];
  });
  const openQuestions = exam.questions.flatMap(({ id }) => {
    const isOpenIn = ({ questions }: ScoredPaper) => isOpen(questions.get(id));
    return scored.length > 0 && scored.every(isOpenIn) ? [id] : [];
  });
  const isSettled = ({ score }: ScoredPaper) =>
    !score.questions.some((each) => isOpen(each) && !openQuestions.includes(each.questionId));
  const settled = scored.filter(isSettled);
  const letters = exam.versions.map(({ letter }) => letter).filter((letter) => settled.some(isOf(letter)));
  const needsVersion = exam.shuffledBy === 'own' && letters.length > 1;
  const percentages = settled.map(({ score }) => score.percent);
  const items = needsVersion ? [] : listItems(exam, settled, new Set(openQuestions));
  // Who has the same points ties, whatever binary fractions make of the sum.
  const totals = sumByPaper(items.map(({ points }) => points)).map((total) => roundPoints(total, 9));
  return {
    openPapers: scored.filter((each) => !isSettled(each)).map(({ paper }) => paper.key),
    openQuestions,
    points: describeValues(settled.map(({ score }) => score.points)),
    percent: describeValues(percentages),
    histogram: binPercentages(percentages),
    passed: settled.filter(({ score }) => score.passed).length,
    reliability: measureItems(items),
    questions: items.map(({ question, scores: its }) => {
      const key = findKey(exam, version ?? letters[0] ?? 'A', question.id);
      const results = settled.flatMap(({ answers }, at) => {
        const answer = answers.get(question.id);
        const score = its[at];
        return answer === undefined || score === undefined ? [] : [{ answer, score, total: totals[at] ?? 0 }];
      });
      return analyseQuestion(question, key, exam.look.optionSigns, results);
    }),
    sections: exam.sections.flatMap(({ id, name }) =>
      analysePart(
        id,
        name,
        items.filter(({ question }) => question.section === id),
      ),
    ),
    tags: [...new Set(items.flatMap(({ question }) => question.tags))]
      .toSorted((a, b) => a.localeCompare(b))
      .flatMap((tag) =>
        analysePart(
          tag,
          tag,
          items.filter(({ question }) => question.tags.includes(tag)),
        ),
      ),
    versions: letters.map((letter) => ({
      version: letter,
      percent: describeValues(settled.filter(isOf(letter)).map(({ score }) => score.percent)),
    })),
    needsVersion,
  };
}

function isOpen(score: QuestionScore | undefined): boolean {
  return score?.verdict === 'open' && score.most > 0;
}

function isOf(letter: VersionLetter) {
  return ({ paper }: ScoredPaper) => paper.version === letter;
}

interface Item extends ScoredQuestion {
  readonly question: Question;
  /** One for each paper. */
  readonly scores: readonly QuestionScore[];
}

function listItems(exam: Exam, papers: readonly ScoredPaper[], left: ReadonlySet<string>): readonly Item[] {
  return exam.questions.flatMap((question) => {
    if (question.standing !== 'counts' || left.has(question.id)) return [];
    const missing: QuestionScore = { questionId: question.id, verdict: 'open', points: 0, most: 0 };
    const scores = papers.map(({ questions }) => questions.get(question.id) ?? missing);
    return [{ question, scores, points: scores.map(({ points }) => points), shares: scores.map(earnedShare) }];
  });
}

/** Nothing can be said of questions that students choose among: they did not all take the same test. */
function measureItems(items: readonly Item[]): Reliability {
  const isChosen = items.some(({ scores }) => scores.some(({ most }) => most === 0));
  return measureReliability(isChosen ? [] : items);
}

function analysePart(id: string, name: string, items: readonly Item[]): readonly PartAnalysis[] {
  if (items.length === 0) return [];
  const points = sumByPaper(items.map((item) => item.points));
  const most = sumByPaper(items.map(({ scores }) => scores.map((score) => score.most)));
  const percentages = points.flatMap((sum, at) => {
    const of = most[at] ?? 0;
    return of > 0 ? [(sum / of) * 100] : [];
  });
  return [
    {
      id,
      name,
      questionIds: items.map(({ question }) => question.id),
      most: Math.max(0, ...most),
      percent: describeValues(percentages),
      alpha: measureItems(items).alpha,
    },
  ];
}
