import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenSession } from '../../harness/open-session.ts';
import type { LabelledSheet } from '../read-truth.ts';
import { printedDesigns } from './designs.ts';
import type { DesignSet } from './printed-design.ts';

/** Writes `count` sheets with their designs and `truth.json` into a folder, the same for the same seed. */
export async function drawStressSet(
  session: OpenSession,
  folder: string,
  { set, count, seed }: { readonly set: DesignSet; readonly count: number; readonly seed: number },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const designs = printedDesigns[set];
  designs.forEach(({ design }) => {
    writeFileSync(join(folder, `${design.name}.json`), `${JSON.stringify(design)}\n`);
  });
  const truth: LabelledSheet[] = [];
  for (let index = 0; index < count; index++) {
    session.progress(`drawing ${index + 1} of ${count}`);
    const { photo, design, answers, tags, correction } = await session.page.evaluate(
      ([of, from, at]) => window.papel.drawSheet(of, from, at),
      [set, seed, index] as const,
    );
    const file = `${String(index).padStart(4, '0')}.jpg`;
    writeFileSync(join(folder, file), Buffer.from(photo, 'base64'));
    const template = `${designs[design]?.design.name ?? ''}.json`;
    truth.push({ file, template, answers, ambiguous: {}, tags: [...tags], correction });
  }
  writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
}
