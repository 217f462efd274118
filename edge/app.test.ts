/** The edge over real sockets: its Node adapter serves a small app from a folder. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolderAssets } from './adapters/folder-assets.ts';
import { listenOnFreePort, type Listening } from './adapters/listen.ts';
import { createApp } from './app.ts';
import type { Asset } from './http/serve-assets.ts';
import { reactAriaStyleDigests, securityHeaders } from './http/security-headers.ts';

const script = `console.log(${JSON.stringify('papel '.repeat(500))});`;
const files: Readonly<Record<string, string | Uint8Array>> = {
  'index.html': '<!doctype html><title>Papel</title>',
  '404.html': '<!doctype html><title>Not found</title>',
  '500.html': '<!doctype html><title>Broken</title>',
  'sw.js': 'self;',
  'assets/Foxit-AbCd1234.pfb': '%!PS',
  'papel.webmanifest': '{}',
  'assets/main-AbCd1234.js': script,
  'assets/main-AbCd1234.js.br': brotliCompressSync(script),
  'assets/main-AbCd1234.js.gz': gzipSync(script),
  'assets/opencv-AbCd1234.wasm': Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0),
};

let folder = '';
let edge: Listening;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET', port = edge.port): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (received) => {
      const pieces: Buffer[] = [];
      received.on('data', (piece: Buffer) => pieces.push(piece));
      received.on('error', reject);
      received.on('end', () =>
        resolve({ status: received.statusCode ?? 0, headers: received.headers, body: Buffer.concat(pieces) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Sends bytes that no HTTP client would, and returns the answer's first line. */
function askRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(edge.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (piece) => (received += piece.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(received.split('\r\n')[0] ?? ''));
  });
}

const page = { Accept: 'text/html,application/xhtml+xml' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'papel-edge-'));
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, 'app', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  writeFileSync(join(folder, 'secret.html'), 'outside of the app');
  edge = await listenOnFreePort(createApp({ assets: await openFolderAssets(join(folder, 'app')) }), '127.0.0.1', 0);
});

afterAll(async () => {
  await edge.close(1_000);
  rmSync(folder, { recursive: true });
});

describe('security headers', () => {
  test.each([
    ['a page', '/', 200],
    ['a script', '/assets/main-AbCd1234.js', 200],
    ['the service worker', '/sw.js', 200],
    ['the health answer', '/health', 200],
    ['a missing file', '/missing.js', 404],
    ['a broken address', '/%E0%A4%A', 400],
  ])('are on %s', async (_what, path, status) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    for (const [name, value] of Object.entries(securityHeaders()))
      expect(answer.headers[name.toLowerCase()]).toBe(value);
  });

  test('allow WebAssembly and no inline or evaluated script', () => {
    const policy = securityHeaders()['Content-Security-Policy'] ?? '';
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  });

  test('keep the camera for this page and everything else off, except sharing', () => {
    const policy = securityHeaders()['Permissions-Policy'] ?? '';
    const allowed = policy.split(', ').filter((feature) => !feature.endsWith('=()'));
    expect(allowed).toEqual(['camera=(self)', 'web-share=(self)']);
  });

  test('ask for HTTPS for at least a year', () => {
    const seconds = Number(/max-age=(\d+)/.exec(securityHeaders()['Strict-Transport-Security'] ?? '')?.[1]);
    expect(seconds).toBeGreaterThanOrEqual(31_536_000);
  });

  test('name the style elements that the installed react-aria adds, and no others', () => {
    const sources = ['interactions/usePress.mjs', 'overlays/usePreventScroll.mjs'].map((file) =>
      readFileSync(`node_modules/react-aria/dist/private/${file}`, 'utf8'),
    );
    const digests = sources.map((source) => {
      const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(source)?.[1] ?? '';
      const style = /style\.textContent = `([^`]+)`\.trim\(\)/.exec(source)?.[1] ?? '';
      const text = style.replace(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/, attribute).trim();
      return `sha256-${createHash('sha256').update(text).digest('base64')}`;
    });
    expect(digests).toEqual([...reactAriaStyleDigests]);
  });
});

describe('files', () => {
  test('with a hash in their name are kept for good, the others are asked for again', async () => {
    expect((await ask('/assets/main-AbCd1234.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
    for (const path of ['/', '/index.html', '/sw.js', '/papel.webmanifest']) {
      expect((await ask(path)).headers['cache-control'], path).toBe('no-cache');
    }
  });

  test.each([
    ['/assets/opencv-AbCd1234.wasm', 'application/wasm'],
    ['/papel.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['/assets/Foxit-AbCd1234.pfb', 'application/octet-stream'],
    ['/sw.js', 'text/javascript; charset=utf-8'],
    ['/', 'text/html; charset=utf-8'],
  ])('%s has the type %s', async (path, type) => {
    expect((await ask(path)).headers['content-type']).toBe(type);
  });

  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['gzip', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'gzip'],
    ['identity', undefined],
    ['gzip;q=0', undefined],
    ['', undefined],
  ])('are sent as the build compressed them: %j', async (accepted, encoding) => {
    const { headers, body } = await ask('/assets/main-AbCd1234.js', { 'Accept-Encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(Number(headers['content-length'])).toBe(body.length);
    const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
    expect(plain.toString()).toBe(script);
  });

  test('are not sent again when the browser has them', async () => {
    const first = await ask('/assets/main-AbCd1234.js', { 'Accept-Encoding': 'br' });
    const etag = first.headers.etag ?? '';
    const again = await ask('/assets/main-AbCd1234.js', {
      'Accept-Encoding': 'br',
      'If-None-Match': `"other", W/${etag}`,
    });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect(again.headers.etag).toBe(etag);
    const plain = await ask('/assets/main-AbCd1234.js', { 'If-None-Match': etag });
    expect(plain.status, 'another form is another representation').toBe(200);
  });

  test('answer HEAD with the headers alone', async () => {
    const { status, headers, body } = await ask('/assets/main-AbCd1234.js', {}, 'HEAD');
    expect(status).toBe(200);
    expect(headers['content-length']).toBe(String(script.length));
    expect(body).toHaveLength(0);
  });

  test('are not opened for HEAD, nor for a browser that has them', async () => {
    let opened = 0;
    const asset: Asset = {
      type: 'text/plain',
      digest: 'abc',
      bytes: { identity: 2 },
      open: () => {
        opened += 1;
        return new Blob(['ok']).stream();
      },
    };
    const app = createApp({ assets: { find: () => asset } });
    await app.request('/file.txt', { method: 'HEAD' });
    await app.request('/file.txt', { headers: { 'If-None-Match': '"abc"' } });
    expect(opened).toBe(0);
    expect(await (await app.request('/file.txt')).text()).toBe('ok');
    expect(opened).toBe(1);
  });

  test('in their compressed form have no address of their own', async () => {
    expect((await ask('/assets/main-AbCd1234.js.br', page)).status).toBe(404);
  });
});

describe('parts of files', () => {
  const path = '/assets/main-AbCd1234.js';
  const size = script.length;

  test.each([
    ['bytes=0-9', 0, 9],
    ['bytes=100-199', 100, 199],
    ['bytes=2900-', 2900, size - 1],
    [`bytes=2900-${size + 50}`, 2900, size - 1],
    ['bytes=-5', size - 5, size - 1],
    [`bytes=-${size + 5}`, 0, size - 1],
    [`bytes=${size - 1}-`, size - 1, size - 1],
  ])('%s of the plain file, whatever could be unpacked', async (range, first, last) => {
    const { status, headers, body } = await ask(path, { Range: range, 'Accept-Encoding': 'br, gzip' });
    expect(status).toBe(206);
    expect(headers['content-range']).toBe(`bytes ${first}-${last}/${size}`);
    expect(headers.etag).toBe((await ask(path)).headers.etag);
    expect(headers['content-encoding']).toBeUndefined();
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(body.toString()).toBe(script.slice(first, last + 1));
  });

  test.each([`bytes=${size}-`, `bytes=${size + 1}-${size + 9}`, 'bytes=-0'])('%s is none of it', async (range) => {
    const { status, headers, body } = await ask(path, { Range: range });
    expect(status).toBe(416);
    expect(headers['content-range']).toBe(`bytes */${size}`);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toHaveLength(0);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test.each(['bytes=0-1,5-9', 'bytes=9-2', 'bytes=-', 'bytes=a-b', 'lines=1-2', 'bytes=', '0-9', 'bytes=1e3-'])(
    '%s is not understood, and the answer is the whole',
    async (range) => {
      const { status, headers, body } = await ask(path, { Range: range });
      expect(status).toBe(200);
      expect(headers['content-range']).toBeUndefined();
      expect(body).toHaveLength(size);
    },
  );

  test('are offered, and come only while the file is the same', async () => {
    const { headers } = await ask(path);
    expect(headers['accept-ranges']).toBe('bytes');
    const etag = headers.etag ?? '';
    const part = (condition: string) => ask(path, { Range: 'bytes=5-', 'If-Range': condition });
    expect((await part(etag)).status).toBe(206);
    expect((await part('"other"')).status).toBe(200);
    expect((await part(`W/${etag}`)).status, 'a weak tag proves no byte').toBe(200);
    expect((await part('Wed, 21 Oct 2026 07:28:00 GMT')).status).toBe(200);
    expect((await ask(path, { Range: 'bytes=5-', 'If-None-Match': etag })).status).toBe(304);
  });

  test('are nothing that HEAD asks for, nor a missing file has', async () => {
    expect((await ask(path, { Range: 'bytes=0-1' }, 'HEAD')).status).toBe(200);
    expect((await ask('/missing.js', { ...page, Range: 'bytes=0-1' })).status).toBe(404);
  });
});

describe('addresses', () => {
  test.each(['/', '/scan', '/documents/42/pages/7'])('%s is drawn by the app', async (path) => {
    const answer = await ask(path, page);
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toContain('<title>Papel</title>');
  });

  test.each([
    '/missing.js',
    '/assets/missing',
    '/assets/',
    '/scan/photo.png',
    '/.env',
    '/constructor.js',
    '/HEALTH.html',
  ])('%s is a real 404', async (path) => {
    const asPage = await ask(path, page);
    expect(asPage.status).toBe(404);
    expect(asPage.body.toString()).toContain('<title>Not found</title>');
    const asFile = await ask(path);
    expect(asFile.status).toBe(404);
    expect(asFile.headers['content-type']).toBe('application/problem+json');
    expect(asFile.body.toString(), 'nothing of what was asked').not.toContain(path.slice(1, -1) || 'none');
    expect(asFile.headers['cache-control']).toBe('no-store');
  });

  test('that are missing stay a 404 for a browser that knows the page which says so', async () => {
    const { headers } = await ask('/missing.js', page);
    expect((await ask('/missing.js', { ...page, 'If-None-Match': headers.etag ?? '' })).status).toBe(404);
  });

  test('without an extension are a 404 too for whoever wants no page', async () => {
    expect((await ask('/scan', { Accept: 'application/json' })).status).toBe(404);
  });

  test.each([
    '/../secret.html',
    '/assets/../../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/..%5csecret.html',
  ])('%s does not lead out of the folder', async (path) => {
    const { status, body } = await ask(path, page);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('outside');
  });

  test.each(['/%', '/%E0%A4%A', '/%zz', '/assets/%00.js'])('%s is a bad request', async (path) => {
    expect((await ask(path, page)).status).toBe(400);
  });

  test('that are no HTTP at all are refused, and the next request is answered', async () => {
    expect(await askRaw('GET / nonsense\r\n\r\n')).toContain('400');
    expect((await ask('/health')).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuse %s', async (method) => {
    for (const path of ['/', '/health', '/assets/main-AbCd1234.js']) {
      const answer = await ask(path, {}, method);
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, HEAD');
    }
  });
});

test('what breaks is a page for people, a problem for programs, and says nothing of why', async () => {
  const folderAssets = await openFolderAssets(join(folder, 'app'));
  const broken = createApp({
    assets: {
      find: (path) => {
        if (path === '/broken.js') throw new Error('needle-3f9');
        return folderAssets.find(path);
      },
    },
  });
  const server = await listenOnFreePort(broken, '127.0.0.1', 0);
  try {
    const asPage = await ask('/broken.js', page, 'GET', server.port);
    expect(asPage.status).toBe(500);
    expect(asPage.body.toString()).toBe('<!doctype html><title>Broken</title>');
    expect(asPage.headers['content-security-policy']).toBeDefined();
    const asFile = await ask('/broken.js', {}, 'GET', server.port);
    expect(asFile.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(asFile.body.toString())).toMatchObject({ type: 'about:blank', status: 500 });
    expect(asFile.body.toString()).not.toContain('needle');
  } finally {
    await server.close(100);
  }
});

test('health says ok and nothing else', async () => {
  const { status, headers, body } = await ask('/health');
  expect(status).toBe(200);
  expect(body.toString()).toBe('{"status":"ok"}');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['server']).toBeUndefined();
  expect(headers['x-powered-by']).toBeUndefined();
});

describe('listening', () => {
  test('takes the next port when one is taken', async () => {
    const app = createApp({ assets: { find: () => undefined } });
    const second = await listenOnFreePort(app, '127.0.0.1', edge.port);
    try {
      expect(second.port).toBeGreaterThan(edge.port);
      expect((await ask('/health', {}, 'GET', second.port)).status).toBe(200);
    } finally {
      await second.close(1_000);
    }
  });

  test('ends after the running answer, not in the middle of it', async () => {
    let release = () => {};
    const slow = createApp({
      assets: {
        find: async () => {
          await new Promise<void>((resolve) => (release = resolve));
          return undefined;
        },
      },
    });
    const server = await listenOnFreePort(slow, '127.0.0.1', 0);
    const answer = ask('/slow.js', {}, 'GET', server.port);
    await expect.poll(() => release.toString()).not.toBe('() => {}');
    const closed = server.close(5_000);
    await expect(ask('/health', {}, 'GET', server.port)).rejects.toThrow('ECONNREFUSED');
    release();
    expect((await answer).status).toBe(404);
    await closed;
  });

  test('cuts what runs longer than the grace', async () => {
    const stuck = createApp({ assets: { find: () => new Promise(() => {}) } });
    const server = await listenOnFreePort(stuck, '127.0.0.1', 0);
    const answer = ask('/stuck.js', {}, 'GET', server.port);
    // The request has to have arrived before the server closes.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await Promise.all([expect(answer).rejects.toThrow(/socket hang up|ECONNRESET/), server.close(100)]);
  });
});
