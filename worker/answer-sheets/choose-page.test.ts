import { describe, expect, it } from 'vitest';
import { photoPoint } from '#contract/images.ts';
import type { VersionLetter } from '#contract/exams.ts';
import type { SheetReading } from '#contract/sheets.ts';
import { canBubblesTell, chooseByBubbles, chooseByCode, type CandidatePage } from './choose-page.ts';

/** A page with so many bubbles in a row; `top` tells its geometry. */
function candidate(version: VersionLetter, page: number, bubbles: number, top = 10): CandidatePage {
  const field = {
    label: 'q1',
    kind: 'single' as const,
    emptyValue: '',
    bubbles: Array.from({ length: bubbles }, (_, at) => ({ value: `${at}`, left: at * 8, top, width: 5, height: 5 })),
  };
  return {
    version,
    page,
    boxes: [],
    design: {
      name: 'test',
      unit: 'mm',
      size: { width: 210, height: 297 },
      location: { by: 'bubbles' },
      blocks: [{ name: 'q1', fields: [field] }],
      customLabels: [],
      outputColumns: ['q1'],
    },
  };
}

function reading(locked: boolean): SheetReading {
  const corner = photoPoint(0, 0);
  return {
    found: true,
    corners: [corner, corner, corner, corner],
    blocks: [{ name: 'q1', locked, residual: 0 }],
    fields: [],
    columns: [],
    flagged: [],
    version: 1,
  };
}

describe('the code', () => {
  const pages = [candidate('A', 1, 5), candidate('A', 2, 5), candidate('B', 1, 5)];

  it('names the page', () => {
    const verdict = chooseByCode({ exam: 'PAPE0001', version: 'B', page: 1 }, pages, 'PAPE0001');
    expect(verdict).toEqual({ kind: 'page', page: pages[2] });
  });

  it('of another exam, or of a page that is not there, names none', () => {
    expect(chooseByCode({ exam: 'PAPE0002', version: 'B', page: 1 }, pages, 'PAPE0001').kind).toBe('foreign');
    expect(chooseByCode({ exam: 'PAPE0001', version: 'B', page: 2 }, pages, 'PAPE0001').kind).toBe('foreign');
    expect(chooseByCode({ exam: 'PAPE0002', version: 'A', page: 1 }, pages.slice(0, 1), 'PAPE0001').kind).toBe(
      'foreign',
    );
  });

  it('is not needed where there is one page', () => {
    expect(chooseByCode(undefined, pages.slice(0, 1), 'PAPE0001')).toEqual({ kind: 'page', page: pages[0] });
    expect(chooseByCode(undefined, pages, 'PAPE0001').kind).toBe('unknown');
  });
});

describe('the bubbles', () => {
  const [short, long, alike] = [candidate('A', 1, 50), candidate('A', 2, 100), candidate('B', 2, 98)];

  it('tell the page that fits as a whole', () => {
    const trials = [
      { page: short, reading: reading(true) },
      { page: long, reading: reading(false) },
    ];
    expect(chooseByBubbles(trials)?.page).toBe(short);
  });

  it('tell the longer of two pages that fit', () => {
    const trials = [short, long].map((page) => ({ page, reading: reading(true) }));
    expect(chooseByBubbles(trials)?.page).toBe(long);
  });

  it('tell nothing where two fit alike, or none does', () => {
    expect(chooseByBubbles([long, alike].map((page) => ({ page, reading: reading(true) })))).toBeUndefined();
    expect(chooseByBubbles([long, short].map((page) => ({ page, reading: reading(false) })))).toBeUndefined();
    const missing = { found: false, reason: 'no-bubbles', version: 1 } as const;
    expect(chooseByBubbles([{ page: long, reading: missing }])).toBeUndefined();
    expect(chooseByBubbles([{ page: candidate('A', 3, 0), reading: reading(true) }])).toBeUndefined();
  });

  it('can tell a page without a twin', () => {
    const twins = [candidate('A', 1, 5), candidate('B', 1, 5)];
    expect(canBubblesTell(twins)).toBe(false);
    expect(canBubblesTell([...twins, candidate('A', 2, 5, 20)])).toBe(true);
  });
});
