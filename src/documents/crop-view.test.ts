import { describe, expect, it } from 'vitest';
import { photoPoint } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';
import { fitPhoto, shareOfPhoto, toPhoto, toStage } from './crop-view.ts';

const photo = { width: 4000, height: 3000 };
const stage = { width: 500, height: 700 };
const allTurns: readonly Turns[] = [0, 1, 2, 3];

describe.each(allTurns)('turned %i times', (turns) => {
  const view = fitPhoto(photo, turns, stage, 20);

  it('fits the photo in, the margin kept', () => {
    const corners = [photoPoint(0, 0), photoPoint(4000, 0), photoPoint(4000, 3000), photoPoint(0, 3000)];
    const seen = corners.map((corner) => toStage(view, corner));
    const [xs, ys] = [seen.map(({ x }) => x), seen.map(({ y }) => y)];
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(20 - 1e-9);
    expect(Math.max(...xs)).toBeLessThanOrEqual(480 + 1e-9);
    expect(Math.min(...ys)).toBeGreaterThanOrEqual(20 - 1e-9);
    expect(Math.max(...ys)).toBeLessThanOrEqual(680 + 1e-9);
    expect(Math.min(...xs) + Math.max(...xs)).toBeCloseTo(500);
    expect(Math.min(...ys) + Math.max(...ys)).toBeCloseTo(700);
  });

  it('maps back to where it came from', () => {
    const point = photoPoint(1234.5, 678.25);
    const back = toPhoto(view, toStage(view, point));
    expect(back.x).toBeCloseTo(point.x, 6);
    expect(back.y).toBeCloseTo(point.y, 6);
  });
});

it('turns clockwise: the photo’s top left goes to the top right, bottom right and bottom left', () => {
  const seen = allTurns.map((turns) => shareOfPhoto(fitPhoto(photo, turns, stage, 20), photoPoint(0, 0)));
  for (const [turns, [x, y]] of [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ].entries()) {
    expect(seen[turns]?.x).toBeCloseTo(x ?? NaN);
    expect(seen[turns]?.y).toBeCloseTo(y ?? NaN);
  }
});
