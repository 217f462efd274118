/** Whose sheet it is by what is written in boxes: the likeliest of the class list, and how likely. Pure. */
import type { Roster, Student } from '#contract/exams.ts';
import { digits, type CharacterChance, type CharacterReading } from '#contract/handwriting.ts';
import { matchRoster } from '#contract/match-roster.ts';
import type { SettledField } from './assemble-papers-fields.ts';

export interface StudentChance {
  readonly student: Student;
  /** 0 to 1. */
  readonly probability: number;
}

/**
 * Below this, a number in boxes is proposed, even where each digit was sure: in lists of consecutive numbers a digit that
 * was misread is another student's number. At most one in two hundred of those above is wrong.
 */
export const sureFrom = 0.995;

/** A proposal is right more often than not. */
const proposedFrom = 0.5;

/** @returns the likeliest student of that number, if any is likely */
export function matchWrittenNumber(
  fields: readonly SettledField[],
  roster: Roster | undefined,
): StudentChance | undefined {
  const students = roster?.students ?? [];
  const [best] = matchRoster(
    fields.map(readingOf),
    students.flatMap((student) => (student.number === '' ? [] : [{ key: student, text: plainNumber(student.number) }])),
    1,
  );
  return best === undefined || best.probability < proposedFrom
    ? undefined
    : { student: best.key, probability: best.probability };
}

/** Names are written in either order. */
export function matchWrittenName(
  fields: readonly SettledField[],
  roster: Roster | undefined,
): StudentChance | undefined {
  const entries = (roster?.students ?? []).flatMap((student) => {
    const { lastName, firstName } = student;
    if (lastName === '' || firstName === '') return [{ key: student, text: `${lastName}${firstName}` }];
    return [`${lastName} ${firstName}`, `${firstName} ${lastName}`].map((text) => ({ key: student, text }));
  });
  const chances = new Map<Student, number>();
  for (const { key, probability } of matchRoster(fields.map(readingOf), entries, 6))
    chances.set(key, (chances.get(key) ?? 0) + probability);
  const [best] = [...chances].toSorted(([, a], [, b]) => b - a);
  return best === undefined || best[1] < proposedFrom ? undefined : { student: best[0], probability: best[1] };
}

/** Dashes of a list are no part of what is written, and no space either. */
function plainNumber(number: string): string {
  return number.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** What a bubble that was read for sure leaves to the other digits together. */
const bubbleSlip = 0.001;

function readingOf({ state, value, isSettled, written }: SettledField): CharacterReading {
  if (state === 'blank') return { state: 'blank', probability: 0, alternatives: [] };
  if (written !== undefined && !isSettled) {
    const { alternatives } = written;
    const isScribbled = written.state === 'scribbled';
    const known = isScribbled || alternatives.length > 0 ? alternatives : anyDigit;
    return { state: isScribbled ? 'scribbled' : 'doubtful', probability: 0, alternatives: known };
  }
  if (state !== 'marked') return { state: 'doubtful', probability: 0, alternatives: anyDigit };
  const sure = anyDigit.map(({ character }) => ({
    character,
    logProbability: Math.log(character === value ? 1 - bubbleSlip : bubbleSlip / 9),
  }));
  const isDigit = digits.includes(value);
  return {
    state: 'read',
    probability: 1 - bubbleSlip,
    alternatives: isDigit ? sure : [{ character: value, logProbability: 0 }],
  };
}

const anyDigit: readonly CharacterChance[] = Array.from(digits, (character) => ({
  character,
  logProbability: -Math.log(digits.length),
}));
