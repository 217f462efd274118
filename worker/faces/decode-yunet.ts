import type { Size } from '#contract/images.ts';
import type { Candidate, Spot } from './face-network.ts';

/** YuNet's grids, one guess for each cell (Wu, Peng and Yu 2023, doi:10.1007/s11633-023-1423-y). */
const cellsPx = [8, 16, 32];

/** Of each guess: the box's centre and logarithms of its size, then eyes, nose and corners of the mouth, x and y each. */
const numbersPerGuess = 14;

/**
 * @param outputs of the network for a picture of `size`
 * @param leastScore guesses below it are left out
 */
export function decodeYunet(
  outputs: Readonly<Record<string, Float32Array>>,
  size: Size,
  leastScore: number,
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const cellPx of cellsPx) {
    const scores = outputs[`scores-${cellPx}`];
    const places = outputs[`places-${cellPx}`];
    if (scores === undefined || places === undefined) throw new Error(`The network gives no grid of ${cellPx} pixels`);
    const columns = size.width / cellPx;
    for (let cell = 0; cell < scores.length / 2; cell++) {
      // The chance of a face and the chance that the box fits: their geometric mean, as its authors score it.
      const score = Math.sqrt((scores[2 * cell] ?? 0) * (scores[2 * cell + 1] ?? 0));
      if (score < leastScore) continue;
      const number = (at: number) => places[cell * numbersPerGuess + at] ?? 0;
      const spot = (at: number): Spot => ({
        x: ((cell % columns) + number(at)) * cellPx,
        y: (Math.floor(cell / columns) + number(at + 1)) * cellPx,
      });
      const centre = spot(0);
      const width = cellPx * Math.exp(number(2));
      const height = cellPx * Math.exp(number(3));
      candidates.push({
        box: { x: centre.x - width / 2, y: centre.y - height / 2, width, height },
        score,
        eyes: [spot(4), spot(6)],
        nose: spot(8),
      });
    }
  }
  return candidates;
}
