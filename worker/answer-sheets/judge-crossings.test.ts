import { expect, it } from 'vitest';
import { judgeCrossings } from './judge-crossings.ts';
import { measureArms } from './measure-arms.ts';

const outline = { shape: 'ellipse', halfWidth: 8, halfHeight: 8 } as const;
const square = { shape: 'rectangle', halfWidth: 8, halfHeight: 8 } as const;
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

it('a square that is filled to its corners is not crossed out, and one with a cross over it is', () => {
  const paint = (hasCross: boolean) => {
    const values = new Uint8Array(41 * 41).fill(255);
    for (let y = 0; y < 41; y++)
      for (let x = 0; x < 41; x++) {
        const [across, down] = [Math.abs(x - 20), Math.abs(y - 20)];
        const onArm = hasCross && Math.abs(across - down) <= 1 && across < 12;
        if (onArm || Math.max(across, down) < 8) values[y * 41 + x] = 60;
      }
    return { width: 41, height: 41, values };
  };
  const arms = [false, true].flatMap((hasCross) => measureArms(paint(hasCross), [center], [square]));
  expect(
    judgeCrossings(
      arms.map(() => ({ fill: 0.8, stroke: 0.9 })),
      arms,
    ),
  ).toEqual(['none', 'crossed']);
});

it('a sheet on which most marks look crossed out is left to a person', () => {
  const inks = Array.from({ length: 10 }, () => ({ fill: 0.8, stroke: 0.9 }));
  const crossed = (count: number) =>
    judgeCrossings(
      inks,
      inks.map((_, at) => (at < count ? 100 : 0)),
    );
  expect(crossed(3).filter((crossing) => crossing === 'crossed')).toHaveLength(3);
  expect(crossed(6).filter((crossing) => crossing === 'unsure')).toHaveLength(6);
});
