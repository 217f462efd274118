import type { Grid } from './grid.ts';
import { patchSamples, patchSide, type Patches } from './sample-patches.ts';

/** Fewer bubbles of one value in a block do not tell print from marks; all of that value on the sheet are taken then. */
const fewest = 5;

/**
 * What is taken for print is at most so much darker than all bubbles are, as to its lightest quarter, and a block's than the whole
 * sheet's, as to its mean. Of 2400 groups on 240 drawn sheets, print reached 10 of each, and a light pencil began at 20 and 29. As to its
 * mean it is at most `ofAny` darker than what is printed in any bubble: of 5,100 groups on 240 sheets, print reached 21, and crosses in all
 * bubbles of one value, which leave their lightest quarter as it is, 20 to 43.
 */
const mostTint = { quarter: 14, mean: 12, ofAny: 24 } as const;

/** Share of the bubbles of one value that are always unmarked, or all are marked alike. */
const emptyShare = 0.3;

/** More bubbles than this tell nothing more of what is printed in them. */
const mostBubbles = 120;

/** What is printed in the bubbles of a sheet. */
export interface Prints {
  /** Darkness in the samples of each cell; `undefined` where there are too few of its value to tell. */
  readonly ofCells: readonly (Uint8Array | undefined)[];
  /** Of any bubble: next to nothing where letters differ. */
  readonly ofAny: Uint8Array;
  /** One for each value that is known. */
  readonly known: readonly Uint8Array[];
}

/**
 * What is printed in the bubbles, as the sheet itself shows it: at each sample, of all bubbles with the same value in
 * the same block, the darkness that three tenths do not reach, and of the samples around the darkest. A column that is marked nearly
 * throughout looks like print, which the other values of the block tell.
 */
export function printsOf(grid: Grid, patches: Patches): Prints {
  const groups = new Map<string, number[]>();
  const join = (key: string, cell: number) => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  };
  const keys = grid.cells.map(({ block, bubble }) => ({
    inBlock: `${block} ${bubble.value}`,
    all: `* ${bubble.value}`,
  }));
  keys.forEach(({ inBlock, all }, cell) => {
    join(inBlock, cell);
    join(all, cell);
    join('*', cell);
  });
  const prints = new Map<string, Print>();
  const printOf = (key: string): Print => {
    const known = prints.get(key);
    if (known !== undefined) return known;
    const low = lowShare(patches, groups.get(key) ?? []);
    const print = {
      wide: widen(low),
      quarter: low.toSorted()[low.length >> 2] ?? 0,
      mean: low.reduce((sum, value) => sum + value, 0) / low.length,
    };
    prints.set(key, print);
    return print;
  };
  const sizeOf = (key: string) => groups.get(key)?.length ?? 0;
  // Print leaves the better part of a bubble as it is.
  const clear = printOf('*').quarter + mostTint.quarter;
  const usual = printOf('*').mean;
  const chosen = new Map<string, Uint8Array | undefined>();
  const ofCells = keys.map(({ inBlock, all }) => {
    if (chosen.has(inBlock)) return chosen.get(inBlock);
    const known = [inBlock, all].filter((key) => sizeOf(key) >= fewest);
    const lightest = Math.min(...known.map((key) => printOf(key).mean));
    const isPrint = (key: string) => {
      const { quarter, mean } = printOf(key);
      return quarter < clear && mean < Math.min(lightest + mostTint.mean, usual + mostTint.ofAny);
    };
    const print = known.length === 0 ? undefined : printOf(known.find(isPrint) ?? '*').wide;
    chosen.set(inBlock, print);
    return print;
  });
  const known = [...new Set([...chosen.values()].filter((print) => print !== undefined))];
  return { ofCells, ofAny: printOf('*').wide, known };
}

interface Print {
  /** Each sample as dark as the darkest around it: bubbles are never sampled in quite the same places. */
  readonly wide: Uint8Array;
  /** What the lightest quarter of the samples does not exceed. */
  readonly quarter: number;
  readonly mean: number;
}

function lowShare(patches: Patches, cells: readonly number[]): Uint8Array {
  const stride = Math.max(1, Math.floor(cells.length / mostBubbles));
  const sample = cells.filter((_, index) => index % stride === 0);
  const low = new Uint8Array(patchSamples);
  const rank = Math.floor(emptyShare * sample.length);
  const counts = new Uint16Array(256);
  for (let at = 0; at < patchSamples; at++) {
    counts.fill(0);
    for (const cell of sample) {
      const value = patches[cell * patchSamples + at] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
    let level = 0;
    for (let below = counts[0] ?? 0; below <= rank && level < 255; below += counts[level] ?? 0) level++;
    low[at] = level;
  }
  return low;
}

/** The darkest of the nine samples around each. */
function widen(low: Uint8Array): Uint8Array {
  return low.map((_, at) => {
    const x = at % patchSide;
    const y = Math.floor(at / patchSide);
    let most = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(patchSide - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(patchSide - 1, x + 1); column++)
        most = Math.max(most, low[row * patchSide + column] ?? 0);
    return most;
  });
}
