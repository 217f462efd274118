/**
 * The very nginx.conf of the image, live, before the real edge: every header and status by path. What the edge answers to
 * the same question is what nginx has to answer, as the app cannot know which of them it asks.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenOnFreePort, type Listening } from '#edge/adapters/listen.ts';
import { openFolderAssets } from '#edge/adapters/folder-assets.ts';
import { readClientAddress, readTrustedProxies } from '#edge/adapters/trusted-proxies.ts';
import { readViewerCountry } from '#edge/adapters/viewer-country.ts';
import { createApp } from '#edge/app.ts';
import { securityHeaders } from '#edge/http/security-headers.ts';
import { compressFiles } from '../../scripts/compress-files.mjs';
import {
  findFreePort,
  hasNginx,
  host,
  startDns,
  startNginx,
  type Answer,
  type Nginx,
  type Question,
} from './nginx-for-tests.ts';

const trusting = { PAPEL_TRUSTED_PROXIES: '127.0.0.0/8', PAPEL_COUNTRY_HEADER: 'CF-IPCountry' };
/** Two replicas, as Docker's DNS would have them. */
const replicas = ['127.0.0.2', '127.0.0.3'] as const;

const configuration = readFileSync(join(import.meta.dirname, 'nginx/nginx.conf'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'papel-app-'));
const app = join(folder, 'app');
const addresses: string[] = [];
const edges: Listening[] = [];
let edgePort = 0;
let nginx: Nginx;
let dns: Awaited<ReturnType<typeof startDns>>;

const files: Readonly<Record<string, string>> = {
  'index.html': `<!doctype html><title>Papel</title>${' '.repeat(2_000)}`,
  '404.html': '<!doctype html><title>Nothing here</title>',
  '404.css': 'body{color:red}',
  '500.html': '<!doctype html><title>Broken</title>',
  'robots.txt': 'User-agent: *\nDisallow:',
  'papel.webmanifest': '{"name":"Papel"}',
  'sw.js': 'self.addEventListener("install",()=>{});'.repeat(100),
  'licences.txt': 'MIT '.repeat(1_000),
  'offline-files.json': '[]',
  'icons/papel.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'icons/papel-192.png': 'PNG',
  'assets/index-aaaaaaaa.js': 'entry();'.repeat(1_000),
  'assets/decoder-bbbbbbbb.mjs': 'decode();'.repeat(1_000),
  'assets/index-cccccccc.css': 'a{color:red}'.repeat(1_000),
  'assets/opencv-dddddddd.wasm': 'wasm'.repeat(10_000),
  'assets/weights-eeeeeeee.bin': '0123456789'.repeat(10_000),
  'assets/map-ffffffff.bcmap': 'map',
  'assets/font-gggggggg.ttf': 'ttf',
  'assets/font-hhhhhhhh.woff2': 'woff2',
  'assets/photo-iiiiiiii.jpg': 'jpg',
};

/** An edge on each address: which of them answers, and what it is told of the caller, shows in the answer. */
async function startEdges() {
  edgePort = await findFreePort(replicas[0]);
  for (const address of replicas) {
    const edge = createApp({
      assets: await openFolderAssets(app),
      viewerCountry: readViewerCountry(trusting),
      telemetry: {
        store: {
          add: () => Promise.resolve(),
          summarise: null,
          checks: {},
          purge: () => Promise.resolve(),
          close: () => Promise.resolve(),
        },
        rateLimit: { take: (caller) => (caller === '127.0.0.1' ? 0 : 7) },
        addressOf: readClientAddress(readTrustedProxies({ PAPEL_TRUSTED_PROXIES: '127.0.0.1' })),
      },
    });
    edges.push(await listenOnFreePort(edge, address, edgePort));
    addresses.push(address);
  }
}

beforeAll(async () => {
  if (!hasNginx) return;
  chmodSync(folder, 0o755);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(app, path)), { recursive: true });
    writeFileSync(join(app, path), content);
  }
  await compressFiles(app);
  await startEdges();
  dns = await startDns(() => addresses);
  nginx = await startNginx({ app, dnsPort: dns.port, edgePort });
});

afterAll(async () => {
  await nginx?.close();
  dns?.close();
  await Promise.all(edges.map((edge) => edge.close(100)));
  rmSync(folder, { recursive: true });
});

const asPage = { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };
const everything = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };

function makeBatch(): string {
  const event = {
    kind: 'operation',
    id: crypto.randomUUID(),
    session: crypto.randomUUID(),
    at: Date.now() - 1_000,
    market: 'PH',
    deviceClass: 'low',
    app: '0123456789ab',
    operation: 'documents.scan',
    outcome: 'success',
    failure: null,
    durationMs: 100,
    backend: 'wasm',
    models: null,
  };
  return JSON.stringify({ v: 1, batchId: crypto.randomUUID(), sentAt: Date.now(), events: [event] });
}

/** The same question to the edge itself. */
async function askEdge(path: string, { method = 'GET', headers = {} }: Question = {}) {
  const answer = await fetch(`http://${replicas[0]}:${edgePort}${path}`, {
    method,
    headers: { ...headers },
    redirect: 'manual',
  });
  await answer.arrayBuffer();
  return answer;
}

function countOf(answer: Answer, name: string): number {
  return answer.names.filter((each) => each === name.toLowerCase()).length;
}

const told = ['Content-Type', 'Cache-Control', 'Vary', 'Content-Encoding', 'Content-Range'] as const;

describe.skipIf(!hasNginx)('nginx before the edge', () => {
  test.each<[string, Question]>([
    ...Object.keys(files).map((path): [string, Question] => [`/${path}`, {}]),
    ['/', { headers: asPage }],
    ['/', {}],
    ['/scan', { headers: asPage }],
    ['/documents/0c1e/review', { headers: asPage }],
    ['/scan', {}],
    ['/assets/gone-aaaaaaaa.js', {}],
    ['/assets/gone-aaaaaaaa.js', { headers: asPage }],
    ['/assets/scan', { headers: asPage }],
    ['/models/gone.bin', { headers: asPage }],
    ['/assets', { headers: asPage }],
    ['/index.html.br', { headers: asPage }],
    ['/assets/index-aaaaaaaa.js.gz', {}],
    ['/assets/../index.html', {}],
    ['/.env', {}],
    ['/.git/config', { headers: asPage }],
    ['/.part', {}],
    ['/assets/opencv-dddddddd.wasm', { headers: { Range: 'bytes=999999999-' } }],
    ['/scan', { method: 'HEAD', headers: asPage }],
    ['/scan', { method: 'POST', headers: asPage }],
    ['/assets/index-aaaaaaaa.js', { method: 'DELETE' }],
    ['/assets/weights-eeeeeeee.bin', { headers: { Range: 'bytes=100-199' } }],
    ['/assets/opencv-dddddddd.wasm', { headers: { ...everything, Range: 'bytes=39990-' } }],
    ['/assets/gone-eeeeeeee.bin', { headers: { Range: 'bytes=100-199' } }],
    ['/sw.js', { headers: everything }],
    ['/', { headers: { ...asPage, ...everything } }],
    ['/assets/index-aaaaaaaa.js', { headers: everything }],
    ['/assets/index-aaaaaaaa.js', { headers: { 'Accept-Encoding': 'gzip' } }],
    ['/assets/opencv-dddddddd.wasm', { headers: everything }],
    // What has no packed form is packed by nobody.
    ['/assets/weights-eeeeeeee.bin', { headers: everything }],
    ['/icons/papel-192.png', { headers: everything }],
    ['/health', {}],
    ['/ready', {}],
    ['/api/config', {}],
    ['/api/config?market=NZ', {}],
    ['/api/nothing', {}],
    ['/api/telemetry', {}],
  ])('answers %s %o as the edge does', async (path, question) => {
    // Unlike `http`, `fetch` asks for encodings by itself.
    const asked = { ...question, headers: { 'Accept-Encoding': 'identity', ...question.headers } };
    const [answer, edge] = [await nginx.ask(path, asked), await askEdge(path, asked)];
    expect(answer.status).toBe(edge.status);
    // No cache keeps a 404 either way; the edge says so in other words for pages.
    const same = edge.status < 400 ? told : (['Content-Type', 'Content-Encoding', 'Content-Range'] as const);
    for (const name of same) expect(answer.headers[name.toLowerCase()] ?? null, name).toBe(edge.headers.get(name));
    const kept = String(answer.headers['cache-control']);
    expect(kept).toMatch(edge.status < 400 ? /./ : /^no-(?:store|cache)$/);
    expect(answer.headers['allow'] ?? null).toBe(edge.headers.get('Allow'));
    for (const [name, value] of Object.entries(securityHeaders())) {
      expect(answer.headers[name.toLowerCase()], name).toBe(value);
      expect(countOf(answer, name), `${name} once`).toBe(1);
    }
    for (const name of told) expect(countOf(answer, name), `${name} at most once`).toBeLessThan(2);
    expect(answer.headers['server']).toBe(
      path.startsWith('/api') || path === '/health' ? answer.headers['server'] : 'nginx',
    );
  });

  test.each(['/%2e%2e/%2e%2e/etc/passwd', '/assets/..%2f..%2fetc/passwd', '/..%5c..%5cetc', '/%00'])(
    'leads nobody out of the folder by %s',
    async (path) => {
      const { status, body } = await nginx.ask(path);
      expect([400, 404]).toContain(status);
      expect(body.toString()).not.toContain('root:');
    },
  );

  test('never answers a missing file with a page and 200', async () => {
    for (const path of [
      '/assets/gone-aaaaaaaa.js',
      '/models/gone.bin',
      '/sw2.js',
      '/assets/model.json',
      '/assets/scan',
    ]) {
      for (const headers of [{}, asPage]) {
        const { status, body } = await nginx.ask(path, { headers });
        expect(status, path).toBe(404);
        expect(body.toString(), path).not.toContain('<title>Papel');
      }
    }
    expect((await nginx.ask('/models/gone.bin', { headers: asPage })).body.toString()).toContain('Nothing here');
  });

  test('says for how long each kind of file is kept', async () => {
    const kept = async (path: string, headers = {}) => (await nginx.ask(path, { headers })).headers['cache-control'];
    for (const path of ['/', '/scan', '/index.html', '/sw.js', '/papel.webmanifest', '/offline-files.json']) {
      expect(await kept(path, asPage), path).toBe('no-cache');
    }
    for (const path of ['/assets/index-aaaaaaaa.js', '/assets/weights-eeeeeeee.bin', '/assets/opencv-dddddddd.wasm']) {
      expect(await kept(path), path).toBe('public, max-age=31536000, immutable');
      expect(await kept(path, { Range: 'bytes=0-9' }), path).toBe('public, max-age=31536000, immutable');
      expect(await kept(path, { Range: 'bytes=999999999-' }), path).toBe('no-store');
    }
    expect(await kept('/assets/gone-aaaaaaaa.js')).toBe('no-store');
    expect(await kept('/api/config')).toBe('public, max-age=0, s-maxage=60, must-revalidate');
  });

  test('hands out what the build compressed, byte for byte', async () => {
    const get = (encoding: string) =>
      nginx.ask('/assets/opencv-dddddddd.wasm', { headers: { 'Accept-Encoding': encoding } });
    const expected = files['assets/opencv-dddddddd.wasm'];
    const [br, gzip, plain] = [await get('br'), await get('gzip'), await get('identity')];
    expect(brotliDecompressSync(br.body).toString()).toBe(expected);
    expect(gunzipSync(gzip.body).toString()).toBe(expected);
    expect(plain.body.toString()).toBe(expected);
    expect(new Set([br, gzip, plain].map(({ headers }) => headers['etag'])).size, 'a tag of its own each').toBe(3);
    expect(
      (await nginx.ask('/sw.js', { headers: { 'If-None-Match': String((await nginx.ask('/sw.js')).headers['etag']) } }))
        .status,
    ).toBe(304);
  });

  test('goes on with a download where it broke off, whatever encodings the browser would take', async () => {
    const whole = files['assets/opencv-dddddddd.wasm'] ?? '';
    const part = await nginx.ask('/assets/opencv-dddddddd.wasm', { headers: { ...everything, Range: 'bytes=30000-' } });
    expect([part.status, part.headers['content-encoding'], part.headers['content-range']]).toEqual([
      206,
      undefined,
      `bytes 30000-39999/40000`,
    ]);
    expect(part.body.toString()).toBe(whole.slice(30_000));
    const beyond = await nginx.ask('/assets/weights-eeeeeeee.bin', { headers: { Range: 'bytes=999999-' } });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */100000']);
    const shell = await nginx.ask('/sw.js', { headers: { Range: 'bytes=999999-' } });
    expect(shell.status, 'whole, as nginx has every header of a 416 twice').toBe(200);
    expect((await nginx.ask('/api/config', { headers: { Range: 'bytes=0-9' } })).status, 'the edge decides').toBe(200);
  });

  test.each([{}, asPage, { Range: 'bytes=0-9' }])(
    'shows metrics to nobody outside who asks with %o',
    async (headers) => {
      const answer = await nginx.ask('/metrics', {
        headers: { Authorization: 'Bearer b7f3-4c19-a2d8-77e0-91af', ...headers },
      });
      expect(answer.status).toBe(404);
      expect(answer.body.toString()).not.toMatch(/papel_|<title>Papel/);
    },
  );

  test('sends who comes without TLS to TLS, path and all', async () => {
    const answer = await fetch(`http://127.0.0.1:${nginx.plainPort}/scan?a=1`, {
      redirect: 'manual',
      headers: { Host: host },
    });
    expect([answer.status, answer.headers.get('Location')]).toEqual([301, 'https://127.0.0.1/scan?a=1']);
  });

  test('believes no caller’s word on address or country', async () => {
    const send = (headers: Readonly<Record<string, string>>) =>
      nginx.ask('/api/telemetry', {
        method: 'POST',
        headers: { Origin: `https://${host}`, 'Content-Type': 'application/json', ...headers },
        body: makeBatch(),
      });
    expect((await send({})).status, 'same origin by the host that was asked').toBe(202);
    // The stand-in limits everybody but 127.0.0.1.
    expect((await send({ 'X-Forwarded-For': '192.0.2.1' })).status).toBe(202);
    expect((await send({ Origin: 'https://elsewhere.example' })).status).toBe(403);
    const config = await nginx.ask('/api/config', { headers: { 'CF-IPCountry': 'PH' } });
    expect(JSON.parse(config.body.toString())).toMatchObject({ market: 'EU', decidedBy: 'built-in-default' });
  });

  test('hands on the host over HTTP/2, too, by which the edge knows its own pages', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const send = (origin: string) =>
      nginx.askOverHttp2('/api/telemetry', {
        method: 'POST',
        headers: { ...headers, Origin: origin },
        body: makeBatch(),
      });
    expect(await send(`https://${host}`)).toBe(202);
    expect(await send('https://elsewhere.example')).toBe(403);
    expect(await nginx.askOverHttp2('/scan', { headers: asPage })).toBe(200);
  });

  test('lets the edge say that a batch is too large, and refuses absurd bodies itself', async () => {
    const send = (bytes: number) =>
      nginx.ask('/api/telemetry', {
        method: 'POST',
        headers: { Origin: `https://${host}`, 'Content-Type': 'application/json' },
        body: Buffer.alloc(bytes, 'a'),
      });
    const ofNginx = 'That is more than any address here takes.';
    for (const [bytes, isNginx] of [
      [70_000, false],
      [300_000, true],
    ] as const) {
      const { status, headers, body } = await send(bytes);
      expect(status).toBe(413);
      expect(headers['content-type']).toBe('application/problem+json');
      expect(body.toString().includes(ofNginx), `${bytes} bytes`).toBe(isNginx);
    }
  });

  test('serves the app without an edge, and goes on when one of two replicas ends', async () => {
    await edges[0]?.close(100);
    for (let times = 0; times < 6; times += 1) expect((await nginx.ask('/health')).status).toBe(200);
    await edges[1]?.close(100);
    const away = await nginx.ask('/api/config');
    expect(away.status).toBe(503);
    expect(away.headers['content-type']).toBe('application/problem+json');
    expect(away.headers['cache-control']).toBe('no-store');
    expect(away.headers['content-security-policy']).toBe(securityHeaders()['Content-Security-Policy']);
    expect((await nginx.ask('/scan', { headers: asPage })).status).toBe(200);
    expect((await nginx.ask('/assets/index-aaaaaaaa.js')).status).toBe(200);
  });

  test('finds replicas that have come within seconds, by the lifetime that it gives to names', () => {
    const [, seconds] = /resolver 127\.0\.0\.11 valid=(\d+)s /.exec(configuration) ?? [];
    expect(Number(seconds)).toBeLessThanOrEqual(10);
  });

  test('writes down nobody’s address and nothing of what was asked', () => {
    expect([...configuration.matchAll(/access_log (.*);/g)].map(([, where]) => where)).toEqual(['off']);
  });

  test('speaks TLS 1.2 and newer only, with keys that are forgotten, and tells nobody its version', async () => {
    expect(configuration).toMatch(/ssl_protocols TLSv1\.2 TLSv1\.3;/);
    const [, ciphers = ''] = /ssl_ciphers (\S+);/.exec(configuration) ?? [];
    // Keys of their own for each connection, and encryption that sees changes: RFC 9325, 4.2.
    for (const cipher of ciphers.split(':')) expect(cipher).toMatch(/^ECDHE-(?:ECDSA|RSA)-.*(?:GCM-SHA\d+|POLY1305)$/);
    const { protocol, hasTicket } = await nginx.greet('TLSv1.2');
    expect([protocol, hasTicket], 'a ticket’s key would open what was recorded').toEqual(['TLSv1.2', false]);
    expect((await nginx.greet('TLSv1.3')).protocol).toBe('TLSv1.3');
    await expect(nginx.greet('TLSv1.1')).rejects.toThrow('alert');
    expect((await nginx.ask('/')).headers['server']).toBe('nginx');
    const socket = connect(nginx.plainPort, '127.0.0.1');
    const heard = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
    socket.write('NONSENSE\r\n\r\n');
    expect(await heard).not.toMatch(/nginx\/\d/);
    socket.destroy();
  });
});
