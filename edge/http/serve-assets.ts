import type { Context, Handler } from 'hono';
import { matchesEtag } from './etag.ts';
import { answerProblem } from './problem.ts';
import { parseByteRange, type ByteRange } from './byte-range.ts';
import { encodings, negotiateEncoding, type Encoding } from './negotiate-encoding.ts';

/** One file of the built app. */
export interface Asset {
  readonly type: string;
  /** Digest of the plain file; each encoded form gets its own ETag from it. */
  readonly digest: string;
  /** Length in bytes of the plain file and of its packed forms; `null` of a form that is packed when somebody asks for it. */
  readonly bytes: Readonly<Record<'identity', number> & Partial<Record<Encoding, number | null>>>;
  /** @param range a part of the form, which is then the plain file */
  readonly open: (
    encoding: Encoding | 'identity',
    range?: ByteRange,
  ) => ReadableStream<Uint8Array> | Promise<ReadableStream<Uint8Array>>;
}

/** Where a platform keeps the built app: a folder, a bucket, a binding. Paths are decoded and start with a slash. */
export interface AssetSource {
  readonly find: (path: string) => Asset | undefined | Promise<Asset | undefined>;
}

const shellPath = '/index.html';
const notFoundPath = '/404.html';
const brokenPath = '/500.html';

/** Vite puts a hash of the content into every name below this folder. */
function isHashed(path: string): boolean {
  return path.startsWith('/assets/');
}

/** How long a file may be kept. */
export function cacheControlOf(path: string): string {
  return isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** A path of the app's own router: no file extension in its last part, and not in the folder of built files. */
export function isScreen(path: string): boolean {
  return !isHashed(path) && !path.slice(path.lastIndexOf('/') + 1).includes('.');
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/**
 * The part that a request asks for. A part is always one of the plain file: who goes on with a broken download has
 * unpacked bytes. If-Range holds only with the plain file's own ETag; we send no dates that it could name instead.
 */
function readRange(context: Context, asset: Asset): ByteRange | 'unsatisfiable' | undefined {
  if (context.req.method !== 'GET') return undefined;
  const condition = context.req.header('If-Range');
  if (condition !== undefined && condition.trim() !== `"${asset.digest}"`) return undefined;
  return parseByteRange(context.req.header('Range'), asset.bytes.identity);
}

async function answerRange(asset: Asset, range: ByteRange | 'unsatisfiable', headers: Headers): Promise<Response> {
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${asset.bytes.identity}`);
    headers.set('Cache-Control', 'no-store');
    headers.delete('Content-Type');
    return new Response(null, { status: 416, headers });
  }
  headers.set('Content-Range', `bytes ${range.first}-${range.last}/${asset.bytes.identity}`);
  headers.set('Content-Length', String(range.last - range.first + 1));
  return new Response(await asset.open('identity', range), { status: 206, headers });
}

async function answer(context: Context, path: string, asset: Asset, status: 200 | 404 | 500): Promise<Response> {
  const range = status === 200 ? readRange(context, asset) : undefined;
  const available = encodings.filter((encoding) => asset.bytes[encoding] !== undefined);
  const encoding =
    range === undefined ? negotiateEncoding(context.req.header('Accept-Encoding'), available) : undefined;
  const etag = encoding === undefined ? `"${asset.digest}"` : `"${asset.digest}-${encoding}"`;
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': cacheControlOf(path),
    'Content-Type': asset.type,
    ETag: etag,
    Vary: 'Accept-Encoding',
  });
  if (status === 200 && matchesEtag(context.req.header('If-None-Match'), etag)) {
    return new Response(null, { status: 304, headers });
  }
  if (range !== undefined) return answerRange(asset, range, headers);
  if (encoding !== undefined) headers.set('Content-Encoding', encoding);
  const length = asset.bytes[encoding ?? 'identity'];
  if (typeof length === 'number') headers.set('Content-Length', String(length));
  const body = context.req.method === 'HEAD' ? null : await asset.open(encoding ?? 'identity');
  return new Response(body, { status, headers });
}

export function wantsPage(context: Context): boolean {
  return (context.req.header('Accept') ?? '').includes('text/html');
}

/** Says that something broke: to people with a page that needs no script, to programs as a problem. */
export async function answerBroken(context: Context, assets: AssetSource | undefined): Promise<Response> {
  const page = wantsPage(context) ? await assets?.find(brokenPath) : undefined;
  if (page !== undefined) return answer(context, brokenPath, page, 500);
  return answerProblem(context, 500, 'Something went wrong here, not with what was asked.');
}

/**
 * Serves the built app: files by their path, the app's page for the routes that it draws itself, and for everything
 * else a real 404. A missing script answered with the app's HTML would fail far from its cause, and be cached.
 */
export function serveAssets(assets: AssetSource): Handler {
  return async (context) => {
    const path = decodePath(context.req.path);
    if (path === undefined || path.includes('\0')) {
      return answerProblem(context, 400, 'This address is not written as addresses are.');
    }
    const asset = await assets.find(path === '/' ? shellPath : path);
    if (asset !== undefined) return answer(context, path, asset, 200);

    if (wantsPage(context)) {
      const screen = isScreen(path);
      const page = await assets.find(screen ? shellPath : notFoundPath);
      if (page !== undefined) return answer(context, screen ? shellPath : notFoundPath, page, screen ? 200 : 404);
    }
    return answerProblem(context, 404, 'There is nothing at this address.');
  };
}
