/** Which entry of a list was written in boxes, one character a box. */
import type { CharacterReading } from './handwriting.ts';

export interface RosterEntry<Key> {
  readonly key: Key;
  /** Name or number; upper and lower case, accents and punctuation make no difference. */
  readonly text: string;
}

export interface RosterMatch<Key> {
  readonly key: Key;
  /** Chance, 0 to 1, that this entry was written: not another one, nor something that is not on the list. */
  readonly probability: number;
  /** Natural logarithm of how much likelier it is than the next entry; infinite where there is no other. */
  readonly margin: number;
}

/*
 * Chances of what people do in boxes. They are orders of magnitude: only slips as rare as a misread character, some in a hundred,
 * would turn a match, and then the margin is small and the match is left to a person.
 */
/** A character written that is not the one meant. */
const wrongCharacter = 0.002;
/** A character of the entry left out, or one written that it does not have. */
const missingCharacter = 0.001;
const extraCharacter = 0.001;
/** A space of a name without a box of its own, and a box left empty where the name has no space. */
const missingSpace = 0.3;
const emptyBox = 0.05;
/** A box struck out counts for nothing: the character follows in the next. */
const struckOutBox = 0.3;
/** Names are longer than their row of boxes: what no box is left for may be anything. */
const cutOff = 0.5;
/** Someone writes what is not on the list. */
const notListed = 0.01;

/**
 * Scores every entry by the sum of log-probabilities along its likeliest alignment with the boxes (Needleman and Wunsch 1970), against
 * the others and against any text at all, and ranks them.
 *
 * @returns the likeliest first, at most `most`; empty where nothing is written or nobody is listed
 */
export function matchRoster<Key>(
  readings: readonly CharacterReading[],
  entries: readonly RosterEntry<Key>[],
  most = 3,
): readonly RosterMatch<Key>[] {
  const boxes = trimBlanks(readings).map(readBox);
  if (entries.length === 0 || !boxes.some(({ chances }) => chances.size > 0)) return [];
  const hasRoom = readings.length > boxes.length;
  const scores = entries.map(({ key, text }) => ({ key, score: scoreText(boxes, foldText(text), hasRoom) }));
  const ranked = scores.toSorted((a, b) => b.score - a.score);
  const best = ranked[0]?.score ?? -Infinity;
  const prior = Math.log((1 - notListed) / entries.length);
  const anything = Math.log(notListed) + boxes.reduce((sum, { anyCharacter }) => sum + anyCharacter, 0);
  const total = ranked.reduce((sum, { score }) => sum + Math.exp(prior + score - best), 0) + Math.exp(anything - best);
  return ranked.slice(0, most).map(({ key, score }, index) => ({
    key,
    probability: Math.exp(prior + score - best) / total,
    margin: score - (ranked[index + 1]?.score ?? -Infinity),
  }));
}

interface Box {
  readonly state: CharacterReading['state'];
  readonly chances: ReadonlyMap<string, number>;
  /** Log-likelihood of what is in the box where any character may be. */
  readonly anyCharacter: number;
}

function readBox({ state, alternatives }: CharacterReading): Box {
  const chances = new Map(
    alternatives.map(({ character, logProbability }) => [character, Math.exp(logProbability)] as const),
  );
  // Characters outside the alphabet have no chance of their own; what is left of 1 is theirs and that of no character at all.
  const known = alternatives.length === 0 ? 1 : [...chances.values()].reduce((sum, chance) => sum + chance, 0);
  return { state, chances, anyCharacter: alternatives.length === 0 ? 0 : Math.log(known / alternatives.length) };
}

/** Without the empty boxes before and after what is written. */
function trimBlanks(readings: readonly CharacterReading[]): readonly CharacterReading[] {
  return readings.slice(Math.max(0, readings.findIndex(isWritten)), readings.findLastIndex(isWritten) + 1);
}

function isWritten({ state }: CharacterReading): boolean {
  return state !== 'blank';
}

/** Capitals, digits and single spaces. */
function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mark}|['’.]/gu, '')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]+/g, ' ')
    .trim();
}

/** @param hasRoom whether boxes were left empty behind: an entry is then not cut off. */
function scoreText(boxes: readonly Box[], text: string, hasRoom: boolean): number {
  // row[at]: the best score of the boxes so far with the first `at` characters.
  let row = [0];
  for (const character of text) row.push((row.at(-1) ?? 0) + scoreMissing(character));
  for (const box of boxes) {
    const next = [(row[0] ?? 0) + scoreExtra(box)];
    for (const [before, character] of Array.from(text).entries()) {
      next.push(
        Math.max(
          (row[before] ?? 0) + scoreCharacter(box, character),
          (row[before + 1] ?? 0) + scoreExtra(box),
          (next[before] ?? 0) + scoreMissing(character),
        ),
      );
    }
    row = next;
  }
  const whole = row.at(-1) ?? 0;
  return hasRoom ? whole : Math.max(whole, Math.log(cutOff) + Math.max(...row.slice(1)));
}

function scoreCharacter(box: Box, character: string): number {
  if (character === ' ') return box.state === 'blank' ? 0 : Math.log(extraCharacter) + box.anyCharacter;
  if (box.chances.size === 0) return box.state === 'blank' ? Math.log(missingCharacter) : Math.log(extraCharacter);
  const chance = box.chances.get(character) ?? 0;
  return Math.log((1 - wrongCharacter) * chance + wrongCharacter * Math.exp(box.anyCharacter));
}

function scoreExtra(box: Box): number {
  if (box.state === 'blank') return Math.log(emptyBox);
  if (box.state === 'scribbled') return Math.log(struckOutBox);
  return Math.log(extraCharacter) + box.anyCharacter;
}

function scoreMissing(character: string): number {
  return Math.log(character === ' ' ? missingSpace : missingCharacter);
}
