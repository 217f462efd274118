import type { LabelledSet, Report, Result, Session, Suite } from '../suite.ts';
import { formatTable } from './format-table.ts';
import { readTruth, type LabelledPhoto } from './read-truth.ts';
import { summarise, type Finding, type Summary } from './summarise.ts';

export interface DocumentsReport extends Report, Summary {
  readonly suite: 'documents';
  readonly perFile: Summary['perFile'];
  readonly peers?: readonly PeerReport[];
}

export interface PeerReport extends Summary {
  readonly name: string;
  /** The peer's median time over ours: above 1, we are faster. */
  readonly msRatio: number;
}

/** Page outlines in photos: how well they fit the labelled corners, and how quickly they are found. */
export const documentsSuite: Suite = {
  hasPeers: true,
  readTruth(json, limit): LabelledSet {
    const photos = readTruth(json).slice(0, limit);
    return {
      files: photos.map(({ file }) => file),
      measure: (session, { peers }) => measure(session, photos, peers),
    };
  },
};

async function measure(session: Session, photos: readonly LabelledPhoto[], withPeers: boolean): Promise<Result> {
  const peerNames = withPeers ? await session.page.evaluate(() => window.papel.peers.names()) : [];
  const [first] = photos;
  // Compiling on first use is no part of the time per file, for nobody.
  if (first) await measurePhoto(session, first, peerNames);

  const own: Finding[] = [];
  const ofPeers = peerNames.map((): Finding[] => []);
  for (const [index, photo] of photos.entries()) {
    session.progress(`${index + 1} of ${photos.length}: ${photo.file}`);
    const { finding, peers } = await measurePhoto(session, photo, peerNames);
    own.push(finding);
    peers.forEach((peer, at) => ofPeers[at]?.push(peer));
  }

  const summary = summarise(photos, own);
  const report: DocumentsReport = {
    suite: 'documents',
    files: photos.length,
    machine: session.machine,
    startMs: session.startMs,
    ...summary,
    ...(withPeers && {
      peers: peerNames.map((name, at) => {
        const peer = summarise(photos, ofPeers[at] ?? []);
        return Object.assign({ name, msRatio: peer.msPerFile.p50 / summary.msPerFile.p50 }, peer);
      }),
    }),
  };
  return { report, table: formatTable(report) };
}

/** One photo by everyone in turn, so that whatever else the machine does meanwhile hits all alike. */
async function measurePhoto(
  session: Session,
  { file }: LabelledPhoto,
  peerNames: readonly string[],
): Promise<{ finding: Finding; peers: Finding[] }> {
  const url = session.urlOf(file);
  const finding = await session.page.evaluate((address) => window.papel.findPage(address), url);
  const peers: Finding[] = [];
  for (const name of peerNames) {
    peers.push(
      await session.page.evaluate(([peer, address]) => window.papel.peers.findPage(peer, address), [
        name,
        url,
      ] as const),
    );
  }
  return { finding, peers };
}
