/** A key as it is pasted or comes in a file: the letters in order, or a line for each question. */
import type { Exam, Question, VersionLetter } from '#contract/exams.ts';
import { changeQuestions } from './edit-exam.ts';
import { readTypedAnswer } from './key-answer.ts';
import { choicesOf, questionsOf, takesKey, writeKey } from './key-entry.ts';
import { splitKeyTable, type KeyRow } from './key-import-table.ts';

interface ImportedAnswer {
  readonly question: Question;
  /** Any of them is right. */
  readonly answers: readonly string[];
  /** What each of them is worth, where the text says so. */
  readonly points?: readonly (number | undefined)[];
}

interface ImportProblem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly reason: 'unknown-question' | 'not-markable' | 'by-hand' | 'no-answer' | 'twice' | 'too-many';
}

export interface ImportedKey {
  readonly found: readonly ImportedAnswer[];
  readonly problems: readonly ImportProblem[];
}

/** `12. B`, `12) B`, `12;B`, `"12","B"`, `12<tab>B`: the number or name of a question, then its answer. */
const numbered = /^"?([^\s,;:"]{1,40}?)"?\s*(?:[.):](?=\s)|[,;\t:]|\s)\s*(.*)$/;

/** What a file may say above its columns. */
const isHeading = (label: string, answer: string) =>
  !/\d/.test(label) && answer.length > 1 && /^[\p{L} _"]+/u.test(answer);

/**
 * Reads a key for a version, in the letters of its sheet. Several right answers of one question are parted by a slash or
 * a bar; a line that is not understood is named and leaves the others as they are.
 */
export function readKeyText(exam: Exam, version: VersionLetter, text: string): ImportedKey {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim());
  const questions = questionsOf(exam, version);
  const table = splitKeyTable(text);
  if (table !== undefined) return readTable(exam, version, questions, table);
  return isInOrder(lines, questions) ? readInOrder(exam, questions, lines) : readNumbered(exam, questions, lines);
}

/** Puts an imported key over the one that is there. */
export function takeImportedKey(exam: Exam, version: VersionLetter, { found }: Pick<ImportedKey, 'found'>): Exam {
  return found.reduce((changed, { question, answers, points = [] }) => {
    const known = points.filter((each) => each !== undefined);
    // The dearest answer says what the question is worth; cheaper ones have points of their own.
    const most = known.length === 0 ? question.points : Math.max(...known);
    const accepted = answers.map((answer, at) => {
      const own = points[at];
      return own === undefined || own === most ? { answer } : { answer, points: own };
    });
    return changeQuestions(writeKey(changed, version, question, { accepted }), [question.id], { points: most });
  }, exam);
}

/** Rows of other versions are theirs. Several rows of a question are several right answers. */
function readTable(
  exam: Exam,
  version: VersionLetter,
  questions: readonly Question[],
  rows: readonly KeyRow[],
): ImportedKey {
  const byLabel = new Map(questions.map((question) => [question.label.toUpperCase(), question]));
  const found = new Map<string, { readonly question: Question; answers: string[]; points: (number | undefined)[] }>();
  const problems: ImportProblem[] = [];
  for (const { line, text, label, answer, points, version: of } of rows) {
    if (of !== '' && of !== version) continue;
    const question = byLabel.get(label.toUpperCase());
    const problem = (reason: ImportProblem['reason']) => problems.push({ line, text, reason });
    if (question === undefined) problem('unknown-question');
    else if (!takesKey(question)) problem('by-hand');
    else {
      const answers = readAnswers(exam, question, answer);
      const isWorth = points === undefined || (points >= 0 && points <= 1000);
      if (answers === undefined || !isWorth) problem('not-markable');
      else if (answers.length === 0) problem('no-answer');
      else {
        const before = found.get(question.id) ?? { question, answers: [], points: [] };
        const fresh = answers.filter((each) => !before.answers.includes(each));
        if (fresh.length === 0) problem('twice');
        before.answers.push(...fresh);
        before.points.push(...fresh.map(() => points));
        found.set(question.id, before);
      }
    }
  }
  return { found: questions.flatMap(({ id }) => found.get(id) ?? []), problems };
}

/** No line begins with a question's name. Names that are single letters themselves are taken for answers. */
function isInOrder(lines: readonly string[], questions: readonly Question[]): boolean {
  const labels = new Set(questions.map(({ label }) => label.toUpperCase()).filter((label) => !/^[A-Z]$/.test(label)));
  return lines
    .filter((line) => line !== '')
    .every((line) => {
      const [, label = '', answer = ''] = numbered.exec(line) ?? [];
      return answer === '' || !labels.has(label.toUpperCase());
    });
}

function readInOrder(exam: Exam, questions: readonly Question[], lines: readonly string[]): ImportedKey {
  const open = questions.filter((question) => takesKey(question));
  const found: ImportedAnswer[] = [];
  const problems: ImportProblem[] = [];
  let place = 0;
  for (const [index, line] of lines.entries()) {
    for (const token of line.split(/[\s,;]+/).filter((part) => part !== '')) {
      const question = open[place];
      // A run of letters, `ABDCA`, is one answer each where the questions have options.
      const isRun = token.length > 1 && question !== undefined && readAnswers(exam, question, token) === undefined;
      for (const answer of isRun ? token : [token]) {
        const asked = open[place];
        place += 1;
        if (asked === undefined) {
          problems.push({ line: index + 1, text: answer, reason: 'too-many' });
          continue;
        }
        const answers = readAnswers(exam, asked, answer);
        if (answers === undefined) problems.push({ line: index + 1, text: answer, reason: 'not-markable' });
        else if (answers.length > 0) found.push({ question: asked, answers });
      }
    }
  }
  return { found, problems };
}

function readNumbered(exam: Exam, questions: readonly Question[], lines: readonly string[]): ImportedKey {
  const byLabel = new Map(questions.map((question) => [question.label.toUpperCase(), question]));
  const found = new Map<string, ImportedAnswer>();
  const problems: ImportProblem[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const [, label = line, rest = ''] = numbered.exec(line) ?? [];
    const answer = rest.trim().replace(/^"(.*)"$/, '$1');
    const question = byLabel.get(label.toUpperCase());
    if (question === undefined && index === 0 && isHeading(label, answer)) continue;
    const problem = (reason: ImportProblem['reason']) => problems.push({ line: index + 1, text: line, reason });
    if (question === undefined) problem('unknown-question');
    else if (!takesKey(question)) problem('by-hand');
    else if (found.has(question.id)) problem('twice');
    else {
      const answers = readAnswers(exam, question, answer);
      if (answers === undefined) problem('not-markable');
      else if (answers.length === 0) problem('no-answer');
      else found.set(question.id, { question, answers });
    }
  }
  return { found: questions.flatMap(({ id }) => found.get(id) ?? []), problems };
}

/** @returns none for an empty cell, `undefined` for what cannot be marked */
function readAnswers(exam: Exam, question: Question, text: string): readonly string[] | undefined {
  const signs = exam.look.optionSigns;
  const hasOneMark = question.form.kind !== 'multiple' && choicesOf(question, signs).length > 0;
  const parts = text.split(hasOneMark ? /[/|,;\s]+/ : /[/|]/).filter((part) => part.trim() !== '');
  const answers = parts.map((part) => readTypedAnswer(question.form, asSign(question, part), signs));
  const readable = answers.filter((answer) => answer !== undefined);
  return readable.length < answers.length ? undefined : [...new Set(readable.filter((answer) => answer !== ''))];
}

/** `true` and `false` as they are written in English and Filipino spreadsheets. */
function asSign({ form }: Question, text: string): string {
  if (form.kind !== 'true-false') return text;
  const word = text.trim().toUpperCase();
  if (word === 'TRUE' || word === 'TAMA') return 'T';
  return word === 'FALSE' || word === 'MALI' || word === 'M' ? 'F' : text;
}
