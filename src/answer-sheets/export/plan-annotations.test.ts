import { describe, expect, it } from 'vitest';
import { planFields, plainVersion } from '#contract/exam-fields.ts';
import type { Exam } from '#contract/exams.ts';
import { photoPoint } from '#contract/images.ts';
import type { ReadablePage } from '#contract/sheets.ts';
import type { SheetRecord } from '#src/store/records.ts';
import { assemblePapers } from '../assemble-papers.ts';
import { scorePapers } from '../score-papers.ts';
import { makeExam } from '../testing/make-exam.ts';
import { makeExamRecord, makeQuestion, makeSheetRecord } from '../testing/make-sheet-record.ts';
import { planAnnotations } from './plan-annotations.ts';

const questions = [
  makeQuestion('q1', { kind: 'single', options: 4 }),
  makeQuestion('q2', { kind: 'numeric', digits: 2, decimals: 0, sign: false }),
  makeQuestion('q3', { kind: 'multiple', options: 4 }, { points: 2 }),
  makeQuestion('q4', { kind: 'free', lines: 2 }, { points: 3 }),
];
const exam: Exam = makeExam({
  questions,
  rule: { wrongShare: 0, blankShare: 0, partial: 'no-wrong', floorAtZero: false },
  versions: [plainVersion({ questions })],
  keys: {
    A: {
      q1: { accepted: [{ answer: 'B' }] },
      q2: { accepted: [{ answer: '12' }] },
      q3: { accepted: [{ answer: 'AC' }] },
    },
  },
});

/** A row a field, bubbles 5 apart; the design's unit is a tenth of the photo's. */
const page: ReadablePage = {
  version: 'A',
  page: 1,
  boxes: [{ kind: 'answer', of: 'q4', left: 20, top: 200, width: 100, height: 30 }],
  design: {
    name: '',
    unit: 'mm',
    size: { width: 210, height: 297 },
    location: { by: 'page-outline' },
    customLabels: [],
    outputColumns: [],
    blocks: [
      {
        name: 'all',
        fields: questions
          .flatMap(({ id, form }) => planFields(id, form, 'letters'))
          .map(({ label, kind, values }, row) => ({
            label,
            kind,
            emptyValue: '',
            bubbles: values.map((value, column) => ({
              value,
              left: 20 + 5 * column,
              top: 50 + 10 * row,
              width: 4,
              height: 4,
            })),
          })),
      },
    ],
  },
};

/** The sheet with its bubbles where the design has them. */
function plan(marks: Readonly<Record<string, string>>, changes: Partial<SheetRecord> = {}) {
  const made = makeSheetRecord(1, { marks }, changes);
  const { reading } = made;
  if (reading?.found !== true) throw new Error('nothing was read');
  const fields = page.design.blocks.flatMap((block) => block.fields);
  const sheet: SheetRecord = {
    ...made,
    reading: {
      ...reading,
      fields: reading.fields.map((field) => ({
        ...field,
        bubbles: (fields.find(({ label }) => label === field.label)?.bubbles ?? []).map((bubble) => ({
          value: bubble.value,
          ink: 0,
          marked: field.value.includes(bubble.value),
          center: photoPoint((bubble.left + 2) * 10, (bubble.top + 2) * 10),
        })),
      })),
    },
  };
  const { papers } = assemblePapers(makeExamRecord(exam), undefined, [sheet]);
  const [paper] = papers;
  const [score] = scorePapers(exam, papers);
  if (paper === undefined || score === undefined) throw new Error('no paper');
  const heading = { left: '', right: '', below: '' };
  return planAnnotations({ exam, page, sheet, paper, score, heading, formatPoints: String });
}

const allRight = { q1: 'B', 'q2.1': '1', 'q2.2': '2', q3: 'AC' };
const signsAt = (planned: ReturnType<typeof plan>) =>
  planned?.signs.map(({ sign, at }) => `${sign} ${(at.x / 10 - 22) / 5},${(at.y / 10 - 52) / 10}`);

describe('planAnnotations', () => {
  it('rings what is right', () => {
    expect(signsAt(plan(allRight))).toEqual(['right 1,0', 'right 1,1', 'right 2,2', 'right 0,3', 'right 2,3']);
  });

  it('crosses what is wrong and shows what would have been right', () => {
    const planned = plan({ ...allRight, q1: 'D', 'q2.2': '3' });
    expect(signsAt(planned)).toEqual(['missed 1,0', 'wrong 3,0', 'wrong 1,1', 'wrong 3,2', 'right 0,3', 'right 2,3']);
    // A number's right digits are said beside it, at its first row.
    expect(planned?.notes.map(({ text, at }) => [text, at.y])).toContainEqual(['= 12', 62]);
  });

  it('writes the points of a part beside it', () => {
    const planned = plan({ ...allRight, q3: 'A' });
    expect(signsAt(planned)).toContain('missed 2,3');
    expect(planned?.notes.map(({ text }) => text)).toContain('1 / 2');
  });

  it('marks what nobody has decided', () => {
    const planned = plan({ ...allRight, q1: 'D?' });
    expect(signsAt(planned)?.[0]).toBe('open 3,0');
    expect(planned?.notes).toContainEqual({ text: '?', at: { x: 20 + 100 - 14, y: 205.6 } });
  });

  it('writes points given by hand into the corner of the box', () => {
    const planned = plan(allRight, { pointsByHand: { q4: { points: 2, at: 1 } } });
    expect(planned?.notes.map(({ text }) => text)).toEqual(['2 / 3']);
  });

  it('draws nothing on a photo without a sheet', () => {
    const sheet = makeSheetRecord(1, {}, { reading: { found: false, reason: 'no-fiducials', version: 1 } });
    const paper = {
      key: 'x',
      student: undefined,
      numberRead: '',
      version: 'A',
      sheetIds: [],
      missingPages: [],
      answers: [],
    } as const;
    const score = scorePapers(exam, [paper])[0];
    if (score === undefined) throw new Error('no score');
    const heading = { left: '', right: '', below: '' };
    expect(planAnnotations({ exam, page, sheet, paper, score, heading, formatPoints: String })).toBeUndefined();
  });
});
