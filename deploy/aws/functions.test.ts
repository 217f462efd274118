/** What runs inside CloudFront, run here. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../edge/app.ts';
import { writeMissingFile } from './edge-functions.ts';
import { handler as signBody } from './functions/sign-body/index.mjs';

const source = readFileSync(new URL('functions/viewer-request.js', import.meta.url), 'utf8');

type Headers = Record<string, { value: string }>;

/** What S3 is asked in place of a request for `uri`. */
function askFor(uri: string, headers: Readonly<Record<string, string>> = {}): { uri: string; headers: Headers } {
  const event = {
    request: {
      method: 'GET',
      uri,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }])),
    },
  };
  const asked = v.looseObject({ uri: v.string(), headers: v.record(v.string(), v.object({ value: v.string() })) });
  return v.parse(asked, runInNewContext(`${source}; handler(event)`, { event }));
}
/** The file that a request for `uri` gets, or what is asked of the bucket where there is none. */
const rewrite = (uri: string, headers?: Readonly<Record<string, string>>) => askFor(uri, headers).uri;
const page = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('addresses', () => {
  test('of the app’s own screens are the app', () => {
    expect(rewrite('/')).toBe('/index.html');
    expect(rewrite('/', page)).toBe('/index.html');
    expect(rewrite('/library', page)).toBe('/index.html');
    expect(rewrite('/answer-sheets/3/mark', page)).toBe('/index.html');
  });

  test('of files that may be missing stay what they are, whoever asks', () => {
    for (const uri of ['/assets/model-3fa9.bin', '/assets/gone-12.js', '/sw.js', '/icons/192.png', '/assets/folder']) {
      expect(rewrite(uri, page)).toBe(uri);
      expect(rewrite(uri)).toBe(uri);
    }
  });

  test('of screens are no page for who wants none', () => {
    expect(rewrite('/library', { accept: '*/*' })).toBe('/.none');
    expect(rewrite('/metrics', { accept: 'application/json' })).toBe('/.none');
  });

  test('of forms are none', () => {
    expect(rewrite('/assets/app-1.js.br', page)).toBe('/.none');
    expect(rewrite('/index.html.gz', { 'accept-encoding': 'gzip' })).toBe('/.none');
  });
});

describe('a missing file', () => {
  const answerSchema = v.object({
    status: v.string(),
    statusDescription: v.string(),
    headers: v.record(v.string(), v.array(v.object({ key: v.string(), value: v.string() }))),
    body: v.optional(v.string()),
  });
  /** S3's own XML for what is missing, after the function has seen it; by way of the function before the cache. */
  async function ask(uri: string, headers: Readonly<Record<string, string>> = {}, status = '404', method = 'GET') {
    const asked = askFor(uri, headers);
    const sent = Object.fromEntries(Object.entries(asked.headers).map(([name, header]) => [name, [header]]));
    const response = {
      status,
      statusDescription: 'Not Found',
      headers: {
        'content-type': [{ key: 'Content-Type', value: 'application/xml' }],
        'transfer-encoding': [{ key: 'Transfer-Encoding', value: 'chunked' }],
      },
    };
    const event = { Records: [{ cf: { request: { method, uri: asked.uri, headers: sent }, response } }] };
    const answer = v.parse(
      answerSchema,
      await runInNewContext(`const exports = {}; ${writeMissingFile()}; exports.handler(event)`, { event }),
    );
    const valueOf = (name: string) => answer.headers[name]?.map(({ value }) => value).join();
    return { ...answer, type: valueOf('content-type'), kept: valueOf('cache-control'), headers: answer.headers };
  }
  /** What the edge says of the same. */
  async function askEdge(uri: string, headers: Readonly<Record<string, string>> = {}) {
    const text = readFileSync(new URL('../../public/404.html', import.meta.url), 'utf8');
    const open = () => new Blob([text]).stream();
    const missing = { type: 'text/html; charset=utf-8', digest: 'x', bytes: { identity: text.length }, open };
    const app = createApp({ assets: { find: (path) => (path === '/404.html' ? missing : undefined) } });
    const answer = await app.request(uri, { headers });
    return { status: String(answer.status), body: await answer.text(), ...readCaching(answer) };
  }
  const readCaching = ({ headers }: Response) => ({
    type: headers.get('Content-Type') ?? undefined,
    kept: headers.get('Cache-Control') ?? undefined,
  });

  test.each([
    ['/assets/gone-12.js', page],
    ['/assets/gone-12.js', { accept: '*/*' }],
    ['/models/gone.bin', page],
    ['/models/gone.bin', {}],
    ['/index.html.br', page],
    ['/metrics', { accept: 'application/json' }],
  ])('%s asked for with %o is said as the edge says it', async (uri, headers) => {
    const { status, body, type, kept } = await ask(uri, headers);
    const edge = await askEdge(uri, headers);
    expect({ status, body, type }).toEqual({ status: edge.status, body: edge.body, type: edge.type });
    expect(status).toBe('404');
    expect(kept).toBe(edge.kept);
    expect(body).not.toContain('id="root"');
  });

  test('of S3’s keeps the headers that no function may take away, and has no body for who asks for none', async () => {
    expect((await ask('/assets/gone-12.js')).headers).toHaveProperty('transfer-encoding');
    expect((await ask('/assets/gone-12.js', page, '404', 'HEAD')).body).toBeUndefined();
    expect(await ask('/assets/gone-12.js', {}, '403')).toMatchObject({ status: '404' });
  });

  test('is the only thing that is answered for', async () => {
    for (const status of ['200', '206', '304', '416', '503']) {
      expect(await ask('/assets/a-1.js', page, status)).toMatchObject({ status, type: 'application/xml' });
    }
  });

  test('is a page for who asks for one, whatever else the request says', () => {
    expect(askFor('/assets/gone-12.js', page).headers).toHaveProperty('x-papel-page');
    expect(askFor('/assets/gone-12.js', { 'x-papel-page': '1' }).headers).not.toHaveProperty('x-papel-page');
    // The app's page is kept once.
    expect(askFor('/library', { ...page, 'x-papel-page': '1' }).headers).not.toHaveProperty('x-papel-page');
  });
});

describe('forms', () => {
  const chromium = { 'accept-encoding': 'gzip, deflate, br, zstd' };

  test('are the smallest that the browser takes', () => {
    expect(rewrite('/assets/opencv-1.wasm', chromium)).toBe('/assets/opencv-1.wasm.br');
    expect(rewrite('/assets/opencv-1.wasm', { 'accept-encoding': 'GZIP' })).toBe('/assets/opencv-1.wasm.gz');
    expect(rewrite('/assets/opencv-1.wasm', { 'accept-encoding': 'identity' })).toBe('/assets/opencv-1.wasm');
    expect(rewrite('/library', { ...page, ...chromium })).toBe('/index.html.br');
  });

  test('are none that the browser refuses', () => {
    expect(rewrite('/sw.js', { 'accept-encoding': 'br;q=0, gzip;q=0.5' })).toBe('/sw.js.gz');
    expect(rewrite('/sw.js', { 'accept-encoding': 'brotli, gzip ; q=0.0' })).toBe('/sw.js');
  });

  test('are none of pictures and weights, and none of parts', () => {
    expect(rewrite('/icons/192.png', chromium)).toBe('/icons/192.png');
    expect(rewrite('/assets/model-3fa9.bin', chromium)).toBe('/assets/model-3fa9.bin');
    expect(rewrite('/assets/opencv-1.wasm', { ...chromium, range: 'bytes=100-' })).toBe('/assets/opencv-1.wasm');
  });
});

describe('the digest of a body', () => {
  const ask = async (body?: { data: string; encoding: 'base64' | 'text'; inputTruncated: boolean }) =>
    signBody({ Records: [{ cf: { request: { headers: {}, ...(body === undefined ? {} : { body }) } } }] });
  const digestOf = (answer: Awaited<ReturnType<typeof ask>>) =>
    'headers' in answer ? answer.headers['x-amz-content-sha256']?.[0]?.value : undefined;
  const text = '{"version":1,"events":["é"]}';
  const expected = createHash('sha256').update(text).digest('hex');

  test('is that of the bytes which the browser sent', async () => {
    const data = Buffer.from(text).toString('base64');
    expect(digestOf(await ask({ data, encoding: 'base64', inputTruncated: false }))).toBe(expected);
    expect(digestOf(await ask({ data: text, encoding: 'text', inputTruncated: false }))).toBe(expected);
  });

  test('is that of nothing where there is no body', async () => {
    // https://www.rfc-editor.org/rfc/rfc6234: SHA-256 of no bytes.
    expect(digestOf(await ask())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('is none of a part: what is too large is refused', async () => {
    expect(await ask({ data: 'x', encoding: 'text', inputTruncated: true })).toMatchObject({ status: '413' });
  });
});
