import { capitals, digits } from '#contract/handwriting.ts';

/** Where in the network's outputs the small letters begin; they follow digits and capitals. */
const firstSmall = digits.length + capitals.length;
/** Then: struck out or scribbled over; and what else is not one character, such as several, a line, a blot. */
const struckOut = firstSmall + capitals.length;
const noCharacter = struckOut + 1;

/**
 * How common small letters are in boxes, against the training data, where they are as common as capitals. Chosen on writers that
 * the network has not learnt from: who chooses a character does best to expect few, as 1 reads `l` for I and `q` for G; and
 * whoever then doubts it, to expect more.
 */
const smallPrior = { choosing: 0.2, doubting: 0.5 };

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
  /** Together with what stands for it in this alphabet, and with more small letters expected. */
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
  const choosing = mergeCases(outputs, smallPrior.choosing);
  const doubting = mergeCases(outputs, smallPrior.doubting);
  const characters = Array.from(alphabet, (character) => {
    const others = Array.from(alike[character] ?? '').filter((other) => !alphabet.includes(other));
    return {
      character,
      chance: choosing.chances.get(character) ?? 0,
      chanceWithAlike: [character, ...others].reduce((sum, one) => sum + (doubting.chances.get(one) ?? 0), 0),
    };
  });
  return {
    characters: characters.toSorted((a, b) => b.chance - a.chance),
    struckOut: doubting.struckOut,
  };
}

/** Chances out of everything, of digits and of letters in either case. */
function mergeCases(outputs: Float32Array, smallShare: number) {
  const sums = Array.from(digits + capitals, (character, index) => {
    const small = index < digits.length ? 0 : smallShare * (outputs[index + capitals.length] ?? 0);
    return [character, (outputs[index] ?? 0) + small] as const;
  });
  const nothing = (outputs[struckOut] ?? 0) + (outputs[noCharacter] ?? 0);
  const total = sums.reduce((sum, [, chance]) => sum + chance, nothing);
  return {
    chances: new Map(sums.map(([character, chance]) => [character, chance / total])),
    struckOut: (outputs[struckOut] ?? 0) / total,
  };
}
