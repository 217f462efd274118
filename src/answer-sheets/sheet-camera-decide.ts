/**
 * Decides from the frames of the live camera when a sheet is read well enough to be kept, and when it is the same one that
 * lies there still. Pure.
 */
import type { SheetPhotoReading } from '#contract/sheets.ts';

/** What one frame says of the sheet in it. */
export interface SheetSight {
  /** Exam, version, page and, where it was printed for a student, whose. */
  readonly page: string;
  /** By label; undefined where the reading was doubtful. */
  readonly values: ReadonlyMap<string, string | undefined>;
  readonly doubtful: number;
  /** The code said which sheet this is. */
  readonly hasCode: boolean;
}

export interface SheetWatch {
  /** Readings of the sheet that lies there now. */
  readonly seen: readonly SheetSight[];
  /** The last one that was kept, as long as it lies there. */
  readonly kept: SheetSight | undefined;
  readonly emptyFrames: number;
}

export const watchingSheets: SheetWatch = { seen: [], kept: undefined, emptyFrames: 0 };

/** Shorter gaps are a hand, a blur or the focus. At about 5 read frames a second this is a second. */
const goneAfterFrames = 5;

/**
 * A mark that flickers between doubtful and not keeps readings from ever being alike; after this many the doubt itself is
 * the finding, and the review shows it.
 */
const enoughReadings = 4;

export function describeSight({ identity, readAs, reading }: SheetPhotoReading): SheetSight | undefined {
  if (readAs === undefined || reading === undefined || !reading.found) return undefined;
  const values = new Map(
    reading.fields.map(({ label, value, state }) => [label, state === 'doubtful' ? undefined : value]),
  );
  return {
    page: [identity?.exam ?? '', readAs.version, readAs.page, identity?.student ?? ''].join(' '),
    values,
    doubtful: reading.flagged.length,
    hasCode: identity !== undefined,
  };
}

/** Two frames of the same sheet: nothing that both read for sure is different. */
function isAlike(a: SheetSight, b: SheetSight): boolean {
  if (a.page !== b.page || a.values.size !== b.values.size) return false;
  return [...a.values].every(([label, value]) => {
    const other = b.values.get(label);
    return value === undefined || other === undefined || value === other;
  });
}

export interface WatchedFrame {
  readonly watch: SheetWatch;
  /** This frame is the one to keep. */
  readonly keeps: boolean;
}

/**
 * A sheet is kept after one reading if its code was read and nothing is doubtful, else when two readings are alike.
 *
 * @param sight of the newest frame; undefined where it shows no sheet of this exam
 */
export function watchSheet(watch: SheetWatch, sight: SheetSight | undefined): WatchedFrame {
  if (sight === undefined) {
    const emptyFrames = watch.emptyFrames + 1;
    return { watch: emptyFrames >= goneAfterFrames ? watchingSheets : { ...watch, emptyFrames }, keeps: false };
  }
  if (watch.kept !== undefined && isAlike(watch.kept, sight)) {
    return { watch: { seen: [], kept: watch.kept, emptyFrames: 0 }, keeps: false };
  }
  const earlier = watch.seen.filter((each) => each.page === sight.page);
  const isCertain = sight.hasCode && sight.doubtful === 0;
  // The first reading of a sheet that replaces the last one may show both, or the hand: it needs a second opinion.
  const isSettled = watch.kept === undefined || earlier.length > 0;
  const isConfirmed = earlier.some((each) => isAlike(each, sight) && sight.doubtful <= each.doubtful);
  if ((isCertain && isSettled) || isConfirmed || earlier.length + 1 >= enoughReadings) {
    return { watch: { seen: [], kept: sight, emptyFrames: 0 }, keeps: true };
  }
  return { watch: { seen: [...earlier, sight], kept: watch.kept, emptyFrames: 0 }, keeps: false };
}
