import type { Ink } from './measure-ink.ts';

/** Whether a filled bubble was taken back by a cross over it. */
export type Crossing = 'none' | 'unsure' | 'crossed';

/**
 * Darkness of the arms, 0 to 255, of what may be a cross and of what surely is one: on 240 drawn sheets the arms of 73 crosses over
 * bubbles began at 79, and 99 of 100 fillings by pencils and pens stayed below 32. On a copy of a light pencil a cross fell between.
 */
const armsFrom = { unsure: 32, sure: 62 } as const;

/** Fill over stroke of a bubble that was filled: there a cross alone had up to 0.45, and fillings with a cross over them 0.72. */
const filledFrom = { unsure: 0.46, sure: 0.58 } as const;

/** Below this no stroke is there at all. */
const leastStroke = 0.12;

/** From this on a stroke is ink of a mark, light or crossed out: see `decideFields`. */
const leastMark = 0.3;

/** Of a sheet's marks nobody takes back more than this share, or more than so many: what looks like crosses there is something else. */
const mostCrossed = { share: 0.34, count: 2 } as const;

/**
 * Judges what may have been crossed out. A cross without a filling under it is a mark, not a mark taken back.
 *
 * @param arms of each bubble, see `measureArms`.
 */
export function judgeCrossings(inks: readonly Ink[], arms: readonly number[]): readonly Crossing[] {
  const crossings = inks.map(({ fill, stroke }, cell): Crossing => {
    const arm = arms[cell] ?? 0;
    const filled = fill / Math.max(stroke, leastStroke);
    if (arm < armsFrom.unsure || filled < filledFrom.unsure) return 'none';
    return arm >= armsFrom.sure && filled >= filledFrom.sure ? 'crossed' : 'unsure';
  });
  const crossed = crossings.filter((crossing) => crossing === 'crossed').length;
  const marks = inks.filter(({ stroke }) => stroke >= leastMark).length;
  const areTooMany = crossed > Math.max(mostCrossed.count, mostCrossed.share * marks);
  return areTooMany ? crossings.map((crossing) => (crossing === 'crossed' ? 'unsure' : crossing)) : crossings;
}
