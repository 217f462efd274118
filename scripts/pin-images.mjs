/**
 * `node scripts/pin-images.mjs [--write]`: asks Docker which digest each base image's tag has today, and prints (or
 * writes) what is other in Dockerfile and compose.yaml. Needs Docker with buildx, and a network.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const pinned = /([\w./-]+:[\w.-]+)@(sha256:[0-9a-f]{64})/g;

/** @param {string} tag */
function askDigest(tag) {
  const args = ['buildx', 'imagetools', 'inspect', tag, '--format', '{{json .Manifest.Digest}}'];
  /** @type {unknown} */
  const digest = JSON.parse(execFileSync('docker', args, { encoding: 'utf8' }));
  if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error(`No digest of ${tag}.`);
  return digest;
}

for (const name of ['Dockerfile', 'compose.yaml']) {
  const file = fileURLToPath(new URL(`../${name}`, import.meta.url));
  const text = readFileSync(file, 'utf8');
  const renewed = text.replaceAll(pinned, (_whole, tag) => `${tag}@${askDigest(tag)}`);
  const [before, after] = [[...text.matchAll(pinned)], [...renewed.matchAll(pinned)]];
  for (const [at, [now = '']] of after.entries()) {
    const [then = ''] = before[at] ?? [];
    process.stdout.write(now === then ? `${name}: ${now}\n` : `${name}: ${then}\n  is ${now}\n`);
  }
  if (process.argv.includes('--write')) writeFileSync(file, renewed);
}
