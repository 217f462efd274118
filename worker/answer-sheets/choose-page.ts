import type { SheetIdentity } from '#contract/sheet-code.ts';
import type { ReadablePage, SheetDesign, SheetReading } from '#contract/sheets.ts';
import type { RgbaImage } from '#contract/images.ts';

/** A page that a photo may show, its pictures decoded. */
export interface CandidatePage extends Omit<ReadablePage, 'design'> {
  readonly design: SheetDesign<RgbaImage>;
}

/** How far the code tells which page a photo shows. */
export type CodeVerdict =
  | { readonly kind: 'page'; readonly page: CandidatePage }
  /** Another exam's, or a page that this exam does not have: it is read as none. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unknown' };

/** @param examCode of the exam whose pages these are; without it, a code of any exam counts. */
export function chooseByCode(
  identity: SheetIdentity | undefined,
  pages: readonly CandidatePage[],
  examCode: string | undefined,
): CodeVerdict {
  if (identity === undefined) {
    const [only, another] = pages;
    return only !== undefined && another === undefined ? { kind: 'page', page: only } : { kind: 'unknown' };
  }
  if (examCode !== undefined && identity.exam !== examCode) return { kind: 'foreign' };
  const page = pages.find((candidate) => candidate.version === identity.version && candidate.page === identity.page);
  return page === undefined ? { kind: 'foreign' } : { kind: 'page', page };
}

/** Whether reading a photo as each page can tell which one it is: not where each has a twin whose bubbles lie alike. */
export function canBubblesTell(pages: readonly CandidatePage[]): boolean {
  const geometries = pages.map(({ design }) =>
    JSON.stringify(
      design.blocks.map(({ fields }) =>
        fields.map(({ bubbles }) => bubbles.map(({ left, top, width, height }) => [left, top, width, height])),
      ),
    ),
  );
  return geometries.some((geometry) => geometries.indexOf(geometry) === geometries.lastIndexOf(geometry));
}

/** A page, and what reading the photo as this page gave. */
export interface PageTrial {
  readonly page: CandidatePage;
  readonly reading: SheetReading;
}

/** Of two pages that both fit a photo, the one with more bubbles is meant where the other has this share of them at most. */
const fewerShare = 0.9;

/**
 * The page whose bubbles, all blocks of them, are where it has them; `undefined` where no page or no single one fits. Pages whose
 * bubbles lie alike, such as the versions of an exam, can't be told apart. A short page fits wherever a longer one that begins
 * the same does, so the longer one is meant where both do. A page without bubbles is never told by them.
 */
export function chooseByBubbles(trials: readonly PageTrial[]): PageTrial | undefined {
  const fitting = trials
    .filter(({ reading }) => reading.found && reading.blocks.every(({ locked }) => locked))
    .map((trial) => ({ trial, bubbles: countBubbles(trial.page.design) }))
    .filter(({ bubbles }) => bubbles > 0)
    .toSorted((a, b) => b.bubbles - a.bubbles);
  const [most, next] = fitting;
  if (most === undefined) return undefined;
  return next === undefined || next.bubbles <= fewerShare * most.bubbles ? most.trial : undefined;
}

function countBubbles({ blocks }: CandidatePage['design']): number {
  return blocks.reduce(
    (sum, { fields }) => sum + fields.reduce((inFields, { bubbles }) => inFields + bubbles.length, 0),
    0,
  );
}
