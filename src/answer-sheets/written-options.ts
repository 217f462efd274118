import type { Exam } from '#contract/exams.ts';
import type { ReadingOptions } from '#contract/sheets.ts';
import { currentRegion } from '#src/regions/regions.ts';

/** Whether what is written in boxes is read here: a region, or whoever runs the app, can switch that off. */
export function isWritingRead(): boolean {
  return currentRegion().config.features.handwriting.isOn;
}

/** How the sheets of an exam are read in this place. */
export function readingOptionsOf({ correction }: Pick<Exam, 'correction'>): ReadingOptions {
  return isWritingRead() ? { correction } : { correction, leavesBoxes: true };
}
