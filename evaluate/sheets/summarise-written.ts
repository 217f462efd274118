import type { CharacterReading } from '#contract/handwriting.ts';
import type { LabelledSheet } from './read-truth.ts';
import type { ReadSheet } from './summarise.ts';

/** How characters in boxes were read. */
export interface CharacterScores {
  readonly characters: number;
  readonly right: number;
  /** Taken without a look. */
  readonly accepted: number;
  /** Accepted, and wrong; also what was written and taken for an empty box. */
  readonly silent: number;
}

export interface WrittenScores {
  /** In the boxes of photographed sheets; those of sheets without a reading are left out. */
  readonly inBoxes: CharacterScores;
  /** The same characters, cut out and read without paper, lines or camera. */
  readonly plain: CharacterScores;
  /** Boxes that were not found in their photo. */
  readonly lost: number;
  readonly emptyBoxes: number;
  /** Empty boxes in which something was read for sure. */
  readonly filledSilently: number;
}

interface Written {
  readonly truth: string;
  readonly value: string;
  readonly state: string;
  readonly boxState: string;
}

/**
 * @param plain readings of the characters of `labels`, by file and label
 * @returns undefined where nothing was written in boxes
 */
export function summariseWritten(
  labels: readonly LabelledSheet[],
  sheets: readonly ReadSheet[],
  plain: ReadonlyMap<string, CharacterReading>,
): WrittenScores | undefined {
  const boxes = labels.flatMap(({ file, answers }, at) => {
    const reading = sheets[at]?.reading;
    if (reading?.found !== true) return [];
    return reading.fields.flatMap(({ label, value, state, written }) =>
      written === undefined
        ? []
        : [{ key: plainKey(file, label), truth: answers[label] ?? '', value, state, boxState: written.state }],
    );
  });
  if (boxes.length === 0) return undefined;
  const full = boxes.filter(({ truth }) => truth !== '');
  const empty = boxes.filter(({ truth }) => truth === '');
  return {
    inBoxes: score(full),
    plain: score(
      full.flatMap(({ key, truth }) => {
        const reading = plain.get(key);
        if (reading === undefined) return [];
        const state = reading.state === 'read' ? 'marked' : reading.state;
        return [{ truth, value: reading.character ?? '', state, boxState: reading.state }];
      }),
    ),
    lost: boxes.filter(({ boxState }) => boxState === 'lost').length,
    emptyBoxes: empty.length,
    filledSilently: empty.filter(({ state }) => state === 'marked').length,
  };
}

export function plainKey(file: string, label: string): string {
  return `${file} ${label}`;
}

function score(written: readonly Written[]): CharacterScores {
  const isAccepted = ({ state }: Written) => state === 'marked';
  return {
    characters: written.length,
    right: written.filter(({ truth, value }) => truth === value).length,
    accepted: written.filter(isAccepted).length,
    silent: written.filter((each) => (isAccepted(each) && each.truth !== each.value) || each.state === 'blank').length,
  };
}
