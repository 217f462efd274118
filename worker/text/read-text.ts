import type { Size } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';
import type { PrintBox, RecognisedLine, TextBlock, TextBox, TextState } from '#contract/text.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { arrangeBlocks, type PrintBlock } from './arrange-blocks.ts';
import { clearMargins } from './clear-margins.ts';
import { cropPage } from './crop-page.ts';
import { evenLight } from './even-light.ts';
import { findColumns } from './find-columns.ts';
import { chooseLetters, findInkBoxes } from './find-letters.ts';
import { liesOnSide, turnBoxes, turnPlane } from './find-turns.ts';
import { preparePage, type PreparedPage } from './prepare-page.ts';
import { readColumns, type Readers } from './read-columns.ts';
import type { Recogniser } from './recogniser.ts';

export interface PageText {
  readonly state: TextState;
  /** In pixels of the page after `turns`. */
  readonly blocks: readonly TextBlock[];
  /** Quarter turns clockwise that bring the given page upright. */
  readonly turns: Turns;
  readonly size: Size;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A reading as sure as this is the right way up: print on its head gives half of that. */
const sureConfidence = 0.8;

/** Below this hardly a word is right: another script or language, or too blurred. */
const leastConfidence = 0.5;

/** A reading that is not sure and has fewer letters is of grain, stains and creases: there is no print. */
const fewestLetters = 10;

/** Heights of letters of the strip that is read upside down, where a reading is not sure: about eight lines. */
const probe = 18;

/** Evened print, and what is dark in it. */
interface EvenPage {
  readonly print: Plane;
  readonly ink: readonly PrintBox[];
}

/**
 * Reads the print of a flattened page, of which it has the grey.
 *
 * @param mayTurn whether the page may lie on its side or its head
 */
export async function readText(page: Plane, readers: Readers, mayTurn: boolean): Promise<PageText> {
  const print = evenLight(page);
  clearMargins(print);
  const even = { print, ink: findInkBoxes(print) };
  const isOnSide = mayTurn && liesOnSide(chooseLetters(even.ink));
  const first = await readTurned(even, isOnSide ? 1 : 0, readers);
  if (!mayTurn || first.prepared === undefined || first.text.confidence >= sureConfidence) return first.text;
  if (readUpsideDown(first.prepared, readers.recogniser) <= first.text.confidence) return first.text;
  const second = await readTurned(even, isOnSide ? 3 : 2, readers);
  // What is hardly a word either way turns no page.
  return second.text.state === 'text' && second.text.confidence > first.text.confidence ? second.text : first.text;
}

/** How sure the reading of a strip of the page is, turned on its head. */
function readUpsideDown(page: PreparedPage, recogniser: Recogniser): number {
  const { letters } = page;
  const [column] = findColumns(letters).toSorted((a, b) => b.bottom - b.top - (a.bottom - a.top));
  if (column === undefined) return 0;
  const middle = (column.top + column.bottom) / 2;
  const half = (probe / 2) * letters.height;
  const strip = { ...column, top: Math.max(column.top, middle - half), bottom: Math.min(column.bottom, middle + half) };
  const crop = cropPage(page, strip, { top: 0, bottom: page.picture.height });
  return meanConfidence(recogniser.recognise(turnPlane(crop.picture, 2), { segmentation: 'block' }));
}

/** A reading, and what it was read from; without letters from nothing. */
interface Reading {
  readonly text: PageText;
  readonly prepared: PreparedPage | undefined;
}

async function readTurned({ print, ink }: EvenPage, turns: Turns, readers: Readers): Promise<Reading> {
  const turned = turnPlane(print, turns);
  const size = { width: turned.width, height: turned.height };
  const prepared = preparePage(turned, turnBoxes(ink, turns, print));
  const columns = prepared === undefined ? [] : dropStains(await readColumns(prepared, readers), prepared);
  const confidence = meanConfidence(columns.flat());
  const isPrinted = confidence >= leastConfidence || countLetters(columns.flat()) >= fewestLetters;
  if (prepared === undefined || confidence === 0 || !isPrinted)
    return { text: { state: 'nothing', blocks: [], turns, size, confidence: 0 }, prepared };
  const usualHeight = usualOf(columns.flat());
  const blocks = columns.flatMap((lines) => arrangeBlocks(lines, usualHeight));
  const text: PageText = {
    state: confidence < leastConfidence ? 'unsure' : 'text',
    blocks: blocks.map((block) => toTextBlock(block, prepared)),
    turns,
    size,
    confidence,
  };
  return { text, prepared };
}

function countLetters(lines: readonly RecognisedLine[]): number {
  return lines.flatMap(({ words }) => words).reduce((sum, { text }) => sum + text.length, 0);
}

/** By the words' length; 0 without words. */
function meanConfidence(lines: readonly RecognisedLine[]): number {
  let letters = 0;
  let sum = 0;
  for (const { text, confidence } of lines.flatMap(({ words }) => words)) {
    letters += text.length;
    sum += confidence * text.length;
  }
  return sum / Math.max(1, letters);
}

/** Height of small letters of the line in the middle, by the letters in each. */
function usualOf(lines: readonly RecognisedLine[]): number {
  const heights = lines
    .flatMap(({ xHeight, words }) => words.map(({ text }) => ({ xHeight, letters: text.length })))
    .toSorted((a, b) => a.xHeight - b.xHeight);
  let rest = heights.reduce((sum, { letters }) => sum + letters, 0) / 2;
  return heights.find(({ letters }) => (rest -= letters) <= 0)?.xHeight ?? 0;
}

/** Where the rest is read well: a line as unsure as this is a stain, a picture or a signature; at the page's edge, the desk. */
const noPrint = { usual: 0.7, inside: 0.35, atEdge: 0.65, edge: 0.05 } as const;

/** Columns without the lines that are no print. */
function dropStains(
  columns: readonly (readonly RecognisedLine[])[],
  { picture, narrowing }: PreparedPage,
): readonly (readonly RecognisedLine[])[] {
  const size = { width: picture.width / narrowing, height: picture.height };
  const usual = meanConfidence(columns.flat());
  return columns.map((lines) => lines.filter((line) => isPrint(line, usual, size))).filter((lines) => lines.length > 0);
}

function isPrint(line: RecognisedLine, usual: number, { width, height }: Size): boolean {
  if (usual < noPrint.usual) return true;
  const { left, top, right, bottom } = line.box;
  const isAtEdge =
    bottom < noPrint.edge * height ||
    top > (1 - noPrint.edge) * height ||
    right < noPrint.edge * width ||
    left > (1 - noPrint.edge) * width;
  return meanConfidence([line]) >= (isAtEdge ? noPrint.atEdge : noPrint.inside);
}

function toTextBlock({ kind, level, lines }: PrintBlock, { toPage }: PreparedPage): TextBlock {
  const placed = lines.map(({ words, box, baseline }) => ({
    words: words.map((word) => ({ ...word, box: toPageBox(word.box, toPage) })),
    box: toPageBox(box, toPage),
    baseline: { from: toPage(...baseline.from), to: toPage(...baseline.to) },
  }));
  return { kind, ...(level && { level }), lines: placed, box: boxAround(placed.map(({ box }) => box)) };
}

function boxAround(boxes: readonly TextBox[]): TextBox {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function toPageBox({ left, top, right, bottom }: PrintBox, toPage: PreparedPage['toPage']): TextBox {
  const middle = (left + right) / 2;
  const [x] = toPage(left, (top + bottom) / 2);
  const [end] = toPage(right, (top + bottom) / 2);
  const [, upper] = toPage(middle, top);
  const [, lower] = toPage(middle, bottom);
  return { x, y: upper, width: end - x, height: lower - upper };
}
