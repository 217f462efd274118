/** Ways of grading to begin with. Only the Philippine table is prescribed; schools set the others, so all can be edited. */
import type { Grading } from '#contract/exams.ts';
import type { Market } from '#contract/regions.ts';

export const gradingPresetNames = ['percent', 'us-letters', 'uk-9-1', 'au-a-e', 'au-hd', 'ph-transmuted'] as const;
export type GradingPresetName = (typeof gradingPresetNames)[number];

const byTens = ['9', '8', '7', '6', '5', '4', '3', '2', '1', 'U'];

export const gradingPresets: Readonly<Record<GradingPresetName, Grading>> = {
  percent: { decimals: 1, scale: 'percent', bands: [], passFrom: 50 },
  // The split that most schools in the US use.
  'us-letters': {
    decimals: 1,
    scale: 'bands',
    bands: bandsOf([
      ['A', 90],
      ['B', 80],
      ['C', 70],
      ['D', 60],
      ['F', 0],
    ]),
    passFrom: 60,
  },
  // GCSE boundaries are set anew for each paper; a class test has none, so it begins with even steps. 4 is the standard pass.
  'uk-9-1': {
    decimals: 1,
    scale: 'bands',
    bands: bandsOf(byTens.map((name, step) => [name, 90 - 10 * step])),
    passFrom: 40,
  },
  // The common grade scale describes work in words and leaves percentages to schools; C is the expected standard.
  'au-a-e': {
    decimals: 1,
    scale: 'bands',
    bands: bandsOf([
      ['A', 85],
      ['B', 70],
      ['C', 50],
      ['D', 30],
      ['E', 0],
    ]),
    passFrom: 50,
  },
  // High distinction, distinction, credit, pass, fail, as most Australian universities split them.
  'au-hd': {
    decimals: 1,
    scale: 'bands',
    bands: bandsOf([
      ['HD', 85],
      ['D', 75],
      ['C', 65],
      ['P', 50],
      ['F', 0],
    ]),
    passFrom: 50,
  },
  'ph-transmuted': { decimals: 2, scale: 'transmuted', bands: [], passFrom: 75 },
};

function bandsOf(bands: readonly (readonly [name: string, fromPercent: number])[]): Grading['bands'] {
  return bands.map(([name, fromPercent]) => ({ name, fromPercent }));
}

const usualPresets: Readonly<Record<Market, GradingPresetName>> = {
  US: 'us-letters',
  UK: 'uk-9-1',
  EU: 'percent',
  AU: 'au-a-e',
  PH: 'ph-transmuted',
};

export function usualGrading(market: Market): Grading {
  return gradingPresets[usualPresets[market]];
}
