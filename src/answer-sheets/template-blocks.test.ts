import { describe, expect, it } from 'vitest';
import {
  blocksOfDesign,
  checkBlocks,
  designOfBlocks,
  drawBlock,
  placeBubble,
  questionsOfBlocks,
  type DrawnBlock,
} from './template-blocks.ts';

const size = { width: 1000, height: 1400 };
const choices: DrawnBlock = {
  id: 'a',
  holds: 'questions',
  direction: 'across',
  first: { x: 100, y: 200 },
  last: { x: 190, y: 650 },
  fields: 10,
  choices: 4,
  bubble: { width: 20, height: 18 },
  signs: 'letters',
  multiple: false,
  startsAt: 1,
};
const number: DrawnBlock = {
  ...choices,
  id: 'b',
  holds: 'number',
  direction: 'down',
  first: { x: 500, y: 200 },
  last: { x: 620, y: 470 },
  fields: 5,
  choices: 10,
  signs: 'digits-from-zero',
};

describe('drawn blocks', () => {
  it('lay their bubbles evenly between the first and the last', () => {
    expect(placeBubble(choices, 0, 0)).toEqual({ x: 100, y: 200 });
    expect(placeBubble(choices, 9, 3)).toEqual({ x: 190, y: 650 });
    expect(placeBubble(choices, 1, 2)).toEqual({ x: 160, y: 250 });
    expect(placeBubble(number, 1, 3)).toEqual({ x: 530, y: 290 });
  });

  it('become a design with a number and questions, and come back from it as they were', () => {
    const design = designOfBlocks('Theirs', size, [choices, number]);
    expect(design.outputColumns).toEqual(['number', 'q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9', 'q10']);
    expect(design.blocks[0]?.fields[1]?.bubbles[2]).toEqual({ value: 'C', left: 150, top: 241, width: 20, height: 18 });
    expect(design.blocks[1]?.fields[4]).toMatchObject({ label: 'number.5', kind: 'digits' });
    expect(blocksOfDesign(design)).toEqual([choices, number]);
  });

  it('keep what a question was given when they are moved', () => {
    const before = questionsOfBlocks([choices], []).map((question) => ({ ...question, points: 3 }));
    const after = questionsOfBlocks([{ ...choices, choices: 5 }, number], before);
    expect(after).toHaveLength(10);
    expect(after[4]).toMatchObject({ id: 'q5', label: '5', points: 3, form: { values: ['A', 'B', 'C', 'D', 'E'] } });
  });

  it('are refused where they overlap in name, lie outside or touch', () => {
    expect(checkBlocks(size, [choices, number])).toEqual([]);
    expect(checkBlocks(size, [choices, { ...choices, id: 'c', startsAt: 10 }])).toEqual([
      { kind: 'same-label', blockId: 'c', label: 'q10' },
    ]);
    expect(checkBlocks(size, [{ ...choices, last: { x: 995, y: 650 } }])[0]?.kind).toBe('outside');
    expect(checkBlocks(size, [{ ...choices, last: { x: 150, y: 650 } }])[0]?.kind).toBe('too-close');
  });

  it('are drawn like the one before, from whichever corner, and numbered on', () => {
    const drawn = drawBlock(
      'n',
      [
        { x: 390, y: 650 },
        { x: 300, y: 200 },
      ],
      [choices, number],
    );
    expect(drawn).toMatchObject({ first: { x: 300, y: 200 }, last: { x: 390, y: 650 }, fields: 10, startsAt: 11 });
    expect(drawBlock('n', [choices.first, choices.last], []).bubble.width).toBe(18);
  });
});
