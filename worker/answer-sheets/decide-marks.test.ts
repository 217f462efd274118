import { expect, it } from 'vitest';
import { decideFields } from './decide-marks.ts';
import { layGrid } from './grid.ts';
import { createDesign } from './testing/draw-answer-sheet.ts';

const design = createDesign();
const minusAt = (at: number) => ({
  label: `minus${at}`,
  kind: 'multiple' as const,
  emptyValue: '',
  bubbles: [{ value: '-', left: 30, top: 20 + at * 11, width: 8, height: 8 }],
});
const minuses = { name: 'minuses', fields: Array.from({ length: 8 }, (_, at) => minusAt(at)) };

it('marks in bubbles that are alone in their fields do not make faint marks elsewhere look empty', () => {
  const grid = layGrid({ ...design, blocks: [...design.blocks, minuses] });
  const [faintField = -1, secondField = -1] = [...new Set(grid.cells.map(({ field }) => field))];
  const inks = grid.cells.map(({ field, bubble, kind }, cell) => {
    const isFirst = grid.cells[cell - 1]?.field !== field;
    if (field === faintField && isFirst) return { fill: 0.14, stroke: 0.14 };
    const isMarked = kind === 'multiple' ? bubble.value === '-' : isFirst;
    return isMarked ? { fill: 0.7, stroke: 0.7 } : { fill: (cell % 3) * 0.005, stroke: (cell % 3) * 0.005 };
  });
  const decisions = decideFields(grid, inks);
  expect(decisions[faintField]?.state).toBe('doubtful');
  expect(decisions[secondField]?.state).toBe('marked');
  expect(decisions.slice(-minuses.fields.length).map(({ state }) => state)).toEqual(Array(8).fill('marked'));
});
