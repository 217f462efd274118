import { describe, expect, it } from 'vitest';
import type { MarkedChoice, QuestionAnalysis } from './analysis/analyse-questions.ts';
import { flagQuestion } from './results-flags.ts';

function option(answer: string, isRight: boolean, count: number, upper: number, lower: number): MarkedChoice {
  return { kind: 'option', answer, isRight, count, share: count / 40, meanTotal: 10, upper, lower };
}

const sound: QuestionAnalysis = {
  questionId: 'q1',
  count: 40,
  difficulty: 0.6,
  pointBiserial: 0.45,
  itemRest: 0.4,
  upperLower: 0.5,
  groups: { upper: 11, lower: 11 },
  choices: [option('A', true, 24, 9, 3), option('B', false, 10, 1, 5), option('C', false, 6, 1, 3)],
};
const kindsOf = (changes: Partial<QuestionAnalysis>) => flagQuestion({ ...sound, ...changes }).map(({ kind }) => kind);

describe('flagQuestion', () => {
  it('says nothing of a sound question', () => {
    expect(kindsOf({})).toEqual([]);
  });

  it('asks to check the key where the best papers choose another option', () => {
    const choices = [option('A', true, 8, 1, 5), option('B', false, 26, 9, 4), option('C', false, 6, 1, 2)];
    expect(kindsOf({ choices, difficulty: 0.2 })).toEqual(['check-key', 'too-hard']);
  });

  it('asks to check the key where weak papers do better', () => {
    expect(kindsOf({ itemRest: -0.2, upperLower: -0.1 })).toEqual(['check-key']);
  });

  it('finds easy, hard and idle questions', () => {
    expect(kindsOf({ difficulty: 0.95 })).toEqual(['too-easy']);
    expect(kindsOf({ difficulty: 0.25 })).toEqual(['too-hard']);
    expect(kindsOf({ upperLower: 0.1 })).toEqual(['does-not-tell']);
  });

  it('names wrong options that nobody chose', () => {
    const choices = [option('A', true, 24, 9, 3), option('B', false, 16, 2, 8), option('C', false, 0, 0, 0)];
    expect(flagQuestion({ ...sound, choices })).toEqual([{ kind: 'unused', options: ['C'] }]);
  });

  it('says nothing with too few papers', () => {
    expect(kindsOf({ count: 9, difficulty: 0.1, itemRest: -0.5, upperLower: -1 })).toEqual([]);
  });

  it('does not weigh the marks of a question with several right ones against each other', () => {
    const choices = [option('A', true, 30, 2, 8), option('B', false, 20, 9, 3), option('C', true, 30, 9, 8)];
    expect(kindsOf({ choices })).toEqual([]);
  });
});
