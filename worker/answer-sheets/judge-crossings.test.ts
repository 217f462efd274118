import { expect, it } from 'vitest';
import { judgeCrossings } from './judge-crossings.ts';
import { measureArms } from './measure-arms.ts';

const outline = { shape: 'ellipse', halfWidth: 8, halfHeight: 8 } as const;
const center = { x: 20, y: 20 };

/** A bubble with its filling, and strokes along so many half diagonals. */
function drawBubble({ filled, arms }: { filled: boolean; arms: number }) {
  const values = new Uint8Array(41 * 41).fill(255);
  for (let y = 0; y < 41; y++)
    for (let x = 0; x < 41; x++) {
      const quadrant = (x < 20 ? 1 : 0) + (y < 20 ? 2 : 0);
      const radius = Math.hypot(x - 20, y - 20);
      const onArm = Math.abs(Math.abs(x - 20) - Math.abs(y - 20)) <= 1 && radius < 12 && quadrant < arms;
      if (onArm || (filled && radius < 7.5)) values[y * 41 + x] = 60;
    }
  return { width: 41, height: 41, values };
}

const judge = (ink: { fill: number; stroke: number }, picture: { filled: boolean; arms: number }) =>
  judgeCrossings([ink], measureArms(drawBubble(picture), [center], [outline]));

it('a filled bubble with a cross over it is crossed out', () => {
  expect(judge({ fill: 0.8, stroke: 0.9 }, { filled: true, arms: 4 })).toEqual(['crossed']);
});

it('a filling without a cross, or that runs over on two sides, is none', () => {
  expect(judge({ fill: 0.8, stroke: 0.9 }, { filled: true, arms: 0 })).toEqual(['none']);
  expect(judge({ fill: 0.8, stroke: 0.9 }, { filled: true, arms: 2 })).toEqual(['none']);
});

it('a cross alone is a mark, and between the two is left to a person', () => {
  expect(judge({ fill: 0.25, stroke: 0.8 }, { filled: false, arms: 4 })).toEqual(['none']);
  expect(judge({ fill: 0.42, stroke: 0.8 }, { filled: true, arms: 4 })).toEqual(['unsure']);
});
