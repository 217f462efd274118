import * as v from 'valibot';
import type { Exam, Question } from '#contract/exams.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import { importEvaluation, type ImportedEvaluation } from './import-evaluation.ts';
import { importOmrChecker } from './import-omrchecker.ts';
import { parse, readJson, UnusableTemplate, type TemplateFolder } from './omrchecker-files.ts';

export interface ImportedExam<Picture> {
  readonly exam: Exam;
  readonly design: SheetDesign<Picture>;
  /** What the files ask for and this app does not do, one named thing each. */
  readonly unsupported: readonly string[];
}

/** A column whose name says that it tells students apart, not what they answered. */
const numberName = /roll|student|learner|lrn|candidate|reg(?:istration|no|num)|^id$|number|index/i;

const configSchema = v.looseObject({
  threshold_params: v.optional(v.looseObject({ PAGE_TYPE: v.optional(v.string()) })),
  outputs: v.optional(v.looseObject({ filter_out_multimarked_files: v.optional(v.boolean()) })),
});

function depthOf(path: string): number {
  return path.split('/').length;
}

/** Templates among the paths of an import, nearest to its root first. */
export function findTemplates(paths: readonly string[]): readonly string[] {
  return paths
    .filter((path) => /(?:^|\/)template[^/]*\.json$/i.test(path))
    .toSorted((a, b) => depthOf(a) - depthOf(b) || a.localeCompare(b, 'en', { numeric: true }));
}

/**
 * Makes an exam of a template of OMRChecker with what lies beside it. `evaluation.json` and `config.json` hold for folders below
 * theirs, as in OMRChecker. The fields of the student's number get the labels that Papel's own sheets give them.
 *
 * @param path of the template
 * @throws UnusableTemplate naming the file and the key
 */
export function importExam<Picture>(folder: TemplateFolder<Picture>, path: string): ImportedExam<Picture> {
  const { design: given, unsupported } = importOmrChecker(folder, path);
  const evaluationPath = findAbove(folder, path, 'evaluation.json');
  const valuesOf = (column: string) => valuesOfColumn(given, column);
  const evaluation = evaluationPath === undefined ? undefined : importEvaluation(folder, evaluationPath, valuesOf);
  const asked = new Set(evaluation?.questions.map(({ column }) => column));
  const numberColumn = given.outputColumns.find((column) => !asked.has(column) && numberName.test(column));
  const design = numberColumn === undefined ? given : nameNumber(given, numberColumn);
  const digits = design.blocks.flatMap(({ fields }) =>
    fields.filter(({ label }) => /^number\.\d+$/.test(label)),
  ).length;
  const columns = given.outputColumns.filter((column) => column !== numberColumn);
  const questions = columns.map((column, at) => questionOf(given, column, at, evaluation));
  return {
    exam: {
      // Of files that were picked one by one nothing says what exam they are.
      title: path.includes('/') ? design.name.slice(0, 120) : '',
      subject: '',
      date: '',
      className: '',
      origin: 'omrchecker',
      look: {
        paper: 'a4',
        columns: 'auto',
        optionSigns: 'letters',
        studentNumber: digits > 0 ? { form: 'bubbles', digits: Math.min(12, digits) } : { form: 'none', digits: 1 },
        nameBox: false,
        sectionBox: false,
      },
      questions,
      sections: [...(evaluation?.sections ?? [])],
      rule: evaluation?.rule ?? { wrongShare: 0, blankShare: 0, partial: 'none', floorAtZero: false },
      correction: 'none',
      versions: [{ letter: 'A', questionOrder: questions.map(({ id }) => id), optionOrder: {} }],
      shuffledBy: 'papel',
      keys: { A: keyOf(columns, questions, evaluation) },
      grading: { decimals: 2, scale: 'percent', bands: [], passFrom: 50 },
    },
    design,
    unsupported: [...unsupported, ...(evaluation?.unsupported ?? []), ...readConfig(folder, path)],
  };
}

/** The file beside the template, or in the nearest folder above it. */
function findAbove<Picture>(folder: TemplateFolder<Picture>, path: string, name: string): string | undefined {
  const steps = path.split('/').slice(0, -1);
  for (let length = steps.length; length >= 0; length--) {
    const candidate = [...steps.slice(0, length), name].join('/');
    if (folder.text(candidate) !== undefined) return candidate;
  }
  return undefined;
}

/** Thresholds and sizes are Papel's own business; what changes results is named. */
function readConfig<Picture>(folder: TemplateFolder<Picture>, path: string): readonly string[] {
  const configPath = findAbove(folder, path, 'config.json');
  if (configPath === undefined) return [];
  const config = parse(configSchema, readJson(folder, configPath), configPath);
  const page = config.threshold_params?.PAGE_TYPE;
  return [
    ...(page !== undefined && page !== 'white' ? [`${configPath}: threshold_params.PAGE_TYPE ${page}`] : []),
    ...(config.outputs?.filter_out_multimarked_files === true
      ? [`${configPath}: outputs.filter_out_multimarked_files`]
      : []),
  ];
}

function partsOf(design: SheetDesign<unknown>, column: string): readonly string[] {
  return design.customLabels.find(({ label }) => label === column)?.parts ?? [column];
}

function valuesOfColumn(design: SheetDesign<unknown>, column: string): readonly string[] {
  const [first] = partsOf(design, column);
  const field = design.blocks.flatMap(({ fields }) => fields).find(({ label }) => label === first);
  return field?.bubbles.map(({ value }) => value) ?? [];
}

/** The same design with the parts of its number called `number.1` and so on, blank ones reading as nothing. */
function nameNumber<Picture>(design: SheetDesign<Picture>, column: string): SheetDesign<Picture> {
  const names = new Map(partsOf(design, column).map((part, at) => [part, `number.${at + 1}`]));
  return {
    ...design,
    blocks: design.blocks.map((block) => ({
      ...block,
      fields: block.fields.map((field) => {
        const label = names.get(field.label);
        return label === undefined ? field : { ...field, label, kind: 'digits' as const, emptyValue: '' };
      }),
    })),
    customLabels: design.customLabels.map((custom) =>
      custom.label === column ? { ...custom, parts: [...names.values()] } : custom,
    ),
    outputColumns: design.outputColumns.map((label) => names.get(label) ?? label),
  };
}

function questionOf(
  design: SheetDesign<unknown>,
  column: string,
  at: number,
  evaluation: ImportedEvaluation | undefined,
): Question {
  const judged = evaluation?.questions.find((question) => question.column === column);
  return {
    id: `c${at + 1}`,
    label: column.slice(0, 40),
    form: {
      kind: 'given',
      fields: [...partsOf(design, column)],
      values: [...valuesOfColumn(design, column)],
      multiple: false,
    },
    points: judged?.points ?? 1,
    // What the evaluation does not ask is read and exported, but worth nothing.
    standing:
      judged?.isBonus === true ? 'bonus' : evaluation !== undefined && judged === undefined ? 'cancelled' : 'counts',
    section: judged?.section ?? '',
    tags: [],
  };
}

function keyOf(
  columns: readonly string[],
  questions: readonly Question[],
  evaluation: ImportedEvaluation | undefined,
): Exam['keys'][string] {
  const unknown = evaluation?.questions.find(({ column }) => !columns.includes(column));
  if (unknown !== undefined)
    throw new UnusableTemplate(`evaluation.json: ${unknown.column} is no column of the template`);
  const keys = evaluation?.questions.flatMap(({ column, key }) => {
    const id = questions[columns.indexOf(column)]?.id;
    return id === undefined || key === undefined ? [] : [[id, key] as const];
  });
  return Object.fromEntries(keys ?? []);
}
