/**
 * Widths of Helvetica's printable ASCII characters from the space on, in thousandths of the font size (Adobe's AFM). Text
 * is shortened where it is printed; these tell how much room it wants.
 */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** Of a character that is not in the table: as wide as most capitals. */
const otherWidth = 700;
const ellipsisWidth = 1000;

/** Bold is wider by about so much. */
const boldFactor = 1.07;

/** Height of Helvetica's capitals and digits in font sizes. */
export const capHeight = 0.718;

/** Width of a line of text in the unit of `height`, its font size. */
export function textWidth(text: string, height: number, bold = false): number {
  let sum = 0;
  for (const character of text)
    sum += character === '…' ? ellipsisWidth : (widths[(character.codePointAt(0) ?? 0) - 32] ?? otherWidth);
  return (sum * height * (bold ? boldFactor : 1)) / 1000;
}

/** The text, ended with an ellipsis where it would be wider than `mostWidth`. */
export function shortenText(text: string, height: number, mostWidth: number, bold = false): string {
  if (textWidth(text, height, bold) <= mostWidth) return text;
  let width = textWidth('…', height, bold);
  let kept = '';
  for (const character of text) {
    width += textWidth(character, height, bold);
    if (width > mostWidth) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** At most `most` lines that are no wider than `mostWidth` where words allow it; the last one may be. */
export function wrapText(text: string, height: number, mostWidth: number, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && lines.length < most - 1 && textWidth(longer, height) > mostWidth) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}
