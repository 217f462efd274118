import { overlapOf, type Detection } from './summarise.ts';

/**
 * Faces of a camera's frame by the same network on WebAssembly and on WebGL. Frames are all of one size: for each size of its input,
 * WebGL compiles the network anew, which takes graphics in software half a minute.
 */
export interface BothBackends {
  readonly wasm: readonly Detection[];
  readonly webgl: readonly Detection[];
}

export interface Agreement {
  readonly pictures: number;
  /** Found on both at the same place. */
  readonly sameFaces: number;
  /** Found on one alone. */
  readonly onlyOnOne: number;
  /** Over the faces found on both. */
  readonly leastOverlap: number;
  readonly largestScoreDifference: number;
  readonly isWithinTolerance: boolean;
}

/**
 * Both round differently: sums are taken in another order, and graphics processors of phones have 16 bits, which came to 0.02 of a
 * chance in such networks. The app takes none that is off by more than 0.05 (`src/engine/backend-choice.ts`). A box that
 * overlaps by 0.9 lies inside the margin, 0.2 of the face and more, by which hiding goes beyond it.
 */
const tolerance = { overlap: 0.9, score: 0.05 } as const;

/** @param photos of each picture, what both backends say */
export function compareBackends(photos: readonly BothBackends[]): Agreement {
  let sameFaces = 0;
  let onlyOnOne = 0;
  let leastOverlap = 1;
  let largestScoreDifference = 0;
  for (const { wasm, webgl } of photos) {
    const left = new Set(webgl);
    for (const face of wasm) {
      const [best] = [...left].toSorted((a, b) => overlapOf(face.box, b.box) - overlapOf(face.box, a.box));
      const overlap = best === undefined ? 0 : overlapOf(face.box, best.box);
      if (best === undefined || overlap < 0.5) {
        onlyOnOne++;
        continue;
      }
      left.delete(best);
      sameFaces++;
      leastOverlap = Math.min(leastOverlap, overlap);
      largestScoreDifference = Math.max(largestScoreDifference, Math.abs(face.score - best.score));
    }
    onlyOnOne += left.size;
  }
  return {
    pictures: photos.length,
    sameFaces,
    onlyOnOne,
    leastOverlap,
    largestScoreDifference,
    isWithinTolerance:
      onlyOnOne === 0 && leastOverlap >= tolerance.overlap && largestScoreDifference <= tolerance.score,
  };
}
