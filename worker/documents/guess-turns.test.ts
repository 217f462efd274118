import { describe, expect, it, vi } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { guessTurns } from './guess-turns.ts';
import {
  addGrain,
  castLight,
  createPage,
  createRandom,
  fillRectangle,
  turnPage,
  writeLines,
} from './testing/draw-page.ts';

// Pages are drawn pixel by pixel: far below a second each, more on a machine that runs everything else too.
vi.setConfig({ testTimeout: 60_000 });

function writtenPage(seed: number): RgbaImage {
  const page = createPage(900, 1250);
  writeLines(page, { left: 80, top: 90, right: 820, bottom: 1100 }, 9, [40, 40, 60], createRandom(seed));
  castLight(page, (x, y) => 0.6 + 0.2 * (x / 900) + 0.2 * (y / 1250));
  addGrain(page, 3);
  return page;
}

describe('guessTurns', () => {
  for (const seed of [1, 2, 3])
    it(`turns writing upright from every side (${seed})`, () => {
      const page = writtenPage(seed);
      for (const turns of [0, 1, 2, 3])
        expect(guessTurns(turnPage(page, turns)), `turned ${turns}`).toBe((4 - turns) % 4);
    });

  it('leaves what it cannot be sure of: bare paper, a grid, capitals alone, a picture', () => {
    const grid = createPage(900, 1250);
    for (let x = 100; x < 800; x += 35)
      fillRectangle(grid, { left: x, top: 100, right: x + 2, bottom: 1100 }, [60, 60, 60]);
    for (let y = 100; y < 1100; y += 35)
      fillRectangle(grid, { left: 100, top: y, right: 800, bottom: y + 2 }, [60, 60, 60]);
    const capitals = createPage(900, 1250);
    for (let y = 100; y < 1100; y += 40)
      for (let x = 100; x < 800; x += 16)
        fillRectangle(capitals, { left: x, top: y, right: x + 10, bottom: y + 16 }, [40, 40, 40]);
    const picture = createPage(900, 1250);
    const random = createRandom(4);
    for (let y = 0; y < 1250; y += 25)
      for (let x = 0; x < 900; x += 25) {
        const tone = 255 * random();
        fillRectangle(picture, { left: x, top: y, right: x + 25, bottom: y + 25 }, [tone, tone, tone]);
      }
    for (const [name, page] of Object.entries({
      bare: createPage(900, 1250),
      grid,
      capitals,
      picture,
      dot: createPage(1, 1),
    }))
      for (const turns of [0, 1, 2, 3]) expect(guessTurns(turnPage(page, turns)), `${name}, turned ${turns}`).toBe(0);
  });
});
