import type { Size } from '#contract/images.ts';
import type { Candidate, Spot } from './face-network.ts';

/**
 * BlazeFace's two grids (Bazarevsky et al. 2019, arXiv:1907.05047, and the anchors of MediaPipe's back-camera model): each
 * cell makes a fixed number of guesses, all of them relative to the cell's centre.
 */
const grids = [
  { name: 'fine', cellPx: 16, guesses: 2 },
  { name: 'coarse', cellPx: 32, guesses: 6 },
] as const;

/** Of each guess: the box's centre and size, then eyes, nose, mouth and ears, x and y each. */
const numbersPerGuess = 16;

/** Places are said in units of this many pixels (models/face-detection). */
const unitPx = 256;

/**
 * Its boxes sit low and are short: they reach from the brows to below the chin. These take them to forehead and chin, ear to
 * ear; medians over faces of 16 to 180 pixels of `shared/data/faces`.
 */
const calibration = { width: 0.945, height: 1.19, up: 0.085 };

/**
 * @param outputs of the network for a picture of `size`
 * @param leastScore guesses below it are left out
 */
export function decodeBlazeface(
  outputs: Readonly<Record<string, Float32Array>>,
  size: Size,
  leastScore: number,
): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const { name, cellPx, guesses } of grids) {
    const scores = outputs[`${name}-scores`];
    const places = outputs[`${name}-places`];
    if (scores === undefined || places === undefined) throw new Error(`The network gives no ${name} grid`);
    const columns = size.width / cellPx;
    for (const [index, score] of scores.entries()) {
      if (score < leastScore) continue;
      const cell = Math.floor(index / guesses);
      const centreX = ((cell % columns) + 0.5) * cellPx;
      const centreY = (Math.floor(cell / columns) + 0.5) * cellPx;
      const number = (at: number) => unitPx * (places[index * numbersPerGuess + at] ?? 0);
      const spot = (at: number): Spot => ({ x: centreX + number(at), y: centreY + number(at + 1) });
      const centre = spot(0);
      const width = calibration.width * number(2);
      const height = calibration.height * number(3);
      candidates.push({
        box: {
          x: centre.x - width / 2,
          y: centre.y - height * (0.5 + calibration.up),
          width,
          height,
        },
        score,
        eyes: [spot(4), spot(6)],
        nose: spot(8),
      });
    }
  }
  return candidates;
}
