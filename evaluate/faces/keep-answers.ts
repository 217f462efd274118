import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { FoundFaces } from './summarise.ts';

const answer = v.object({
  faces: v.array(v.object({ box: v.tuple([v.number(), v.number(), v.number(), v.number()]), score: v.number() })),
  imageHeight: v.number(),
  ms: v.number(),
  decodeMs: v.number(),
  /** What ours took for the same picture in the same turn, so that times compare whenever they were taken. */
  ownMs: v.number(),
});

/** What a peer says about one picture. */
export type PeerAnswer = FoundFaces & { readonly ownMs: number };

/**
 * A peer's answer about a picture, asked once: it stays on the disk, so that a run that was interrupted goes on, and that only
 * pictures which have changed are asked about again. Errors are not kept.
 *
 * @param name with everything that its answers depend on
 * @param digest of the picture's bytes
 */
export async function answerOnce(
  folder: string,
  name: string,
  digest: string,
  ask: () => Promise<PeerAnswer>,
): Promise<PeerAnswer> {
  const key = createHash('sha256').update(name).update('\0').update(digest).digest('hex');
  const file = join(folder, `${key}.json`);
  const kept = existsSync(file) ? v.safeParse(answer, JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (kept?.success === true) return kept.output;
  const said = await ask();
  if (said.error === undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.part`, JSON.stringify(said));
    renameSync(`${file}.part`, file);
  }
  return said;
}
