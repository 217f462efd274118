import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { spreadOf, type LabelledSet, type Report, type Result, type Session, type Suite } from '../suite.ts';
import { UnusableInput } from '../unusable.ts';
import { formatTable } from './format-table.ts';
import { readIdx } from './read-idx.ts';
import { readTruth } from './read-truth.ts';
import { summarise, type ReadCharacter, type Summary } from './summarise.ts';

/** How many characters a job has, where its time is taken. */
const batchSizes = [1, 16, 64] as const;

export interface CharactersReport extends Report, Summary {
  readonly suite: 'characters';
  /** Median milliseconds a character, by the size of the batch. */
  readonly msPerCharacter: Readonly<Record<string, number>>;
  /** The field's characters: the classes that occur. */
  readonly alphabet: string;
  /** Share read right where every class that `truth.json` names may be an answer, also those that never occur. */
  readonly accuracyAmongAllClasses: number;
}

/** What the page measures on the characters of one file. */
export interface ReadFile {
  readonly readings: readonly ReadCharacter[];
  /** Of each job, a character, by the size of the batch. */
  readonly msPerCharacter: Readonly<Record<string, readonly number[]>>;
}

/** Handwritten characters: how many are read right, and how many can be accepted without a look. */
export const charactersSuite: Suite = {
  hasPeers: false,
  readTruth(json, limit, folder): LabelledSet {
    const { images, labels: labelFile, classes } = readTruth(json);
    const all = readLabels(resolve(folder, labelFile), classes);
    // Sets of capitals alone list the digits, too, as their labels count on from them: no field for capitals has digits.
    const alphabet = classes.filter((character) => all.includes(character)).join('');
    const labels = all.slice(0, limit);
    return { files: [images], measure: (session) => measure(session, images, labels, alphabet, classes.join('')) };
  },
};

function readLabels(path: string, classes: readonly string[]): readonly string[] {
  try {
    const bytes = readFileSync(path);
    const { values } = readIdx(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
    return Array.from(values, (index) => {
      const label = classes[index];
      if (label === undefined) throw new Error(`a label is ${index}, but there are ${classes.length} classes`);
      return label;
    });
  } catch (cause) {
    throw new UnusableInput(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

async function measure(
  session: Session,
  images: string,
  labels: readonly string[],
  alphabet: string,
  allClasses: string,
): Promise<Result> {
  session.progress(`${labels.length} characters of ${images}`);
  const read = (field: string, batches: readonly number[]) =>
    session.page.evaluate(([url, asked, count, sizes]) => window.papel.readCharacters(url, asked, count, sizes), [
      session.urlOf(images),
      field,
      labels.length,
      batches,
    ] as const);
  const { readings, msPerCharacter } = await read(alphabet, batchSizes);
  const summary = summarise(labels, readings);
  const accuracyAmongAllClasses =
    allClasses === alphabet ? summary.accuracy : summarise(labels, (await read(allClasses, [])).readings).accuracy;
  const medians = Object.entries(msPerCharacter).map(([batch, times]) => [batch, spreadOf(times).p50] as const);
  const report: CharactersReport = {
    suite: 'characters',
    files: 1,
    machine: session.machine,
    startMs: session.startMs,
    msPerFile: spreadOf(msPerCharacter['1'] ?? []),
    decodeMs: spreadOf([0]),
    perFile: [{ file: images }],
    ...summary,
    msPerCharacter: Object.fromEntries(medians),
    alphabet,
    accuracyAmongAllClasses,
  };
  return { report, table: formatTable(report) };
}
