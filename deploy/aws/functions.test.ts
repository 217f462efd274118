/** What runs inside CloudFront, run here. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { handler as signBody } from './functions/sign-body/index.mjs';

const source = readFileSync(new URL('functions/viewer-request.js', import.meta.url), 'utf8');

/** The file that a request for `uri` gets, or what is asked of the bucket where there is none. */
function rewrite(uri: string, headers: Readonly<Record<string, string>> = {}): string {
  const event = {
    request: {
      method: 'GET',
      uri,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }])),
    },
  };
  const { uri: result } = v.parse(
    v.looseObject({ uri: v.string() }),
    runInNewContext(`${source}; handler(event)`, { event }),
  );
  return result;
}
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
