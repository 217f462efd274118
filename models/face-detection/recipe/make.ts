import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { rebuildBlazeface } from './rebuild-blazeface.ts';

/** The package of @vladmandic/human 3.3.6 as its registry has it; 28 MB, of which two files are used. */
const source = 'https://registry.npmjs.org/@vladmandic/human/-/human-3.3.6.tgz';
const graphFile = {
  path: 'package/models/blazeface.json',
  sha256: 'cd7bbfc078270572beb39f9e5ae67aadbd50b5e67cff37e6d4f6b3ea39312e5f',
};
const weightsFile = {
  path: 'package/models/blazeface.bin',
  sha256: 'dc9a97fdc50bc43216554bdd69aa3e7b9361a519ee7bdd996a2f69a98a6f9b72',
};

/**
 * Makes models/face-detection again.
 *
 * @param models the folder models/
 * @param from the package's file (`npm pack @vladmandic/human@3.3.6`); fetched where `undefined`
 */
export async function make(models: string, from: string | undefined): Promise<string> {
  const archive = gunzipSync(from === undefined ? await download(source) : readFileSync(from));
  const graph = Buffer.from(checked(archive, graphFile)).toString();
  const { json, weights } = rebuildBlazeface(JSON.parse(graph), checked(archive, weightsFile));
  writeFileSync(join(models, 'face-detection/model.json'), json);
  writeFileSync(join(models, 'face-detection/weights.bin'), weights);
  return `models/face-detection: ${json.length + weights.length} bytes. If they changed: npm run models -- --update`;
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function checked(archive: Uint8Array, { path, sha256 }: { readonly path: string; readonly sha256: string }): Uint8Array {
  const content = readFromTar(archive, path);
  const digest = createHash('sha256').update(content).digest('hex');
  if (digest !== sha256) throw new Error(`${path} has the digest ${digest}, not ${sha256}`);
  return content;
}

const blockBytes = 512;

/** POSIX.1-1988 (ustar): a block with name and length in octal digits, then the file, filled up to whole blocks. */
function readFromTar(archive: Uint8Array, path: string): Uint8Array {
  const field = (at: number, length: number) =>
    Buffer.from(archive.subarray(at, at + length)).toString('latin1').replace(/\0.*$/s, '');
  for (let at = 0; at + blockBytes <= archive.length;) {
    const length = Number.parseInt(field(at + 124, 12), 8);
    if (Number.isNaN(length)) break;
    const start = at + blockBytes;
    if (field(at, 100) === path) return archive.subarray(start, start + length);
    at = start + Math.ceil(length / blockBytes) * blockBytes;
  }
  throw new Error(`The package has no ${path}`);
}
