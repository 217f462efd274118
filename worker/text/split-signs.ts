import { inkBelow } from './find-letters.ts';
import type { PreparedPage } from './prepare-page.ts';
import type { PrintBox, RecognisedLine, RecognisedWord } from './recogniser.ts';

/** What is looked at of a page. */
type Print = Pick<PreparedPage, 'picture' | 'narrowing'> & {
  readonly letters: Pick<PreparedPage['letters'], 'height'>;
};

/** Signs between numbers; an `x` between digits may be one. */
const sign = /([=+×÷<>−–-]|(?<=\d)[xX*](?=\d|$)|(?<=^)[xX*](?=\d|$))/u;

/** Heights of letters that part words; between letters of a word there is less than half of that. */
const leastGap = 0.28;

/** A multiplication sign stands higher above the line than this, in heights of letters; an x stands on it. */
const leastRise = 0.08;

/**
 * Words as they are printed in formulas: where Tesseract, whose languages hardly know any, has run numbers and signs together
 * and the picture shows gaps between just these, each is a word of its own. Signs that it does not know are told by their shape.
 */
export function splitSigns(line: RecognisedLine, page: Print): RecognisedLine {
  return { ...line, words: line.words.flatMap((word) => splitWord(word, line, page)) };
}

function splitWord(word: RecognisedWord, { baseline }: RecognisedLine, page: Print): readonly RecognisedWord[] {
  const tokens = word.text.split(sign).filter((token) => token !== '');
  if (!tokens.some((token) => sign.test(token))) return [word];
  const pieces = findPieces(page, word.box);
  if (pieces.length !== tokens.length) return [word];
  return tokens.map((token, at): RecognisedWord => {
    const box = pieces[at] ?? word.box;
    return { ...word, text: nameSign(token, box, baseline, page), box };
  });
}

function nameSign(token: string, box: PrintBox, { from, to }: RecognisedLine['baseline'], page: Print): string {
  if (token === '+') return isDivision(page, box) ? '÷' : token;
  if (token.length > 1 || !sign.test(`1${token}1`) || !/[xX*]/u.test(token)) return token;
  const share = ((box.left + box.right) / 2 - from[0]) / Math.max(1, to[0] - from[0]);
  const foot = from[1] + share * (to[1] - from[1]);
  return foot - box.bottom > leastRise * page.letters.height ? '×' : token;
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
