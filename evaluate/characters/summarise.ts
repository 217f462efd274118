import type { CharacterReading } from '#contract/handwriting.ts';

/** What the app made of one character. */
export type ReadCharacter = Pick<CharacterReading, 'state' | 'character' | 'probability'>;

export interface RejectPoint {
  /** Of the probability. */
  readonly threshold: number;
  /** Share of the characters whose probability is no lower. */
  readonly accepted: number;
  /** Share of those that are wrong. */
  readonly error: number;
}

export interface Summary {
  readonly characters: number;
  /** Share read right; struck out and blank count as wrong. */
  readonly accuracy: number;
  readonly perClass: Readonly<Record<string, { readonly count: number; readonly accuracy: number }>>;
  /** The largest share that can be accepted with at most 0.5 % of it wrong, the threshold chosen on this very set. */
  readonly acceptedAtHalfPercent: RejectPoint;
  /** What the app accepts by its own threshold. */
  readonly acceptedByApp: Omit<RejectPoint, 'threshold'>;
  /** From all accepted to few. */
  readonly rejectCurve: readonly RejectPoint[];
  /** Characters of the alphabet that the app took for struck out. */
  readonly takenForStruckOut: number;
}

const mostError = 0.005;
const curvePoints = 20;

/** @param labels the characters that were written */
export function summarise(labels: readonly string[], readings: readonly ReadCharacter[]): Summary {
  const all = labels.map((label, index) => {
    const reading = readings[index];
    return {
      label,
      state: reading?.state,
      probability: reading?.probability ?? 0,
      isRight: reading?.character === label,
    };
  });
  const perClass = Object.fromEntries(
    [...new Set(labels)].toSorted().map((character) => {
      const own = all.filter(({ label }) => label === character);
      return [character, { count: own.length, accuracy: shareOf(own, ({ isRight }) => isRight) }];
    }),
  );
  const ranked = all.toSorted((a, b) => b.probability - a.probability);
  let wrong = 0;
  const points = ranked.map(({ probability, isRight }, index): RejectPoint => {
    if (!isRight) wrong++;
    return { threshold: probability, accepted: (index + 1) / all.length, error: wrong / (index + 1) };
  });
  const read = all.filter(({ state }) => state === 'read');
  return {
    characters: all.length,
    accuracy: shareOf(all, ({ isRight }) => isRight),
    perClass,
    acceptedAtHalfPercent: points.findLast(({ error }) => error <= mostError) ?? {
      threshold: 1,
      accepted: 0,
      error: 0,
    },
    acceptedByApp: { accepted: read.length / all.length, error: shareOf(read, ({ isRight }) => !isRight) },
    rejectCurve: points
      .filter((_, index) => (points.length - 1 - index) % Math.ceil(points.length / curvePoints) === 0)
      .toReversed(),
    takenForStruckOut: all.filter(({ state }) => state === 'scribbled').length,
  };
}

function shareOf<T>(values: readonly T[], test: (value: T) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length;
}
