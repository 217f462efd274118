import type { PrintedItem, SheetDesign } from '#contract/sheets.ts';

/** How a sheet of others is printed. */
export interface PlainPrint {
  /** Grey of outlines and letters, 0 black to 255. */
  readonly grey: number;
  readonly letters: boolean;
  /** Width of outlines in mm. */
  readonly strokeMm: number;
}

/** A design and how it is printed, beyond what reading it needs to know. */
export interface PrintedDesign {
  readonly design: SheetDesign<string>;
  readonly shape: 'circle' | 'oval' | 'square' | 'pill';
  /** Ours come with everything that is printed. */
  readonly print: PlainPrint | readonly PrintedItem[];
}

/** Which designs a stress set has. */
export const designSets = ['own', 'others', 'written'] as const;
export type DesignSet = (typeof designSets)[number];
