import { expect, it } from 'vitest';
import { foldText, scoreText } from './score-text.ts';

it('counts edits of characters, whatever their case, and of words', () => {
  expect(scoreText('The cat sat.', 'the cats sat.')).toEqual({
    characterEdits: 2,
    characters: 13,
    caselessEdits: 1,
    wordEdits: 2,
    words: 3,
  });
  expect(scoreText('', 'ab')).toMatchObject({ characterEdits: 2, wordEdits: 1 });
});

it('folds what nobody would call an error', () => {
  expect(foldText('“Don’t” — go\n to  the: ____ n\u0303')).toBe('"Don\'t" - go to the: ñ');
});
