import { describe, expect, it } from 'vitest';
import { type TextBlock, plainTextOf } from '#contract/text.ts';
import { wordsOf } from '#src/store/text-terms.ts';
import { alignText } from './align-text.ts';
import { flowingTextOf } from './flowing-text.ts';
import { makeReading } from './testing/make-reading.ts';

const { blocks } = makeReading([
  ['heading', 'Our field trip'],
  ['paragraph', 'The ~bus lcaves at seven', 'in the morning'],
  ['list-item', '• a hat'],
  ['list-item', '• water'],
]);

const find = (from: readonly TextBlock[], text: string) => wordsOf(from).find((word) => word.text === text);

describe('alignText', () => {
  it('leaves a text that nobody changed as it is', () => {
    expect(alignText(blocks, plainTextOf({ blocks }))).toEqual(
      blocks.map((block) => ({ ...block, box: expect.anything(), lines: expect.anything() })),
    );
    expect(wordsOf(alignText(blocks, plainTextOf({ blocks })))).toEqual(wordsOf(blocks));
  });

  it('puts a corrected word where the misread one was, and is sure of it', () => {
    const aligned = alignText(blocks, plainTextOf({ blocks }).replace('lcaves', 'leaves'));
    expect(find(aligned, 'leaves')).toEqual({ ...find(blocks, 'lcaves'), text: 'leaves', confidence: 1 });
    expect(wordsOf(aligned)).toHaveLength(wordsOf(blocks).length);
    expect(find(aligned, 'bus')?.confidence).toBe(0.4);
  });

  it('shares a box among the words that one was split into, and joins boxes of words that became one', () => {
    const box = find(blocks, 'lcaves')?.box ?? { x: 0, width: 0 };
    const split = alignText(blocks, plainTextOf({ blocks }).replace('lcaves', 'le aves'));
    const [first, second] = [find(split, 'le')?.box, find(split, 'aves')?.box];
    expect(first?.x).toBe(box.x);
    expect((second?.x ?? 0) + (second?.width ?? 0)).toBeCloseTo(box.x + box.width);
    expect((first?.x ?? 0) + (first?.width ?? 0)).toBeLessThan(second?.x ?? 0);

    const joined = alignText(blocks, plainTextOf({ blocks }).replace('bus lcaves', 'busleaves'));
    expect(find(joined, 'busleaves')?.box.x).toBe(find(blocks, 'bus')?.box.x);
    expect(find(joined, 'busleaves')?.box.width).toBe(180 + 20);
  });

  it('keeps kinds of blocks, and follows new lines and empty ones', () => {
    const text = flowingTextOf(blocks).replace('at seven ', 'at\n\nseven ').replace('• water', '• water\n• a friend');
    const aligned = alignText(blocks, text);
    expect(flowingTextOf(aligned)).toBe(text);
    expect(aligned.map(({ kind }) => kind)).toEqual([
      'heading',
      'paragraph',
      'paragraph',
      'list-item',
      'list-item',
      'list-item',
    ]);
    expect(aligned[0]?.level).toBe(1);
  });

  it('takes a text that was emptied, and one where there was none', () => {
    expect(alignText(blocks, ' \n')).toEqual([]);
    const fresh = alignText([], 'written by hand\nbelow');
    expect(plainTextOf({ blocks: fresh })).toBe('written by hand\nbelow');
  });

  it('brings a correction to the boxes of a new reading', () => {
    const corrected = alignText(blocks, plainTextOf({ blocks }).replace('lcaves', 'leaves'));
    const moved = makeReading([
      ['paragraph', 'Header'],
      ['heading', 'Our fie1d trip'],
      ['paragraph', 'The bus lcaves at', 'seven in the morning'],
    ]).blocks;
    const aligned = alignText(moved, flowingTextOf(corrected));
    expect(find(aligned, 'leaves')?.box).toEqual(find(moved, 'lcaves')?.box);
    expect(find(aligned, 'field')?.box).toEqual(find(moved, 'fie1d')?.box);
    expect(plainTextOf({ blocks: aligned })).toContain('Our field trip\n\nThe bus leaves at\nseven in the morning');
  });

  it('aligns two pages of 1,500 words that have little in common', () => {
    const long = (seed: number) => Array.from({ length: 1500 }, (_, at) => `w${(at * seed) % 997}`).join(' ');
    const page = makeReading([['paragraph', long(31)]]).blocks;
    expect(wordsOf(alignText(page, long(37)))).toHaveLength(1500);
  });
});
