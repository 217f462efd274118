import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenSession } from '../../harness/open-session.ts';
import type { LabelledSheet } from '../read-truth.ts';
import { printedDesigns } from './designs.ts';

/** Writes `count` sheets with their designs and `truth.json` into a folder, the same for the same seed. */
export async function drawStressSet(
  session: OpenSession,
  folder: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  printedDesigns.forEach(({ design }) => {
    writeFileSync(join(folder, `${design.name}.json`), `${JSON.stringify(design)}\n`);
  });
  const truth: LabelledSheet[] = [];
  for (let index = 0; index < count; index++) {
    session.progress(`drawing ${index + 1} of ${count}`);
    const { photo, design, answers, tags } = await session.page.evaluate(
      ([from, at]) => window.papel.drawSheet(from, at),
      [seed, index] as const,
    );
    const file = `${String(index).padStart(4, '0')}.jpg`;
    writeFileSync(join(folder, file), Buffer.from(photo, 'base64'));
    const template = `${printedDesigns[design]?.design.name ?? ''}.json`;
    truth.push({ file, template, answers, ambiguous: {}, tags: [...tags] });
  }
  writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
}
