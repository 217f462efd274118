import type { ExamRecord } from '#src/store/records.ts';
import { keepPupilsUntil } from './flow.ts';

const yearMs = 365 * 24 * 60 * 60_000;

/** A year from now, or from the planned end where that is still to come. */
export function keepAYearLonger({ id, keepPupilsUntil: planned = 0 }: ExamRecord): Promise<void> {
  return keepPupilsUntil(id, Math.max(planned, Date.now()) + yearMs);
}
