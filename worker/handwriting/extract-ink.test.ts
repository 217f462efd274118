import { describe, expect, it } from 'vitest';
import { cutBox } from './cut-box.ts';
import { extractInk, type BoxInk } from './extract-ink.ts';
import { findComponents } from './find-components.ts';
import { drawBoxes, strokesOf, type DrawnBox, type Paper, type Stroke } from './testing/draw-boxes.ts';

function cut(boxes: readonly DrawnBox[], index: number, paper?: Paper) {
  const { picture, outlines } = drawBoxes(boxes, paper);
  const outline = outlines[index];
  const box = outline && cutBox(picture, outline);
  if (box === undefined) throw new Error('no such box');
  return box;
}

function look(boxes: readonly DrawnBox[], index: number, paper?: Paper): BoxInk {
  const { grey, place } = cut(boxes, index, paper);
  return extractInk(grey, place);
}

const box = (character: string, more: Omit<DrawnBox, 'strokes'> = {}): DrawnBox => ({
  strokes: strokesOf[character] ?? [],
  ...more,
});

/** Where the ink lies, in shares of the box, and in how many pieces. */
function describeInk(found: BoxInk) {
  if (found.kind !== 'written') return { kind: found.kind };
  const pieces = findComponents(found.ink, 0.3);
  // A patch begins a quarter of its box before the box, and goes on as far behind.
  const share = (value: number) => (1.5 * value) / found.ink.width - 0.25;
  return {
    kind: found.kind,
    pieces: pieces.length,
    left: share(Math.min(...pieces.map(({ left }) => left))),
    top: share(Math.min(...pieces.map(({ top }) => top))),
    right: share(Math.max(...pieces.map(({ right }) => right))),
    bottom: share(Math.max(...pieces.map(({ bottom }) => bottom))),
  };
}

const empty: DrawnBox = { strokes: [] };

describe('extractInk', () => {
  it.each<[string, Paper]>([
    ['clean paper', {}],
    ['grainy paper in the shade', { brightness: 130, grain: 7, shadow: 0.4 }],
    ['pale lines', { lineShade: 0.75, linePx: 1 }],
    ['thick lines', { linePx: 4 }],
    ['a turned sheet', { turn: 0.15 }],
    ['a photo from far away', { boxPx: 22, linePx: 1, grain: 4 }],
    ['a blurred photo from farther away', { boxPx: 13, linePx: 0.9, lineShade: 0.3, blurPx: 1, grain: 2 }],
  ])('finds nothing in an empty box on %s', (_name, paper) => {
    expect(look([empty, empty, empty], 1, paper)).toEqual({ kind: 'blank' });
  });

  it.each<[string, DrawnBox, Paper]>([
    ['a pen', box('X'), {}],
    ['a thin hard pencil', box('X', { shade: 0.78, width: 0.035 }), {}],
    ['a pencil on grainy paper in the shade', box('X', { shade: 0.6 }), { brightness: 140, grain: 5, shadow: 0.4 }],
    ['a felt pen', box('X', { width: 0.14 }), {}],
    ['a pen in a small box of a photo', box('X', { width: 0.08 }), { boxPx: 24, linePx: 1 }],
    [
      'a pen in a blurred photo of boxes of 13 pixels',
      box('X', { width: 0.1 }),
      { boxPx: 13, linePx: 0.9, lineShade: 0.3, blurPx: 1, grain: 2 },
    ],
    ['a pen between thick lines', box('X'), { linePx: 4 }],
    ['a pen on a turned sheet', box('X'), { turn: -0.12 }],
  ])('leaves the strokes of %s, and no line', (_name, drawn, paper) => {
    const ink = describeInk(look([empty, drawn, empty], 1, paper));
    expect(ink).toMatchObject({ kind: 'written', pieces: 1 });
    const { left = 0, top = 0, right = 1, bottom = 1 } = ink;
    const softEdge = (paper.blurPx ?? 0) / 2 / (paper.boxPx ?? 48);
    for (const [value, expected] of [
      [left, 0.27],
      [top, 0.17],
      [right, 0.73],
      [bottom, 0.83],
    ] as const)
      expect(Math.abs(value - expected)).toBeLessThan(0.08 + softEdge);
  });

  it('keeps a stroke that crosses the line in one piece', () => {
    const tail: Stroke = [
      [0.3, 0.3],
      [0.7, 0.3],
      [0.4, 1.18],
    ];
    const ink = describeInk(look([empty, { strokes: [tail] }, empty], 1));
    expect(ink).toMatchObject({ kind: 'written', pieces: 1 });
    expect(ink.bottom).toBeGreaterThan(1.1);
  });

  it('keeps a stroke that crosses a blurred line', () => {
    const tail: Stroke = [
      [0.4, 0.3],
      [0.6, 1.2],
    ];
    const paper = { boxPx: 14, linePx: 0.9, lineShade: 0.3, blurPx: 1, grain: 2 };
    const ink = describeInk(look([empty, { strokes: [tail], width: 0.1 }, empty], 1, paper));
    expect(ink).toMatchObject({ kind: 'written', pieces: 1 });
    expect(ink.bottom).toBeGreaterThan(1.1);
  });

  it('leaves out what reaches in from the next box', () => {
    const reaching: Stroke = [
      [-0.2, 0.5],
      [0.5, 0.5],
    ];
    const next = { strokes: [reaching] };
    expect(look([empty, empty, next], 1)).toMatchObject({ kind: 'blank' });
    const ink = describeInk(
      look(
        [
          {
            strokes: [
              [
                [0.4, 0.4],
                [1.14, 0.6],
              ],
            ],
          },
          box('L'),
          empty,
        ],
        1,
      ),
    );
    expect(ink.left).toBeGreaterThan(0.25);
  });

  it('takes a fleck for nothing', () => {
    expect(
      look(
        [
          {
            strokes: [
              [
                [0.5, 0.5],
                [0.53, 0.5],
              ],
            ],
          },
        ],
        0,
      ),
    ).toEqual({ kind: 'blank' });
  });

  it.each([0, 0.35])('says that a box is blackened, and not that it is blank (shade %d)', (shade) => {
    const filled = Array.from({ length: 12 }, (_, at): Stroke => [
      [0.04, 0.04 + at * 0.083],
      [0.96, 0.04 + at * 0.083],
    ]);
    expect(look([{ strokes: filled, shade, width: 0.1 }], 0)).toEqual({ kind: 'blackened' });
  });
});
