import { characterPx, samplePlane } from './normalise-character.ts';

interface Variation {
  /** Pixels to the side for each pixel down. */
  readonly slant: number;
  /** Of the character, against the picture's. */
  readonly size: number;
}

/** Within what the network has seen in training; chosen on the writers held back from it (models/handwriting/README.md). */
const variations: readonly Variation[] = [
  { slant: 0.15, size: 1 },
  { slant: -0.15, size: 1 },
  { slant: 0, size: 0.9 },
  { slant: 0, size: 1.1 },
];

/** @returns the character slanted to either side, smaller and larger, each a picture as `normaliseCharacter` makes them */
export function varyCharacter(picture: Float32Array): readonly Float32Array[] {
  const plane = { width: characterPx, height: characterPx, values: picture };
  const middle = (characterPx - 1) / 2;
  return variations.map(({ slant, size }) =>
    picture.map((_value, at) => {
      const x = (at % characterPx) - middle;
      const y = Math.floor(at / characterPx) - middle;
      return samplePlane(plane, middle + x / size + slant * y, middle + y / size);
    }),
  );
}

/** The least chance that a 32-bit float can hold, so that its logarithm is finite. */
const leastChance = 1e-38;

/** One opinion of several networks, or of one about several pictures: the geometric mean of each chance, together 1 again. */
export function averageChances(opinions: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array()] = opinions;
  const means = first.map((_value, at) =>
    Math.exp(opinions.reduce((sum, one) => sum + Math.log(Math.max(one[at] ?? 0, leastChance)), 0) / opinions.length),
  );
  const total = means.reduce((sum, value) => sum + value, 0);
  return means.map((value) => value / total);
}
