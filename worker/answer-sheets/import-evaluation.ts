import * as v from 'valibot';
import type { AnswerKey, ExamSection, MarkingRule } from '#contract/exams.ts';
import {
  expandRange,
  parse,
  readJson,
  resolvePath,
  UnusableTemplate,
  type TemplateFolder,
} from './omrchecker-files.ts';

/** What `evaluation.json` says is right and what it is worth, by column of the sheet's output. */
export interface ImportedEvaluation {
  readonly questions: readonly {
    readonly column: string;
    readonly points: number;
    readonly isBonus: boolean;
    readonly section: string;
    readonly key: AnswerKey | undefined;
  }[];
  readonly rule: MarkingRule;
  readonly sections: readonly ExamSection[];
  readonly unsupported: readonly string[];
}

const mark = v.union([v.number(), v.string()]);
const scheme = v.object({ correct: mark, incorrect: mark, unmarked: mark });
const namedScheme = v.union([
  scheme,
  v.object({ questions: v.union([v.string(), v.array(v.string())]), marking: scheme }),
]);
const answer = v.union([v.string(), v.array(v.union([v.string(), v.tuple([v.string(), mark])]))]);

const evaluationSchema = v.looseObject({
  source_type: v.string(),
  options: v.looseObject({
    questions_in_order: v.optional(v.array(v.string()), []),
    answers_in_order: v.optional(v.array(answer), []),
    answer_key_csv_path: v.optional(v.string()),
    answer_key_image_path: v.optional(v.string()),
  }),
  marking_schemes: v.record(v.string(), namedScheme),
});

type Scheme = Readonly<Record<'correct' | 'incorrect' | 'unmarked', number>>;
type Answer = v.InferOutput<typeof answer>;

/** Options that only change what OMRChecker prints. */
const quietOptions = new Set([
  'questions_in_order',
  'answers_in_order',
  'answer_key_csv_path',
  'answer_key_image_path',
  'should_explain_scoring',
  'enable_evaluation_table_to_csv',
]);

/**
 * Reads `evaluation.json` of OMRChecker (github.com/Udayraj123/OMRChecker, wiki "About Evaluation").
 *
 * @param valuesOf the values that a column's bubbles have: any of them is right where a bonus asks only for an attempt.
 * @throws UnusableTemplate naming the key that is missing or wrong.
 */
export function importEvaluation<Picture>(
  folder: TemplateFolder<Picture>,
  path: string,
  valuesOf: (column: string) => readonly string[],
): ImportedEvaluation {
  const unsupported: string[] = [];
  const evaluation = parse(evaluationSchema, readJson(folder, path), path);
  for (const key of Object.keys(evaluation))
    if (!['source_type', 'options', 'marking_schemes'].includes(key)) unsupported.push(`${path}: ${key}`);
  for (const key of Object.keys(evaluation.options))
    if (!quietOptions.has(key)) unsupported.push(`${path}: options.${key}`);
  const answers = answersOf(folder, path, evaluation, unsupported);
  const standard = schemeOf(evaluation.marking_schemes['DEFAULT'], `${path}: marking_schemes.DEFAULT`);
  if (standard === undefined) throw new UnusableTemplate(`${path}: marking_schemes.DEFAULT is not there`);
  const bySection = Object.entries(evaluation.marking_schemes).flatMap(([name, raw]) => {
    if (name === 'DEFAULT') return [];
    const marking = schemeOf(raw, `${path}: marking_schemes.${name}`);
    if (marking === undefined || !('questions' in raw)) return [];
    const listed = typeof raw.questions === 'string' ? [raw.questions] : raw.questions;
    return [{ name, marking, columns: new Set(listed.flatMap((text) => expandRange(text, path))) }];
  });
  return {
    questions: answers.map(([column, given]) => {
      const section = bySection.find(({ columns }) => columns.has(column));
      const marking = section?.marking ?? standard;
      const accepted = given === undefined ? undefined : acceptedOf(given, path);
      const onAttempt = marking.incorrect > 0 && marking.incorrect === marking.correct;
      return {
        column,
        points: Math.max(0, marking.correct),
        isBonus: onAttempt && marking.unmarked === marking.correct,
        section: section?.name ?? '',
        key:
          onAttempt && accepted !== undefined
            ? { accepted: [...accepted, ...valuesOf(column).map((value) => ({ answer: value }))] }
            : accepted && { accepted },
      };
    }),
    rule: ruleOf(standard, `${path}: marking_schemes.DEFAULT`, unsupported),
    sections: bySection.map(({ name, marking }) => ({
      id: name.slice(0, 40),
      name: name.slice(0, 80),
      rule: ruleOf(marking, `${path}: marking_schemes.${name}`, unsupported),
    })),
    unsupported,
  };
}

/** Columns with what is right, in the order of the file; `undefined` where only a picture says it. */
function answersOf<Picture>(
  folder: TemplateFolder<Picture>,
  path: string,
  { source_type: source, options }: v.InferOutput<typeof evaluationSchema>,
  unsupported: string[],
): readonly (readonly [string, Answer | undefined])[] {
  const columns = options.questions_in_order.flatMap((text) => expandRange(text, `${path}: questions_in_order`));
  if (source === 'custom') {
    if (columns.length !== options.answers_in_order.length)
      throw new UnusableTemplate(
        `${path}: ${columns.length} questions_in_order, but ${options.answers_in_order.length} answers_in_order`,
      );
    return columns.map((column, at) => [column, options.answers_in_order[at]]);
  }
  if (source !== 'csv') throw new UnusableTemplate(`${path}: source_type ${JSON.stringify(source)} is not known`);
  const csvPath = options.answer_key_csv_path;
  const csv = csvPath === undefined ? undefined : folder.text(resolvePath(path, csvPath));
  if (csv !== undefined) return parseKeyCsv(csv);
  // Said by name: the teacher scans the filled sheet on the screen of the key.
  unsupported.push(
    `${path}: ${options.answer_key_image_path === undefined ? `${csvPath ?? 'answer_key_csv_path'} is not there` : `the key is a picture, ${options.answer_key_image_path}`}`,
  );
  return columns.map((column) => [column, undefined]);
}

/** Lines `q1,C`; `q2,"B,C"` and `q2,"['B','C']"` accept either, `[['B',2],['C','3/2']]` gives each its own marks. */
function parseKeyCsv(csv: string): readonly (readonly [string, Answer])[] {
  return csv.split(/\r?\n/).flatMap((line): (readonly [string, Answer])[] => {
    const [, column = '', rest = ''] = /^\s*"?([^",]+)"?\s*,\s*(.*?)\s*$/.exec(line) ?? [];
    if (column === '') return [];
    const text = rest.replace(/^"(.*)"$/, '$1').replaceAll('""', '"');
    if (text.startsWith('[')) {
      // Python's literals, which the file has, differ from JSON in their quotes.
      const parsed = v.safeParse(
        answer,
        parseJson(text.replaceAll("'", '"').replaceAll('(', '[').replaceAll(')', ']')),
      );
      return [[column.trim(), parsed.success ? parsed.output : text]];
    }
    return [[column.trim(), text.includes(',') ? text.split(',').map((part) => part.trim()) : text]];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function acceptedOf(given: Answer, path: string): AnswerKey['accepted'] {
  if (typeof given === 'string') return [{ answer: given }];
  return given.map((each) =>
    typeof each === 'string' ? { answer: each } : { answer: each[0], points: markOf(each[1], path) },
  );
}

function schemeOf(raw: v.InferOutput<typeof namedScheme> | undefined, at: string): Scheme | undefined {
  if (raw === undefined) return undefined;
  const { correct, incorrect, unmarked } = 'marking' in raw ? raw.marking : raw;
  return { correct: markOf(correct, at), incorrect: markOf(incorrect, at), unmarked: markOf(unmarked, at) };
}

/** A number, or a fraction such as "-2/3". */
function markOf(value: number | string, at: string): number {
  const [, over = '', under = '1'] = /^\s*([-+]?[\d.]+)\s*(?:\/\s*([\d.]+))?\s*$/.exec(String(value)) ?? [];
  const points = Number(over) / Number(under);
  if (over === '' || !Number.isFinite(points)) throw new UnusableTemplate(`${at}: ${value} is no number`);
  return points;
}

/** Marks for wrong and blank answers as shares of the right one's. */
function ruleOf({ correct, incorrect, unmarked }: Scheme, at: string, unsupported: string[]): MarkingRule {
  const limit = (points: number, most: number, name: string): number => {
    const share = correct > 0 ? points / correct : 0;
    const kept = Math.max(-10, Math.min(most, share));
    if (kept !== share || (correct <= 0 && points !== 0)) unsupported.push(`${at}: ${name} ${points}`);
    return kept;
  };
  // A wrong answer that earns marks is a bonus, and every answer is accepted then.
  const wrong = incorrect > 0 && incorrect === correct ? 0 : incorrect;
  return {
    wrongShare: limit(wrong, 0, 'incorrect'),
    blankShare: limit(unmarked, 1, 'unmarked'),
    partial: 'none',
    floorAtZero: false,
  };
}
