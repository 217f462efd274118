import { capitals, digits } from '#contract/handwriting.ts';

/** Where in the network's outputs the small letters begin; they follow digits and capitals. */
const firstSmall = digits.length + capitals.length;
/** Then: struck out or scribbled over; and what else is not one character, such as several, a line, a blot. */
const struckOut = firstSmall + capitals.length;
const noCharacter = struckOut + 1;

/**
 * How much rarer small letters are in boxes than in the training data, where they are as common as capitals. Chosen on the
 * writers held back from training: 1 reads `l` for I and `q` for G, 0 reads no small letter at all.
 */
const smallPrior = 0.3;

/**
 * What is drawn like a character and stands for it where it cannot be meant itself: whoever writes 0 in a box for digits is not
 * to be doubted because it may be an O.
 */
const alike: Readonly<Record<string, string>> = {
  '0': 'OD',
  '1': 'IL',
  '2': 'Z',
  '5': 'S',
  '6': 'GB',
  '7': 'T',
  '8': 'B',
  '9': 'GQ',
  I: '1',
  O: '0',
  S: '5',
  Z: '2',
};

/** How likely a character is, out of everything that can be written. */
interface CharacterChance {
  readonly character: string;
  readonly chance: number;
  /** Together with what stands for it in this alphabet. */
  readonly chanceWithAlike: number;
}

export interface CharacterChances {
  /** Of the alphabet, likeliest first. */
  readonly characters: readonly CharacterChance[];
  readonly struckOut: number;
}

/**
 * @param outputs of the network for one character
 * @param alphabet capitals and digits; what else it holds has no chance
 */
export function readChances(outputs: Float32Array, alphabet: string): CharacterChances {
  const all = new Map<string, number>();
  let total = (outputs[struckOut] ?? 0) + (outputs[noCharacter] ?? 0);
  for (const [index, character] of Array.from(digits + capitals).entries()) {
    const small = index < digits.length ? 0 : smallPrior * (outputs[index + capitals.length] ?? 0);
    const chance = (outputs[index] ?? 0) + small;
    all.set(character, chance);
    total += chance;
  }
  const chanceOf = (character: string): number => (all.get(character) ?? 0) / total;
  const characters = Array.from(alphabet, (character) => {
    const chance = chanceOf(character);
    const others = Array.from(alike[character] ?? '').filter((other) => !alphabet.includes(other));
    return { character, chance, chanceWithAlike: others.reduce((sum, one) => sum + chanceOf(one), chance) };
  });
  return {
    characters: characters.toSorted((a, b) => b.chance - a.chance),
    struckOut: (outputs[struckOut] ?? 0) / total,
  };
}
