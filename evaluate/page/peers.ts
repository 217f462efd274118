import type { Finding } from '../documents/summarise.ts';
import type { PeerAnswer, PeerQuestion } from './peer-worker.ts';

/** The methods beside ours: who, and the long side of the picture that they get. */
const peers = [
  { name: 'jscanify 1.4.3, native', library: 'jscanify', longSidePx: Infinity },
  { name: 'jscanify 1.4.3, 1080p', library: 'jscanify', longSidePx: 1920 },
  { name: 'jscanify 1.4.3, 512 px', library: 'jscanify', longSidePx: 512 },
  { name: 'scanic 1.6.0 classical, 512 px', library: 'scanic', longSidePx: 512 },
  // Its own default.
  { name: 'scanic 1.6.0 classical, 800 px', library: 'scanic', longSidePx: 800 },
] as const;

export const peerNames: readonly string[] = peers.map(({ name }) => name);

/** A library at one size of picture. */
export type Peer = Pick<(typeof peers)[number], 'library' | 'longSidePx'>;

/** Each has a worker of its own, as ours has: what one leaves behind in memory does not slow down another. */
const workers = new Map<string, Worker>();

export async function findPageByPeer(name: string, photo: Blob): Promise<Finding> {
  const peer = peers.find((candidate) => candidate.name === name);
  if (!peer) throw new Error(`No peer ${name}`);
  const decodingAt = performance.now();
  const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const decodeMs = performance.now() - decodingAt;
  const answer = await ask(name, { bitmap, library: peer.library, longSidePx: peer.longSidePx });
  if ('error' in answer) {
    workers.get(name)?.terminate();
    workers.delete(name);
    return { corners: null, confidence: null, ms: 0, decodeMs, error: answer.error };
  }
  return { ...answer, decodeMs };
}

function ask(name: string, question: PeerQuestion): Promise<PeerAnswer> {
  const worker = workers.get(name) ?? new Worker(new URL('./peer-worker.ts', import.meta.url), { type: 'module' });
  workers.set(name, worker);
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<PeerAnswer>) => resolve(data), { once: true });
    worker.addEventListener('error', ({ message }) => resolve({ error: message || 'the worker did not start' }), {
      once: true,
    });
    worker.postMessage(question, [question.bitmap]);
  });
}
