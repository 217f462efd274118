import { hidingStyles } from '#contract/faces.ts';
import {
  spreadOf,
  type LabelledSet,
  type Report,
  type Result,
  type Session,
  type Spread,
  type Suite,
} from '../suite.ts';
import { formatTable } from './format-table.ts';
import { judgeHiding, type HiddenPhoto, type HidingReport } from './judge-hiding.ts';
import { readTruth, type LabelledFaces } from './read-truth.ts';
import { summarise, type FoundFaces, type Summary } from './summarise.ts';

export interface FacesReport extends Report, Summary {
  readonly suite: 'faces';
  readonly perFile: Summary['perFile'];
  /** Name and version of the network that answered. */
  readonly detector: string;
  /** Of a frame of 640 x 480 pixels, from the bitmap to the faces. */
  readonly msPerFrame: Spread;
  readonly hiding: readonly HidingReport[];
  readonly peers?: readonly PeerReport[];
}

export interface PeerReport extends Summary {
  readonly name: string;
  /** The peer's median time over ours: above 1, we are faster. */
  readonly msRatio: number;
}

/** Faces in photos: how many are found, how quickly, and whether any is found again after it was hidden. */
export const facesSuite: Suite = {
  hasPeers: true,
  readTruth(json, limit): LabelledSet {
    const photos = readTruth(json).slice(0, limit);
    return {
      files: photos.map(({ file }) => file),
      measure: (session, { peers }) => measure(session, photos, peers),
    };
  },
};

async function measure(session: Session, photos: readonly LabelledFaces[], withPeers: boolean): Promise<Result> {
  const peerNames = withPeers ? await session.page.evaluate(() => window.papel.faces.peerNames()) : [];
  const [first] = photos;
  // Compiling on first use is no part of the time per file, for nobody.
  if (first) await measurePhoto(session, first, peerNames);

  const own: FoundFaces[] = [];
  const frames: number[] = [];
  const ofPeers = peerNames.map((): FoundFaces[] => []);
  for (const [index, photo] of photos.entries()) {
    session.progress(`${index + 1} of ${photos.length}: ${photo.file}`);
    const measured = await measurePhoto(session, photo, peerNames);
    own.push(measured.found);
    frames.push(measured.frameMs);
    measured.peers.forEach((peer, at) => ofPeers[at]?.push(peer));
  }
  const detector = await session.page.evaluate(() => window.papel.faces.detector());
  const summary = summarise(photos, own);
  const report: FacesReport = {
    suite: 'faces',
    files: photos.length,
    machine: session.machine,
    startMs: session.startMs,
    detector,
    ...summary,
    msPerFrame: spreadOf(frames),
    hiding: await measureHiding(session, photos, peerNames),
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
  { file }: LabelledFaces,
  peerNames: readonly string[],
): Promise<{ found: FoundFaces; frameMs: number; peers: FoundFaces[] }> {
  const url = session.urlOf(file);
  const found = await session.page.evaluate((address) => window.papel.faces.find(address), url);
  const frameMs = await session.page.evaluate((address) => window.papel.faces.timeFrame(address), url);
  const peers: FoundFaces[] = [];
  for (const name of peerNames) {
    peers.push(
      await session.page.evaluate(([peer, address]) => window.papel.faces.findByPeer(peer, address), [
        name,
        url,
      ] as const),
    );
  }
  return { found, frameMs, peers };
}

async function measureHiding(
  session: Session,
  photos: readonly LabelledFaces[],
  peerNames: readonly string[],
): Promise<HidingReport[]> {
  const withFaces = photos.filter(({ faces }) => faces.length > 0);
  const reports: HidingReport[] = [];
  for (const style of hidingStyles) {
    const hidden: HiddenPhoto[] = [];
    for (const [index, { file }] of withFaces.entries()) {
      session.progress(`${style}, ${index + 1} of ${withFaces.length}: ${file}`);
      const question = [session.urlOf(file), style, peerNames] as const;
      hidden.push(
        await session.page.evaluate(
          ([url, how, names]) => window.papel.faces.findAfterHiding(url, how, names),
          question,
        ),
      );
    }
    reports.push(judgeHiding(style, withFaces, hidden));
  }
  return reports;
}
