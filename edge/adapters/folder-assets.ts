import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, createBrotliDecompress, createGunzip, createGzip } from 'node:zlib';
import type { ByteRange } from '../http/byte-range.ts';
import type { Asset, AssetSource } from '../http/serve-assets.ts';
import type { Encoding } from '../http/negotiate-encoding.ts';

const unpack = promisify(brotliDecompress);
/** Of what is packed and unpacked at a time. */
const chunkSize = 64 * 1024;

const types: Readonly<Record<string, string>> = {
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
};

const suffixes: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

const toWeb = (stream: Readable) => Readable.toWeb(stream) as ReadableStream<Uint8Array>;

const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('base64url').slice(0, 22);

async function* takePart(stream: Readable, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    const part = chunk.subarray(Math.max(first - at, 0), last + 1 - at);
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at > last) return;
  }
}

type Content = Pick<Asset, 'digest' | 'bytes' | 'open'>;

/** A file with whatever forms the build has packed beside it. */
async function readPlain(file: string, files: ReadonlySet<string>): Promise<Content> {
  const content = await readFile(file);
  const bytes: { identity: number; br?: number; gzip?: number } = { identity: content.length };
  if (files.has(file + suffixes.br)) bytes.br = (await stat(file + suffixes.br)).size;
  if (files.has(file + suffixes.gzip)) bytes.gzip = (await stat(file + suffixes.gzip)).size;
  return {
    digest: digestOf(content),
    bytes,
    open: (encoding, range) => {
      const part = range === undefined ? {} : { start: range.first, end: range.last };
      return toWeb(createReadStream(encoding === 'identity' ? file : file + suffixes[encoding], part));
    },
  };
}

/** One after the other, as web streams copy each piece that waits for a slow line. */
function* takePieces(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += chunkSize) yield content.subarray(at, at + chunkSize);
}

/** Ends when whatever was packed before has ended: brotli takes some megabytes for each file, and a container has 256. */
let lastPacking: Promise<unknown> = Promise.resolve();

async function packAgain(packedFile: string): Promise<Buffer> {
  const before = lastPacking;
  const packing = (async () => {
    await before;
    const plain = createBrotliDecompress({ chunkSize });
    const chunks: Buffer[] = [];
    // As a stream, of which the packed form alone stays in memory.
    const stream = pipeline(createReadStream(packedFile), plain, createGzip({ chunkSize }), () => {});
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks);
  })();
  // Who asked is told of a failure; the next one in the row need not be.
  lastPacking = packing.catch(() => {});
  return packing;
}

/**
 * A file of which there is brotli's form alone (scripts/copy-edge-dist.mjs), which browsers take as it is. Gzip's, for who is
 * behind a proxy that knows nothing newer, is packed when it is first asked for and then kept: 14 MB, were it asked for
 * all. The plain file and its parts are unpacked from that on their way out, which takes 0.2 MB of memory for each
 * answer; from brotli's it would be some megabytes, and 60 at once took 800.
 */
async function readPacked(file: string): Promise<Content> {
  const packedFile = file + suffixes.br;
  const packed = await readFile(packedFile);
  const content = await unpack(packed);
  let gzipped: Promise<Buffer> | undefined;
  return {
    digest: digestOf(content),
    bytes: { identity: content.length, br: packed.length, gzip: null },
    open: async (encoding, range) => {
      if (encoding === 'br') return toWeb(createReadStream(packedFile));
      gzipped ??= packAgain(packedFile).catch((cause: unknown) => {
        gzipped = undefined;
        throw cause;
      });
      const stream = Readable.from(takePieces(await gzipped), { objectMode: false });
      if (encoding === 'gzip') return toWeb(stream);
      // What goes wrong reaches whoever reads the last stream.
      const plain = pipeline(stream, createGunzip({ chunkSize }), () => {});
      return toWeb(range === undefined ? plain : Readable.from(takePart(plain, range), { objectMode: false }));
    },
  };
}

/**
 * Reads the list of a folder's files once, at start. Requests are looked up in that list and never touch the file
 * system by name, so no path can lead out of the folder. Files that end in `.br` and `.gz` are forms of their namesake,
 * which need not be there beside brotli's.
 */
export async function openFolderAssets(folder: string): Promise<AssetSource> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Set(entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  const names = [...files]
    .filter((file) => extname(file) !== suffixes.gzip)
    .map((file) => (extname(file) === suffixes.br ? file.slice(0, -suffixes.br.length) : file));
  const assets = new Map<string, Asset>();
  // One after the other: a start has time, and memory that was once taken is not given back.
  for (const file of new Set(names)) {
    const content = await (files.has(file) ? readPlain(file, files) : readPacked(file));
    assets.set(`/${relative(folder, file).split(sep).join('/')}`, {
      // Data of decoders (character maps, fonts of PDFs) is read as bytes.
      type: types[extname(file)] ?? 'application/octet-stream',
      ...content,
    });
  }
  return { find: (path) => assets.get(path) };
}
