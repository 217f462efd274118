import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Asset, AssetSource } from '../http/serve-assets.ts';
import type { Encoding } from '../http/negotiate-encoding.ts';

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

/**
 * Reads the list of a folder's files once, at start. Requests are looked up in that list and never touch the file
 * system by name, so no path can lead out of the folder. Files that end in `.br` and `.gz` are forms of their namesake.
 */
export async function openFolderAssets(folder: string): Promise<AssetSource> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const lengths = new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
  const assets = new Map<string, Asset>();
  for (const [file, content] of lengths) {
    const extension = extname(file);
    if (Object.values(suffixes).includes(extension)) continue;
    const bytes: { identity: number; br?: number; gzip?: number } = { identity: content.length };
    const br = lengths.get(file + suffixes.br);
    const gzip = lengths.get(file + suffixes.gzip);
    if (br !== undefined) bytes.br = br.length;
    if (gzip !== undefined) bytes.gzip = gzip.length;
    assets.set(`/${relative(folder, file).split(sep).join('/')}`, {
      // Data of decoders (character maps, fonts of PDFs) is read as bytes.
      type: types[extension] ?? 'application/octet-stream',
      digest: createHash('sha256').update(content).digest('base64url').slice(0, 22),
      bytes,
      open: (encoding, range) => {
        const part = range === undefined ? {} : { start: range.first, end: range.last };
        const stream = createReadStream(encoding === 'identity' ? file : file + suffixes[encoding], part);
        return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
      },
    });
  }
  return { find: (path) => assets.get(path) };
}
