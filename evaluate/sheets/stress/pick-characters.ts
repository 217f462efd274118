import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readIdx } from '../../characters/read-idx.ts';
import { readTruth } from '../../characters/read-truth.ts';
import { UnusableInput } from '../../unusable.ts';
import type { PrintedDesign } from './printed-design.ts';
import { createRandom, type Random } from './random.ts';

/** Ink of 28 x 28 pixels, 255 on 0. */
type Ink = Uint8Array;

/** Characters that people wrote, by what they are. */
export type CharacterPool = ReadonlyMap<string, readonly Ink[]>;

/** A character for a box: what it is, and its ink in base64. */
export interface PickedCharacter {
  readonly character: string;
  readonly ink: string;
}

/** @throws UnusableInput where a folder holds no characters */
export function readPool(folders: readonly string[]): CharacterPool {
  const pool = new Map<string, Ink[]>();
  for (const folder of folders) {
    try {
      const { images, labels, classes } = readTruth(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')));
      const inks = openIdx(join(folder, images));
      const [, height = 0, width = 0] = inks.sizes;
      if (width !== 28 || height !== 28) throw new Error('characters are not 28 x 28 pixels');
      openIdx(join(folder, labels)).values.forEach((label, at) => {
        const character = classes[label];
        if (character === undefined) return;
        const own = pool.get(character) ?? [];
        pool.set(character, own);
        own.push(inks.values.subarray(at * width * height, (at + 1) * width * height));
      });
    } catch (cause) {
      throw new UnusableInput(`${folder}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  return pool;
}

function openIdx(path: string) {
  const bytes = readFileSync(path);
  return readIdx(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
}

/** Names end somewhere, and some answers are left out. */
const filledShare = 0.93;

/** What one pupil writes into the boxes of a design; by label, boxes that stay empty left out. */
export function pickCharacters(
  { design }: PrintedDesign,
  pool: CharacterPool,
  seed: number,
): Readonly<Record<string, PickedCharacter>> {
  const random = createRandom(seed);
  return Object.fromEntries(
    (design.written ?? []).flatMap(({ label, values }) => {
      if (!random.chance(filledShare)) return [];
      const picked = pick(values, pool, random);
      return picked === undefined ? [] : [[label, picked] as const];
    }),
  );
}

function pick(values: readonly string[], pool: CharacterPool, random: Random): PickedCharacter | undefined {
  const known = values.filter((value) => (pool.get(value)?.length ?? 0) > 0);
  const character = known[Math.floor(random.next() * known.length)];
  const inks = character === undefined ? undefined : pool.get(character);
  const ink = inks?.[Math.floor(random.next() * inks.length)];
  if (character === undefined || ink === undefined) return undefined;
  return { character, ink: Buffer.from(ink).toString('base64') };
}
