import { describe, expect, test } from 'vitest';

import { assemblePapers } from './assemble-papers.ts';
import { newExam } from './edit-exam.ts';
import { scorePapers } from './score-papers.ts';
import { makeExamRecord, makeQuestion, makeRoster, makeSheetRecord, makeWritten } from './testing/make-sheet-record.ts';

const exam = newExam({ title: 'Science', questions: 1 });
const record = makeExamRecord(exam);
const roster = makeRoster('202411', '202412', '202587', '202690');
const named = {
  name: '8 Narra',
  students: ['Santos', 'Reyes', 'Dela Cruz'].map((lastName, at) => ({
    id: `student-${at + 1}`,
    number: `20241${at}`,
    lastName,
    firstName: ['Maria', 'Jose', 'Ana'][at] ?? '',
    section: '',
  })),
};

const judge = (written: Parameters<typeof makeWritten>[0], marked = '', list: typeof named | undefined = roster) =>
  assemblePapers(record, list, [makeSheetRecord(1, { number: marked }, makeWritten(written, marked))]);

describe('a number written in boxes', () => {
  test('says whose the sheet is where each digit is sure', () => {
    expect(judge({ number: '202587' })).toMatchObject({ papers: [{ key: 'student-3' }], problems: [] });
  });

  test('still says so when the same list is read again', () => {
    const sheet = makeSheetRecord(1, {}, makeWritten({ number: '202587' }, ''));
    assemblePapers(record, roster, [sheet]);
    const again = assemblePapers(record, structuredClone(roster), [sheet]);
    expect(again).toMatchObject({ papers: [{ key: 'student-3' }], problems: [] });
  });

  test('is proposed, not decided, with a digit that is doubtful', () => {
    const { papers, problems, doubts } = judge({ number: '20258(7:0.6,1:0.3)' });
    expect(papers).toMatchObject([{ student: undefined, numberRead: '20258?' }]);
    expect(problems).toMatchObject([{ kind: 'student-unknown', numberRead: '20258?', proposal: { id: 'student-3' } }]);
    expect(problems[0]).toHaveProperty('probability', expect.closeTo(1, 1));
    expect(doubts.map(({ label }) => label)).toEqual(['numberBox.6']);
  });

  test('is proposed with a digit that is wrong', () => {
    const { papers, problems } = judge({ number: '202597' });
    expect(papers).toMatchObject([{ key: 'number:202597', student: undefined }]);
    expect(problems).toMatchObject([{ kind: 'student-unknown', proposal: { id: 'student-3' } }]);
  });

  test('is proposed where it may as well be that of the neighbour in the list', () => {
    const { papers, problems } = judge({ number: '20241(2:0.97!,1:0.03)' });
    expect(papers).toMatchObject([{ key: 'sheet:sheet-1', student: undefined }]);
    expect(problems).toMatchObject([{ kind: 'student-likely', numberRead: '202412', proposal: { id: 'student-2' } }]);
  });

  test('counts once a person has said the doubtful digit', () => {
    const sheet = makeSheetRecord(1, {}, makeWritten({ number: '20258(7:0.6,1:0.3)' }));
    const corrections = { 'numberBox.6': { read: '7', corrected: '7', at: 1 } };
    expect(assemblePapers(record, roster, [{ ...sheet, corrections }])).toMatchObject({
      papers: [{ key: 'student-3' }],
      problems: [],
      doubts: [],
    });
  });

  test('that no list knows is the number of the paper', () => {
    const sheet = makeSheetRecord(1, {}, makeWritten({ number: '202587' }));
    expect(assemblePapers(record, undefined, [sheet])).toMatchObject({
      papers: [{ key: 'number:202587' }],
      problems: [],
    });
  });

  test('may be unsure without a list, and is not said to be missing from one', () => {
    expect(
      assemblePapers(record, undefined, [makeSheetRecord(1, {}, makeWritten({ number: '2(0:0.5)1' }))]),
    ).toMatchObject({
      problems: [{ kind: 'number-unsure', numberRead: '2?1' }],
    });
  });
});

describe('a number in bubbles and boxes', () => {
  test('is fine where both agree, or boxes are empty, or only boxes are filled', () => {
    for (const [number, marked] of [
      ['202587', '202587'],
      ['      ', '202587'],
      ['202587', '      '],
    ] as const)
      expect(judge({ number }, marked)).toMatchObject({ papers: [{ key: 'student-3' }], problems: [] });
  });

  test('is listed where they differ, and the bubbles count until a person decides', () => {
    expect(judge({ number: '202690' }, '202587')).toMatchObject({
      papers: [{ key: 'student-3' }],
      problems: [
        {
          kind: 'boxes-differ',
          marked: '202587',
          boxed: '202690',
          students: [{ id: 'student-3' }, { id: 'student-4' }],
        },
      ],
    });
  });

  test('has doubtful bubbles said by the boxes', () => {
    expect(judge({ number: '202587' }, '2025?7')).toMatchObject({ papers: [{ key: 'student-3' }], problems: [] });
  });

  test('is not asked for again where the sheet was printed for somebody', () => {
    const identity = { exam: record.code, version: 'A', page: 1, student: '202411' } as const;
    const sheet = makeSheetRecord(1, {}, { ...makeWritten({ number: '202690' }), identity });
    expect(assemblePapers(record, roster, [sheet])).toMatchObject({ papers: [{ key: 'student-1' }], problems: [] });
  });
});

describe('a name written in boxes', () => {
  test('is proposed where the number says nothing', () => {
    const { problems } = judge({ name: 'SANTOS(M:0.7,N:0.2)ARIA' }, '', named);
    expect(problems).toMatchObject([{ kind: 'student-by-name', proposal: { id: 'student-1' } }]);
  });

  test('is found in the other order, and with a space where the list has one', () => {
    expect(judge({ name: 'ANA DELA CRUZ' }, '', named).problems).toMatchObject([{ proposal: { id: 'student-3' } }]);
  });

  test('is listed where it is surely that of another student than the number', () => {
    expect(judge({ name: 'REYES JOSE' }, '202410', named)).toMatchObject({
      papers: [{ key: 'student-1' }],
      problems: [{ kind: 'name-differs', student: { id: 'student-1' }, named: { id: 'student-2' } }],
    });
  });

  test('is not asked for in the review', () => {
    expect(judge({ name: '(Q:0.4)(X:0.3)' }, '202410', named).doubts).toEqual([]);
  });
});

test('boxes that wait for the reader of handwriting are listed', () => {
  const sheet = makeSheetRecord(1, { number: '202587' }, makeWritten({ number: '_' }, '202587'));
  expect(assemblePapers(record, roster, [sheet]).problems).toEqual([{ kind: 'boxes-unread', sheetId: 'sheet-1' }]);
});

test('a number and a letter in boxes are scored, and nothing doubtful counts', () => {
  const questions = [
    makeQuestion('q1', { kind: 'numeric', digits: 2, decimals: 1, sign: false, inBoxes: true }),
    makeQuestion('q2', { kind: 'single', options: 4, inBoxes: true }),
    makeQuestion('q3', { kind: 'single', options: 4, inBoxes: true }),
  ];
  const asked = {
    ...exam,
    questions,
    versions: [{ letter: 'A' as const, questionOrder: ['q1', 'q2', 'q3'], optionOrder: {} }],
    keys: {
      A: {
        q1: { accepted: [{ answer: '12.5' }] },
        q2: { accepted: [{ answer: 'B' }] },
        q3: { accepted: [{ answer: 'C' }] },
      },
    },
  };
  const sheet = makeSheetRecord(
    1,
    {},
    makeWritten({ fields: { 'q1.1': '1', 'q1.2': '2', 'q1.3': '5', q2: 'B', q3: '(C:0.7,G:0.2)' } }),
  );
  const { papers, doubts } = assemblePapers(makeExamRecord(asked), undefined, [sheet]);
  expect(papers[0]?.answers).toMatchObject([
    { answer: '12.5', state: 'answered' },
    { answer: 'B', state: 'answered' },
    { answer: 'C', state: 'doubtful' },
  ]);
  expect(doubts).toMatchObject([{ label: 'q3', confidence: 0.7 }]);
  expect(scorePapers(asked, papers)).toMatchObject([{ points: 2, isFinal: false }]);
});
