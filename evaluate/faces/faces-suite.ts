import { join } from 'node:path';
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
import { compareBackends, type Agreement, type BothBackends } from './compare-backends.ts';
import { formatTable } from './format-table.ts';
import { answerOnce, type PeerAnswer } from './keep-answers.ts';
import { judgeHiding, type HiddenPhoto, type HidingReport } from './judge-hiding.ts';
import { readTruth, type LabelledFaces } from './read-truth.ts';
import { summarise, type Detection, type FoundFaces, type Summary } from './summarise.ts';

export interface FacesReport extends Report, Summary {
  readonly suite: 'faces';
  readonly perFile: Summary['perFile'];
  /** Name and version of the network that answered. */
  readonly detector: string;
  /** Of a frame of 640 x 480 pixels, from the bitmap to the faces. */
  readonly msPerFrame: Spread;
  readonly hiding: readonly HidingReport[];
  /** On WebGL: the same pictures on WebAssembly, face by face. */
  readonly agreement?: Agreement;
  readonly peers?: readonly PeerReport[];
}

export interface PeerReport extends Summary {
  readonly name: string;
  /** The peer's median time over ours: above 1, we are faster. */
  readonly msRatio: number;
}

/** Where answers of peers are kept. */
const keptAnswers = join(import.meta.dirname, '../../.cache/evaluate-faces');

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
  if (first) await warmUp(session, session.urlOf(first.file), peerNames);

  const own: FoundFaces[] = [];
  const frames: number[] = [];
  const ofPeers = peerNames.map((): PeerAnswer[] => []);
  for (const [index, { file }] of photos.entries()) {
    session.progress(`${index + 1} of ${photos.length}: ${file}`);
    const url = session.urlOf(file);
    const found = await session.page.evaluate((address) => window.papel.faces.find(address), url);
    own.push(found);
    frames.push(await session.page.evaluate((address) => window.papel.faces.timeFrame(address), url));
    if (peerNames.length === 0) continue;
    const digest = await session.page.evaluate((address) => window.papel.faces.digest(address), url);
    for (const [at, name] of peerNames.entries()) {
      ofPeers[at]?.push(await askPeer(session, name, { url, digest, ownMs: found.ms }));
    }
  }
  const detector = await session.page.evaluate(() => window.papel.faces.detector());
  const summary = summarise(photos, own);
  const isWebGl = session.machine.backend === 'webgl';
  const report: FacesReport = {
    suite: 'faces',
    files: photos.length,
    machine: session.machine,
    startMs: session.startMs,
    detector,
    ...summary,
    msPerFrame: spreadOf(frames),
    // The same faces are the same areas: one backend is enough for that.
    hiding: isWebGl ? [] : await measureHiding(session, photos, peerNames),
    ...(isWebGl && { agreement: await compare(session, photos) }),
    ...(withPeers && { peers: peerNames.map((name, at) => reportPeer(name, photos, ofPeers[at] ?? [])) }),
  };
  return { report, table: formatTable(report) };
}

async function warmUp(session: Session, url: string, peerNames: readonly string[]): Promise<void> {
  await session.page.evaluate((address) => window.papel.faces.find(address), url);
  await session.page.evaluate((address) => window.papel.faces.timeFrame(address), url);
  for (const name of peerNames) {
    session.progress(`${name} starts`);
    await session.page.evaluate(([peer, address]) => window.papel.faces.findByPeer(peer, address), [
      name,
      url,
    ] as const);
  }
}

interface PeerQuestion {
  readonly url: string;
  readonly digest: string;
  /** Of ours on the same picture, just now: whatever else the machine does hits both alike. */
  readonly ownMs: number;
}

function askPeer(session: Session, name: string, { url, digest, ownMs }: PeerQuestion): Promise<PeerAnswer> {
  return answerOnce(keptAnswers, name, digest, async () => {
    const found = await session.page.evaluate(([peer, address]) => window.papel.faces.findByPeer(peer, address), [
      name,
      url,
    ] as const);
    return { ...found, ownMs };
  });
}

function reportPeer(name: string, photos: readonly LabelledFaces[], said: readonly PeerAnswer[]): PeerReport {
  const summary = summarise(photos, said);
  const ownMs = spreadOf(said.filter(({ error }) => error === undefined).map((answer) => answer.ownMs)).p50;
  return Object.assign({ name, msRatio: summary.msPerFile.p50 / ownMs }, summary);
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
      const { areas, found, ms, digest } = await session.page.evaluate(
        ([url, how]) => window.papel.faces.findAfterHiding(url, how),
        [session.urlOf(file), style] as const,
      );
      const after: Record<string, readonly Detection[]> = { papel: found };
      for (const name of peerNames) {
        const answer = await askPeer(session, name, { url: `hidden:${digest}`, digest, ownMs: ms });
        after[name] = answer.faces;
      }
      hidden.push({ areas, after });
    }
    reports.push(judgeHiding(style, withFaces, hidden));
  }
  return reports;
}

async function compare(session: Session, photos: readonly LabelledFaces[]): Promise<Agreement> {
  const both: BothBackends[] = [];
  for (const [index, { file }] of photos.entries()) {
    session.progress(`on both, ${index + 1} of ${photos.length}: ${file}`);
    both.push(await session.page.evaluate((url) => window.papel.faces.findOnBoth(url), session.urlOf(file)));
  }
  return compareBackends(both);
}
