import type { PrintBox, RecognisedLine, RecognisedWord } from '#contract/text.ts';
import { inkBelow } from './find-letters.ts';
import { findPieces, type Print } from './find-pieces.ts';

/** Signs between numbers; an `x` between digits may be one. */
const sign = /([=+×÷<>−–-]|(?<=\d)[xX*](?=\d))/u;

/**
 * Words as they are printed in formulas: where Tesseract, whose languages hardly know any, has run numbers and signs together
 * and the picture shows gaps between just these, each is a word of its own. Signs that it does not know are told by their shape,
 * and an x between numbers of an equation by where it stands.
 */
export function splitSigns(line: RecognisedLine, page: Print): RecognisedLine {
  const isEquation = line.words.some(({ text }) => text.includes('='));
  return { ...line, words: line.words.flatMap((word) => splitWord(word, isEquation, page)) };
}

function splitWord(word: RecognisedWord, isEquation: boolean, page: Print): readonly RecognisedWord[] {
  const tokens = word.text.split(sign).filter((token) => token !== '');
  const isPlain = tokens.length === 1 && !sign.test(word.text);
  if (isPlain) return [word];
  const pieces = findPieces(page, word.box);
  if (pieces.length !== tokens.length) return [word];
  return tokens.map((token, at): RecognisedWord => {
    const box = pieces[at] ?? word.box;
    if (token === '+' && isDivision(page, box)) return { ...word, text: '÷', box };
    const isTimes = isEquation && /^[xX*]$/u.test(token) && at > 0 && at < tokens.length - 1;
    return { ...word, text: isTimes ? '×' : token, box };
  });
}

/** Whether the middle of a sign is three strokes above each other, two of them dots, and not one. */
function isDivision({ picture: { width, values }, narrowing }: Print, { left, top, right, bottom }: PrintBox): boolean {
  const x = Math.round(((left + right) / 2) * narrowing);
  let strokes = 0;
  let isInside = false;
  for (let y = top; y < bottom; y++) {
    const isInk = (values[y * width + x] ?? 255) < inkBelow;
    if (isInk && !isInside) strokes++;
    isInside = isInk;
  }
  return strokes === 3;
}
