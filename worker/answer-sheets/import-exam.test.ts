import { describe, expect, it } from 'vitest';
import { findTemplates, importExam } from './import-exam.ts';
import { UnusableTemplate } from './omrchecker-files.ts';

const block = { origin: [10, 10], bubblesGap: 20, labelsGap: 20 };
const template = {
  pageDimensions: [600, 800],
  bubbleDimensions: [10, 10],
  preProcessors: [],
  fieldBlocks: {
    Medium: { ...block, bubbleValues: ['E', 'H'], direction: 'vertical', fieldLabels: ['Medium'] },
    Roll: { ...block, origin: [100, 10], fieldType: 'QTYPE_INT', fieldLabels: ['roll1..3'] },
    Whole: { ...block, origin: [300, 10], fieldType: 'QTYPE_INT', fieldLabels: ['q4_1', 'q4_2'] },
    Choice: { ...block, origin: [10, 300], fieldType: 'QTYPE_MCQ4', fieldLabels: ['q1..3'] },
    Extra: { ...block, origin: [10, 500], fieldType: 'QTYPE_MCQ4', fieldLabels: ['survey'] },
  },
  customLabels: { Roll: ['Medium', 'roll1..3'], q4: ['q4_1', 'q4_2'] },
};

const schemes = { DEFAULT: { correct: '3', incorrect: '-1', unmarked: '0' } };

function folderOf(files: Record<string, unknown>) {
  return {
    text: (path: string) => {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      return content === undefined || typeof content === 'string' ? content : JSON.stringify(content);
    },
    picture: (path: string) => (Object.hasOwn(files, path) ? path : undefined),
  };
}

const custom = (options: object, marking: object = schemes) => ({
  source_type: 'custom',
  options: {
    questions_in_order: ['q1..4'],
    answers_in_order: [
      'A',
      ['B', 'BC'],
      [
        ['C', 2],
        ['D', '3/2'],
      ],
      '07',
    ],
    ...options,
  },
  marking_schemes: marking,
});

const imported = (files: Record<string, unknown>) =>
  importExam(folderOf({ 'exam/template.json': template, ...files }), 'exam/template.json');

describe('an exam from the files of OMRChecker', () => {
  it('has its questions, what is right, and what that is worth', () => {
    const { exam, unsupported } = imported({ 'evaluation.json': custom({}) });
    expect(unsupported).toEqual([]);
    expect(exam.questions.map(({ label, points, standing }) => [label, points, standing])).toEqual([
      ['q1', 3, 'counts'],
      ['q2', 3, 'counts'],
      ['q3', 3, 'counts'],
      ['q4', 3, 'counts'],
      ['survey', 1, 'cancelled'],
    ]);
    expect(exam.rule).toMatchObject({ wrongShare: -1 / 3, blankShare: 0 });
    expect(Object.values(exam.keys['A'] ?? {})).toEqual([
      { accepted: [{ answer: 'A' }] },
      { accepted: [{ answer: 'B' }, { answer: 'BC' }] },
      {
        accepted: [
          { answer: 'C', points: 2 },
          { answer: 'D', points: 1.5 },
        ],
      },
      { accepted: [{ answer: '07' }] },
    ]);
    expect(exam.questions[3]?.form).toMatchObject({ fields: ['q4_1', 'q4_2'] });
  });

  it('has the student number as Papel reads it', () => {
    const { exam, design } = imported({});
    const labels = design.blocks.flatMap(({ fields }) => fields.map(({ label }) => label));
    expect(labels.slice(0, 4)).toEqual(['number.1', 'number.2', 'number.3', 'number.4']);
    expect(exam.look.studentNumber).toEqual({ form: 'bubbles', digits: 4 });
    expect(exam.questions.map(({ label }) => label)).toEqual(['q1', 'q2', 'q3', 'q4', 'survey']);
  });

  it('takes sections and a bonus for any attempt', () => {
    const marking = {
      ...schemes,
      HARD: { questions: ['q2..3'], marking: { correct: 4, incorrect: '-2/3', unmarked: 0 } },
      BONUS_ON_ATTEMPT: { questions: 'q1', marking: { correct: 3, incorrect: 3, unmarked: 0 } },
    };
    const { exam } = imported({ 'exam/evaluation.json': custom({}, marking) });
    expect(exam.questions.map(({ section, points }) => [section, points]).slice(0, 3)).toEqual([
      ['BONUS_ON_ATTEMPT', 3],
      ['HARD', 4],
      ['HARD', 4],
    ]);
    expect(exam.sections.find(({ id }) => id === 'HARD')?.rule?.wrongShare).toBeCloseTo(-1 / 6);
    expect(exam.keys['A']?.['c1']?.accepted.map(({ answer }) => answer)).toEqual(['A', 'A', 'B', 'C', 'D']);
  });

  it('reads a key from CSV, with choices and weights', () => {
    const csv = "q1,C\r\nq2,\"B,C\"\nq3,\"[['B', 2], ['C', '3/2']]\"\n\nq4,19\n";
    const { exam } = imported({
      'evaluation.json': { source_type: 'csv', options: { answer_key_csv_path: 'key.csv' }, marking_schemes: schemes },
      'key.csv': csv,
    });
    expect(Object.values(exam.keys['A'] ?? {}).map(({ accepted }) => accepted.map(({ answer }) => answer))).toEqual([
      ['C'],
      ['B', 'C'],
      ['B', 'C'],
      ['19'],
    ]);
  });

  it('names what it does not do', () => {
    const { unsupported } = imported({
      'exam/evaluation.json': {
        source_type: 'csv',
        options: {
          answer_key_csv_path: 'no.csv',
          answer_key_image_path: 'key.jpg',
          questions_in_order: ['q1..4'],
          sorted: true,
        },
        marking_schemes: { DEFAULT: { correct: 1, incorrect: 0.5, unmarked: 0 } },
        conditional_sets: [],
      },
      'config.json': { threshold_params: { PAGE_TYPE: 'black' }, outputs: { filter_out_multimarked_files: true } },
    });
    expect(unsupported).toEqual([
      'exam/evaluation.json: conditional_sets',
      'exam/evaluation.json: options.sorted',
      'exam/evaluation.json: the key is a picture, key.jpg',
      'exam/evaluation.json: marking_schemes.DEFAULT: incorrect 0.5',
      'config.json: threshold_params.PAGE_TYPE black',
      'config.json: outputs.filter_out_multimarked_files',
    ]);
  });

  it.each([
    ['a question that is no column', { questions_in_order: ['q1..3', 'q9'] }, /q9 is no column/],
    ['more questions than answers', { questions_in_order: ['q1..5'] }, /5 questions_in_order, but 4/],
  ])('refuses %s', (_, options, message) => {
    expect(() => imported({ 'evaluation.json': custom(options) })).toThrow(UnusableTemplate);
    expect(() => imported({ 'evaluation.json': custom(options) })).toThrow(message);
  });
});

it('is called by its folder, and nothing where there is none', () => {
  expect(imported({}).exam.title).toBe('exam');
  expect(importExam(folderOf({ 'template.json': template }), 'template.json').exam.title).toBe('');
});

it('finds templates nearest to the root first', () => {
  expect(findTemplates(['a/b/template.json', 'a/template_10.json', 'a/template_2.json', 'a/x.json'])).toEqual([
    'a/template_2.json',
    'a/template_10.json',
    'a/b/template.json',
  ]);
});
