import { inkBelow } from './find-letters.ts';
import type { PreparedPage } from './prepare-page.ts';
import type { PrintBox, RecognisedLine, RecognisedWord } from './recogniser.ts';

/** What is looked at of a page. */
type Print = Pick<PreparedPage, 'picture' | 'narrowing'> & {
  readonly letters: Pick<PreparedPage['letters'], 'height'>;
};

/** Signs between numbers; an `x` between digits may be one. */
const sign = /([=+×÷<>−–-]|(?<=\d)[xX*](?=\d))/u;

/** Heights of letters that part words; between letters of a word there is less than half of that. */
const leastGap = 0.28;

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

/** Ink in a word's box, parted where a gap between words is. */
function findPieces({ picture, narrowing, letters }: Print, area: PrintBox): readonly PrintBox[] {
  const { width, height, values } = picture;
  const pieces: PrintBox[] = [];
  let open: { left: number; top: number; right: number; bottom: number } | undefined;
  for (let x = Math.max(0, Math.floor(area.left * narrowing)); x < Math.min(width, area.right * narrowing); x++) {
    let top = -1;
    let bottom = -1;
    for (let y = Math.max(0, Math.floor(area.top)); y < Math.min(height, area.bottom); y++) {
      if ((values[y * width + x] ?? 255) >= inkBelow) continue;
      if (top < 0) top = y;
      bottom = y + 1;
    }
    if (top < 0) continue;
    const left = x / narrowing;
    const right = (x + 1) / narrowing;
    if (open === undefined || left - open.right >= leastGap * letters.height) {
      if (open !== undefined) pieces.push(open);
      open = { left, top, right, bottom };
    } else open = { ...open, right, top: Math.min(open.top, top), bottom: Math.max(open.bottom, bottom) };
  }
  return open === undefined ? pieces : [...pieces, open];
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
