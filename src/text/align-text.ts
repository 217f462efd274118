/** Brings a text that a person wrote to the words that were read: what stayed the same keeps its place on the page. */
import type { TextBlock, TextBox, TextLine, TextWord } from '#contract/text.ts';
import { listSign } from './list-sign.ts';
import { pairEqual } from './pair-equal.ts';

/** A word that was read, and where in the text it stands. */
interface PlacedWord {
  readonly word: TextWord;
  readonly block: number;
  readonly line: TextLine;
}

/** A word as it is written now, with the box it takes over. */
interface SetWord {
  readonly word: TextWord;
  /** Undefined where nothing was read in its place. */
  readonly source: PlacedWord | undefined;
}

/**
 * The blocks with the words of `text`: lines end where they did on the page and where the text's lines do, blocks where they
 * did or where it has an empty line. A changed word takes over the box of what it stands for; new words squeeze in beside their neighbours. What a
 * person wrote is sure.
 */
export function alignText(blocks: readonly TextBlock[], text: string): readonly TextBlock[] {
  const read = blocks.flatMap(({ lines }, block) =>
    lines.flatMap((line) => line.words.map((word): PlacedWord => ({ word, block, line }))),
  );
  const rows = text
    .normalize('NFC')
    .split('\n')
    .map((row) => row.split(/\s+/).filter(Boolean));
  const set = setWords(read, rows.flat());
  return buildBlocks(blocks, rows, set);
}

/** Every written word with its box. */
function setWords(read: readonly PlacedWord[], written: readonly string[]): SetWord[] {
  const pairs = pairEqual(
    read.map(({ word }) => word.text),
    written,
  );
  const set: SetWord[] = [];
  let readFrom = 0;
  let writtenFrom = 0;
  for (const [readAt, writtenAt] of [...pairs, [read.length, written.length] as const]) {
    set.push(...replaceWords(read.slice(readFrom, readAt), written.slice(writtenFrom, writtenAt), read[readFrom - 1]));
    const same = read[readAt];
    if (same !== undefined) set.push({ word: same.word, source: same });
    readFrom = readAt + 1;
    writtenFrom = writtenAt + 1;
  }
  return set;
}

/** Words written in the place of others: each takes its share of them, and several share one box by their letters. */
function replaceWords(
  gone: readonly PlacedWord[],
  written: readonly string[],
  before: PlacedWord | undefined,
): SetWord[] {
  if (gone.length === 0) return written.map((text) => ({ word: sure(text, boxBehind(before)), source: before }));
  return gone.flatMap((source, at): SetWord[] => {
    const from = Math.ceil((at * written.length) / gone.length);
    const to = Math.ceil(((at + 1) * written.length) / gone.length);
    // With fewer words than were there, a word also takes what lies behind it on its line.
    const next = Math.ceil(((from + 1) * gone.length) / written.length);
    const taken = gone.slice(at, Math.max(at + 1, next)).filter(({ line }) => line === source.line);
    const box = uniteBoxes(taken.map(({ word }) => word.box));
    return splitBox(box, written.slice(from, to)).map((word) => ({ word, source }));
  });
}

function splitBox(box: TextBox, texts: readonly string[]): TextWord[] {
  const letters = texts.reduce((sum, text) => sum + text.length + 1, -1);
  let at = 0;
  return texts.map((text) => {
    const x = box.x + (box.width * at) / letters;
    at += text.length + 1;
    return sure(text, { ...box, x, width: (box.width * text.length) / letters });
  });
}

/** A thin place at the end of a word, or at the page's corner. */
function boxBehind(before: PlacedWord | undefined): TextBox {
  if (before === undefined) return { x: 0, y: 0, width: 1, height: 1 };
  const { x, y, width, height } = before.word.box;
  return { x: x + width, y, width: Math.max(1, height / 4), height };
}

function sure(text: string, box: TextBox): TextWord {
  return { text, box, confidence: 1 };
}

interface OpenBlock {
  readonly of: number | undefined;
  readonly lines: TextLine[];
}

function buildBlocks(
  blocks: readonly TextBlock[],
  rows: readonly (readonly string[])[],
  set: readonly SetWord[],
): readonly TextBlock[] {
  const built: OpenBlock[] = [];
  let at = 0;
  let isApart = true;
  for (const row of rows) {
    const words = set.slice(at, at + row.length);
    at += row.length;
    if (words.length === 0) {
      isApart = true;
      continue;
    }
    const source = words.find((each) => each.source !== undefined)?.source;
    const last = built.at(-1);
    const lines = splitLines(words).map((line) => lineOf(line));
    const goesOn = source === undefined || (source.block === last?.of && !beginsItem(blocks[source.block], row));
    if (last !== undefined && !isApart && goesOn) last.lines.push(...lines);
    else built.push({ of: source?.block, lines });
    isApart = false;
  }
  return built.map(({ of, lines }) => {
    const { kind = 'paragraph', level } = blocks[of ?? -1] ?? {};
    const box = uniteBoxes(lines.map((line) => line.box));
    return { kind, ...(level === undefined ? {} : { level }), lines, box };
  });
}

/** A line that a person added to a list, with a sign of its own. */
function beginsItem(block: TextBlock | undefined, [sign = '']: readonly string[]): boolean {
  return block?.kind === 'list-item' && listSign.test(sign);
}

/** Words of one written line by the lines of print that they come from. */
function splitLines(words: readonly SetWord[]): SetWord[][] {
  const lines: SetWord[][] = [];
  let from: TextLine | undefined;
  for (const word of words) {
    const line = word.source?.line ?? from;
    const open = lines.at(-1);
    if (open !== undefined && (from === undefined || line === from)) open.push(word);
    else lines.push([word]);
    from = line;
  }
  return lines;
}

function lineOf(words: readonly SetWord[]): TextLine {
  const source = words.find((word) => word.source !== undefined)?.source?.line;
  const box = uniteBoxes(words.map(({ word }) => word.box));
  const bottom = box.y + box.height;
  return {
    words: words.map(({ word }) => word),
    box,
    baseline: source?.baseline ?? { from: [box.x, bottom], to: [box.x + box.width, bottom] },
  };
}

function uniteBoxes(boxes: readonly TextBox[]): TextBox {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
