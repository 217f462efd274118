import { resolve } from 'node:path';
import type { LabelledSet, Report, Result, Session, Suite } from '../suite.ts';
import { formatTable } from './format-table.ts';
import { openPeers, type Peer } from './peers.ts';
import type { ReadPrint } from './read-print.ts';
import { readTruth, type LabelledPrint } from './read-truth.ts';
import { summarise, type Summary } from './summarise.ts';

export interface TextReport extends Report, Summary {
  readonly suite: 'text';
  readonly files: number;
  readonly perFile: Summary['perFile'];
  /** The same with one worker, as on a device that carries no more. */
  readonly oneWorker: Summary;
  readonly peers?: readonly PeerReport[];
  /** With several pages waiting; `native` runs as often at a time as there are cores. */
  readonly pagesPerMinute?: PagesPerMinute;
}

interface PagesPerMinute {
  readonly papel: number;
  readonly native: number | undefined;
}

export interface PeerReport extends Summary {
  readonly name: string;
  /** The peer's median time over ours: above 1, we are faster. */
  readonly msRatio: number;
}

/** Printed text in photos and scans as they are stored: how much of it is read right, and how quickly. */
export const textSuite: Suite = {
  hasPeers: true,
  readTruth(json, limit, folder): LabelledSet {
    const labelled = readTruth(json).slice(0, limit);
    return {
      files: labelled.map(({ file }) => file),
      measure: (session, { peers }) => measure(session, labelled, folder, peers),
    };
  },
};

async function measure(
  session: Session,
  labelled: readonly LabelledPrint[],
  folder: string,
  withPeers: boolean,
): Promise<Result> {
  const peers = withPeers ? openPeers() : [];
  try {
    const [first] = labelled;
    // Fetching and compiling on first use is no part of the time per file, for nobody.
    if (first) await readByAll(session, first, folder, peers);
    const own: ReadPrint[] = [];
    const ofOne: ReadPrint[] = [];
    const ofPeers = peers.map((): ReadPrint[] => []);
    for (const [index, print] of labelled.entries()) {
      session.progress(`${index + 1} of ${labelled.length}: ${print.file}`);
      const { ours, byOne, theirs } = await readByAll(session, print, folder, peers);
      own.push(ours);
      ofOne.push(byOne);
      theirs.forEach((read, at) => ofPeers[at]?.push(read));
    }
    const summary = summarise(labelled, own);
    const report: TextReport = {
      suite: 'text',
      machine: session.machine,
      startMs: session.startMs,
      ...summary,
      oneWorker: summarise(labelled, ofOne),
      ...(withPeers && {
        pagesPerMinute: await timeMany(session, labelled, folder, peers),
        peers: peers.map(({ name }, at) => {
          const peer = summarise(labelled, ofPeers[at] ?? []);
          return Object.assign({ name, msRatio: peer.msPerFile.p50 / summary.msPerFile.p50 }, peer);
        }),
      }),
    };
    return { report, table: formatTable(report) };
  } finally {
    for (const peer of peers) await peer.end();
  }
}

/** One picture by everyone in turn, so that whatever else the machine does meanwhile hits all alike. */
async function readByAll(
  session: Session,
  { file, languages }: LabelledPrint,
  folder: string,
  peers: readonly Peer[],
): Promise<{ ours: ReadPrint; byOne: ReadPrint; theirs: readonly ReadPrint[] }> {
  const readByUs = (workers: 'all' | 'one') =>
    session.page.evaluate(([url, codes, howMany]) => window.papel.readPrint(url, codes, howMany), [
      session.urlOf(file),
      languages,
      workers,
    ] as const);
  const ours = await readByUs('all');
  const byOne = await readByUs('one');
  const theirs: ReadPrint[] = [];
  for (const peer of peers) theirs.push(await readBy(peer, resolve(folder, file), languages));
  return { ours, byOne, theirs };
}

async function readBy(peer: Peer, path: string, languages: LabelledPrint['languages']): Promise<ReadPrint> {
  try {
    return await peer.read(path, languages);
  } catch (cause) {
    return { text: '', ms: 0, decodeMs: 0, turns: 0, confidence: 0, workers: 1, error: String(cause) };
  }
}

/** Enough pages for a rate. */
const batchPages = 12;

/** The first pages once more, all of them waiting, by us and by the native peer. */
async function timeMany(
  session: Session,
  labelled: readonly LabelledPrint[],
  folder: string,
  peers: readonly Peer[],
): Promise<PagesPerMinute> {
  const prints = labelled.slice(0, batchPages);
  const perMinute = (ms: number) => (60_000 * prints.length) / ms;
  const papel = await session.page.evaluate(
    (batch) => window.papel.timePrints(batch),
    prints.map(({ file, languages }) => ({ url: session.urlOf(file), languages })),
  );
  const native = peers.find(({ isProcess }) => isProcess);
  if (native === undefined) return { papel: perMinute(papel), native: undefined };
  const waiting = [...prints];
  const startedAt = performance.now();
  const workLane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await readBy(native, resolve(folder, next.file), next.languages);
  };
  await Promise.all(Array.from({ length: session.machine.cores }, workLane));
  return { papel: perMinute(papel), native: perMinute(performance.now() - startedAt) };
}
