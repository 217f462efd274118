import { spreadOf, type Spread } from '../suite.ts';
import type { ReadPrint } from './read-print.ts';
import type { LabelledPrint } from './read-truth.ts';
import { scoreText, type TextScore } from './score-text.ts';

/** Edits over the length of the truth, pooled: 0 is right, and above 1 is possible. */
export interface ErrorRates {
  readonly files: number;
  readonly cer: number;
  readonly wer: number;
  readonly cerCaseless: number;
}

export interface Summary extends ErrorRates {
  readonly tags: Readonly<Record<string, ErrorRates>>;
  readonly msPerFile: Spread;
  readonly decodeMs: Spread;
  readonly errors: number;
  readonly perFile: readonly (ErrorRates & ReadPrint & { readonly file: string })[];
}

/** @param reads in the order of `labelled` */
export function summarise(labelled: readonly LabelledPrint[], reads: readonly ReadPrint[]): Summary {
  const scored = labelled.flatMap((print, at) => {
    const read = reads[at];
    return read === undefined ? [] : [{ print, read, score: scoreText(read.text, print.text) }];
  });
  const tags = [...new Set(labelled.flatMap((print) => print.tags))].toSorted();
  const timed = scored.filter(({ read }) => read.error === undefined);
  return {
    ...pool(scored.map(({ score }) => score)),
    tags: Object.fromEntries(
      tags.map((tag) => [tag, pool(scored.filter(({ print }) => print.tags.includes(tag)).map(({ score }) => score))]),
    ),
    msPerFile: spreadOf(timed.map(({ read }) => read.ms)),
    decodeMs: spreadOf(timed.map(({ read }) => read.decodeMs)),
    errors: scored.length - timed.length,
    perFile: scored.map(({ print, read, score }) => Object.assign({ file: print.file }, pool([score]), read)),
  };
}

function pool(scores: readonly TextScore[]): ErrorRates {
  const sum = (valueOf: (score: TextScore) => number) => scores.reduce((total, score) => total + valueOf(score), 0);
  const characters = Math.max(
    1,
    sum((score) => score.characters),
  );
  return {
    files: scores.length,
    cer: sum((score) => score.characterEdits) / characters,
    wer:
      sum((score) => score.wordEdits) /
      Math.max(
        1,
        sum((score) => score.words),
      ),
    cerCaseless: sum((score) => score.caselessEdits) / characters,
  };
}
