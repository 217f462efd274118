/** Points become grades. */
import type { Grading } from '#contract/exams.ts';

/** Rounds halves away from zero, as a teacher does: 2.345 to 2.35, -0.5 to -1. What binary fractions add is not seen. */
export function roundPoints(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  // 1.005 * 100 is 100.49999999999999; twelve digits are more than any sum of points has.
  const scaled = Number((Math.abs(value) * factor).toPrecision(12));
  const rounded = (Math.sign(value) * Math.round(scaled)) / factor;
  return rounded === 0 ? 0 : rounded;
}

/**
 * The transmuted grade of an initial grade, by the table of DepEd Order No. 8, s. 2015, "Policy Guidelines on Classroom
 * Assessment for the K to 12 Basic Education Program", appendix B: steps of 1.6 from 60 (75) to 98.40 (99), 100 for 100,
 * and steps of 4 below 60 (74) down to 0 (60).
 *
 * @param percent 0 to 100
 * @returns 60 to 100
 */
export function transmute(percent: number): number {
  if (percent >= 100) return 100;
  // In hundredths: (98.4 - 60) / 1.6 is 23.999999999999996.
  const hundredths = Math.floor(roundPoints(percent * 100, 6));
  if (hundredths >= 6000) return 75 + Math.floor((hundredths - 6000) / 160);
  return 60 + Math.max(0, Math.floor(hundredths / 400));
}

export interface Grade {
  /** A percentage, a transmuted grade, or a band's name; empty below the lowest band. */
  readonly name: string;
  readonly passed: boolean;
}

/** @param percent as it is shown: rounded */
export function gradePercent(percent: number, { scale, bands, passFrom }: Grading): Grade {
  if (scale === 'transmuted') {
    const grade = transmute(percent);
    return { name: String(grade), passed: grade >= passFrom };
  }
  const passed = percent >= passFrom;
  if (scale === 'percent') return { name: String(percent), passed };
  // Someone who edits bands may not keep them in order.
  const falling = bands.toSorted((a, b) => b.fromPercent - a.fromPercent);
  return { name: falling.find(({ fromPercent }) => percent >= fromPercent)?.name ?? '', passed };
}
