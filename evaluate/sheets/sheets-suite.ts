import { convertPictures } from '#worker/answer-sheets/convert-pictures.ts';
import type { LabelledSet, Report, Result, Session, Suite } from '../suite.ts';
import { formatTable } from './format-table.ts';
import { picturesOf, readDesign, type DesignOnDisk } from './read-design.ts';
import { readTruth, type LabelledSheet } from './read-truth.ts';
import { summarise, type ReadSheet, type Summary } from './summarise.ts';

export interface SheetsReport extends Report, Summary {
  readonly suite: 'sheets';
  readonly perFile: Summary['perFile'];
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
  const report: SheetsReport = {
    suite: 'sheets',
    files: labels.length,
    machine: session.machine,
    startMs: session.startMs,
    ...summarise(labels, sheets),
  };
  return { report, table: formatTable(report) };
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
