import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenSession } from '../../harness/open-session.ts';
import type { LabelledSheet } from '../read-truth.ts';
import { printedDesigns } from './designs.ts';
import { pickCharacters, type CharacterPool } from './pick-characters.ts';
import type { DesignSet } from './printed-design.ts';

export interface StressOrder {
  readonly set: DesignSet;
  readonly count: number;
  readonly seed: number;
  /** What is written in boxes. */
  readonly pool: CharacterPool;
}

/** Writes `count` sheets with their designs and `truth.json` into a folder, the same for the same seed. */
export async function drawStressSet(
  session: OpenSession,
  folder: string,
  { set, count, seed, pool }: StressOrder,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const designs = printedDesigns[set];
  designs.forEach(({ design }) => {
    writeFileSync(join(folder, `${design.name}.json`), `${JSON.stringify(design)}\n`);
  });
  const truth: LabelledSheet[] = [];
  for (let index = 0; index < count; index++) {
    session.progress(`drawing ${index + 1} of ${count}`);
    const printed = designs[index % designs.length];
    const picked = printed === undefined ? {} : pickCharacters(printed, pool, seed * 1_000_003 + index);
    const inks = Object.fromEntries(Object.entries(picked).map(([label, { ink }]) => [label, ink]));
    const { photo, design, answers, tags, correction } = await session.page.evaluate(
      ([of, from, at, written]) => window.papel.drawSheet(of, from, at, written),
      [set, seed, index, inks] as const,
    );
    const characters = Object.entries(picked).map(([label, { character }]) => [label, character] as const);
    const file = `${String(index).padStart(4, '0')}.jpg`;
    writeFileSync(join(folder, file), Buffer.from(photo, 'base64'));
    const template = `${designs[design]?.design.name ?? ''}.json`;
    const all = { ...answers, ...Object.fromEntries(characters) };
    truth.push({ file, template, answers: all, ambiguous: {}, tags: [...tags], correction, inks });
  }
  writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
}
