import { expect, test } from 'vitest';

import { proposeKey, takeProposal } from './key-scan.ts';
import { makeExam, makeReading } from './testing/make-exam.ts';

const exam = makeExam();
const code = 'ABCDEFGH';

test('what is sure is proposed; what is not, or is blank, is left to the teacher', () => {
  const proposal = proposeKey(exam, code, 'A', [makeReading('B? ')]);
  if (typeof proposal === 'string') throw new Error(proposal);
  expect(proposal.sure.map(({ question, answer }) => question.label + answer)).toEqual(['1B']);
  expect(proposal.doubtful.map(({ label }) => label)).toEqual(['2']);
  expect(proposal.blank.map(({ label }) => label)).toEqual(['3']);
  const keyed = { ...exam, keys: { A: { q3: { accepted: [{ answer: 'D' }] } } } };
  expect(takeProposal(keyed, proposal).keys).toEqual({
    A: { q1: { accepted: [{ answer: 'B' }] }, q3: { accepted: [{ answer: 'D' }] } },
  });
});

test('a sheet of another exam, no sheet, and two versions at once propose nothing', () => {
  const read = makeReading('ABC');
  const identity = { exam: 'OTHER000', version: 'A', page: 1 } as const;
  expect(proposeKey(exam, code, 'A', [{ ...read, identity }])).toBe('other-exam');
  expect(proposeKey(exam, code, 'A', [{ ...read, reading: undefined }])).toBe('not-found');
  expect(proposeKey(exam, code, 'A', [read, { ...read, readAs: { version: 'B', page: 1 } }])).toBe('two-versions');
});
