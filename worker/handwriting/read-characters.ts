import { digits, type BoxInPicture, type CharacterReading } from '#contract/handwriting.ts';
import type { RgbaImage } from '#contract/images.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { readChances } from './classes.ts';
import { cutBox } from './cut-box.ts';
import { extractInk, type BoxInk } from './extract-ink.ts';
import { normaliseCharacter } from './normalise-character.ts';
import { averageChances, varyCharacter } from './vary-character.ts';

/**
 * The network of models/handwriting, as this room is handed it: a picture of 28 x 28, ink 1 on 0, to the chances of its classes.
 */
export type ClassifyCharacter = (picture: Float32Array) => Promise<Float32Array>;

/**
 * A reading is taken without a look from this chance on, chosen on the writers held back from training so that at most 0.5 % of
 * what is accepted is wrong (models/handwriting/README.md). Letters are more, more alike, and written in more ways.
 */
const acceptedChance = { digits: 0.7, letters: 0.95 };

/**
 * What is less likely than this at first sight is looked at again, slanted, smaller and larger: one in 26 digits and one in 8 letters.
 * The writers held back from training gain nothing more by looking at all characters five times.
 */
const plainChance = 0.95;

/**
 * What is as likely struck out is no character. With the weights that this was chosen for, 3 of 7,757 characters held back from
 * training were taken for that, and 8 % of what is struck out was doubtful instead; with 0.5 it was 6 characters and 5 %.
 */
const struckOutChance = 0.8;

const blank: CharacterReading = { state: 'blank', probability: 0, alternatives: [] };
/** A person has to look where this cannot. */
const unseen: CharacterReading = { state: 'doubtful', probability: 0, alternatives: [] };
const scribbled: CharacterReading = { state: 'scribbled', probability: 0, alternatives: [] };

/**
 * Reads boxes for single characters.
 *
 * @param picture the photo, or a flat page
 * @returns a reading for each box, in their order
 */
export async function readCharacters(
  picture: RgbaImage,
  boxes: readonly BoxInPicture[],
  classify: ClassifyCharacter,
): Promise<readonly CharacterReading[]> {
  const found = boxes.map(({ outline, alphabet }) => ({ ...lookInto(picture, outline), alphabet }));
  const written = found.flatMap((box) => (box.kind === 'written' ? [box] : []));
  const readings = await readInk(written, classify);
  const answers = { blank, blackened: scribbled, unseen };
  let next = 0;
  return found.map(({ kind }) => (kind === 'written' ? (readings[next++] ?? unseen) : answers[kind]));
}

function lookInto(picture: RgbaImage, outline: BoxInPicture['outline']): BoxInk | { readonly kind: 'unseen' } {
  const cut = cutBox(picture, outline);
  return cut === undefined ? { kind: 'unseen' } : extractInk(cut.grey, cut.place);
}

/** Reads characters that are nothing but ink, 0 to 1. */
export async function readInk(
  characters: readonly { readonly ink: Plane<Float32Array>; readonly alphabet: string }[],
  classify: ClassifyCharacter,
): Promise<readonly CharacterReading[]> {
  const readings: CharacterReading[] = [];
  // One at a time: in batches of 4 to 64 tfjs takes 1.7 times as long for each (1.0 ms of one core alone).
  for (const { ink, alphabet } of characters) readings.push(await readOne(normaliseCharacter(ink), alphabet, classify));
  return readings;
}

/** The mean over the character's variations where the character alone leaves a doubt. */
async function readOne(
  picture: Float32Array,
  alphabet: string,
  classify: ClassifyCharacter,
): Promise<CharacterReading> {
  const atFirst = await classify(picture);
  if ((readChances(atFirst, alphabet).characters[0]?.chanceWithAlike ?? 0) >= plainChance)
    return judge(atFirst, alphabet);
  const opinions = [atFirst];
  for (const variation of varyCharacter(picture)) opinions.push(await classify(variation));
  return judge(averageChances(opinions), alphabet);
}

function judge(outputs: Float32Array, alphabet: string): CharacterReading {
  const { characters, struckOut } = readChances(outputs, alphabet);
  const [best] = characters;
  if (struckOut > struckOutChance || best === undefined) return scribbled;
  const accepted = Array.from(alphabet).every((one) => digits.includes(one))
    ? acceptedChance.digits
    : acceptedChance.letters;
  return {
    state: best.chanceWithAlike >= accepted ? 'read' : 'doubtful',
    character: best.character,
    probability: best.chanceWithAlike,
    alternatives: characters.map(({ character, chance }) => ({
      character,
      // The least chance that a 32-bit float can hold, so that a sum of logarithms stays finite.
      logProbability: Math.log(Math.max(chance, 1e-38)),
    })),
  };
}
