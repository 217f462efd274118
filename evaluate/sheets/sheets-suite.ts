import type { CharacterReading } from '#contract/handwriting.ts';
import { convertPictures } from '#worker/answer-sheets/convert-pictures.ts';
import type { LabelledSet, Report, Result, Session, Suite } from '../suite.ts';
import { formatTable } from './format-table.ts';
import { picturesOf, readDesign, type DesignOnDisk } from './read-design.ts';
import { readTruth, type LabelledSheet } from './read-truth.ts';
import { plainKey, summariseWritten, type WrittenScores } from './summarise-written.ts';
import { summarise, type ReadSheet, type Summary } from './summarise.ts';

export interface SheetsReport extends Report, Summary {
  readonly suite: 'sheets';
  readonly perFile: Summary['perFile'];
  /** Where characters are written in boxes. */
  readonly written?: WrittenScores;
}

/** A design, or why it cannot be used: one bad template must not end the others. */
type Design = DesignOnDisk | { readonly unusable: string };

/** Answer sheets: how many marks are read right, and how many wrong without a word. */
export const sheetsSuite: Suite = {
  hasPeers: false,
  readTruth(json, limit, folder): LabelledSet {
    const sheets = readTruth(json).slice(0, limit);
    const designs = new Map(sheets.map(({ template }) => [template, tryDesign(folder, template)]));
    const pictures = [...designs.values()].flatMap((design) => ('unusable' in design ? [] : picturesOf(design)));
    return {
      files: [...new Set([...sheets.map(({ file }) => file), ...pictures])],
      measure: (session) => measure(session, sheets, designs),
    };
  },
};

function tryDesign(folder: string, template: string): Design {
  try {
    return readDesign(folder, template);
  } catch (cause) {
    return { unusable: cause instanceof Error ? cause.message : String(cause) };
  }
}

async function measure(
  session: Session,
  labels: readonly LabelledSheet[],
  designs: ReadonlyMap<string, Design>,
): Promise<Result> {
  const [first] = labels;
  // Compiling on first use is no part of the time per file.
  if (first) await readSheet(session, first, designs);
  const sheets: ReadSheet[] = [];
  for (const [index, label] of labels.entries()) {
    session.progress(`${index + 1} of ${labels.length}: ${label.file}`);
    sheets.push(await readSheet(session, label, designs));
  }
  const written = summariseWritten(labels, sheets, await readPlainly(session, labels, designs));
  const report: SheetsReport = {
    suite: 'sheets',
    files: labels.length,
    machine: session.machine,
    startMs: session.startMs,
    ...summarise(labels, sheets),
    ...(written === undefined ? {} : { written }),
  };
  return { report, table: formatTable(report) };
}

/** Characters of one alphabet that are read in one job. */
const mostAtOnce = 512;

/** Reads what was written in boxes without paper, lines and camera. */
async function readPlainly(
  session: Session,
  labels: readonly LabelledSheet[],
  designs: ReadonlyMap<string, Design>,
): Promise<ReadonlyMap<string, CharacterReading>> {
  const byAlphabet = new Map<string, { readonly key: string; readonly ink: string }[]>();
  for (const { file, template, inks } of labels) {
    const design = designs.get(template);
    if (design === undefined || 'unusable' in design) continue;
    for (const { label, values } of design.written ?? []) {
      const ink = inks[label];
      if (ink === undefined) continue;
      const own = byAlphabet.get(values.join('')) ?? [];
      byAlphabet.set(values.join(''), own);
      own.push({ key: plainKey(file, label), ink });
    }
  }
  const readings = new Map<string, CharacterReading>();
  for (const [alphabet, all] of byAlphabet)
    for (let start = 0; start < all.length; start += mostAtOnce) {
      const some = all.slice(start, start + mostAtOnce);
      session.progress(`plain characters ${start + some.length} of ${all.length}`);
      const read = await session.page.evaluate(
        async ([asked, inks]) => {
          const bytes = inks.flatMap((ink) => Array.from(atob(ink), (byte) => byte.codePointAt(0) ?? 0));
          const input = { ink: Uint8Array.from(bytes), size: { width: 28, height: 28 }, alphabet: asked };
          return (await window.papel.run('handwriting.classify', input)).output.readings;
        },
        [alphabet, some.map(({ ink }) => ink)] as const,
      );
      some.forEach(({ key }, at) => {
        const reading = read[at];
        if (reading !== undefined) readings.set(key, reading);
      });
    }
  return readings;
}

async function readSheet(
  session: Session,
  { file, template, correction }: LabelledSheet,
  designs: ReadonlyMap<string, Design>,
): Promise<ReadSheet> {
  const design = designs.get(template);
  if (design === undefined || 'unusable' in design)
    return { reading: undefined, ms: 0, decodeMs: 0, error: design?.unusable ?? `no ${template}` };
  const addressed = await convertPictures(design, async (path) => session.urlOf(path));
  return session.page.evaluate(([url, sheet, rule]) => window.papel.readSheet(url, sheet, rule), [
    session.urlOf(file),
    addressed,
    correction,
  ] as const);
}
