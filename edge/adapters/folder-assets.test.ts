/** A folder with brotli's forms alone, as the image has it, answers what the whole folder answers. */
import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { openFolderAssets } from './folder-assets.ts';

const folder = mkdtempSync(join(tmpdir(), 'papel-packed-'));
const path = '/assets/opencv-AbCd1234.wasm';
/** Longer than a few pieces of a stream, and nowhere the same. */
const content = Buffer.from(Array.from({ length: 60_000 }, (_, at) => `${at} `).join(''));

async function openApp(name: string) {
  return createApp({ assets: await openFolderAssets(join(folder, name)) });
}

beforeAll(() => {
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  for (const name of ['whole', 'packed']) {
    const file = join(folder, name, path);
    mkdirSync(join(folder, name, 'assets'), { recursive: true });
    writeFileSync(`${file}.br`, brotli);
    writeFileSync(join(folder, name, 'assets/weights-AbCd1234.bin'), 'weights');
    if (name === 'packed') continue;
    writeFileSync(file, content);
    writeFileSync(`${file}.gz`, gzipSync(content));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const told = ['Content-Type', 'Content-Encoding', 'Content-Range', 'ETag', 'Cache-Control', 'Vary', 'Accept-Ranges'];

describe('a file of which there is brotli’s form alone', () => {
  test.each<[string, Record<string, string>]>([
    ['by a browser', { 'Accept-Encoding': 'gzip, deflate, br, zstd' }],
    ['through a proxy that knows gzip only', { 'Accept-Encoding': 'gzip, deflate' }],
    ['by who unpacks nothing', { 'Accept-Encoding': 'identity' }],
    ['by who says nothing', {}],
    ['from its middle', { Range: 'bytes=150000-249999' }],
    ['to its end', { Range: 'bytes=348000-' }],
    ['by its last byte', { 'Accept-Encoding': 'br', Range: 'bytes=-1' }],
    ['beyond its end', { Range: 'bytes=9999999-' }],
  ])('is the same when it is asked for %s', async (_who, headers) => {
    const [whole, packed] = [await openApp('whole'), await openApp('packed')];
    const [expected, answer] = [await whole.request(path, { headers }), await packed.request(path, { headers })];
    expect(answer.status).toBe(expected.status);
    for (const name of told) expect(answer.headers.get(name), name).toBe(expected.headers.get(name));
    const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
    const read = async (from: Response) => {
      const encoding = from.headers.get('Content-Encoding');
      const bytes = Buffer.from(await from.arrayBuffer());
      return encoding === 'br' || encoding === 'gzip' ? unpack[encoding](bytes) : bytes;
    };
    expect((await read(answer)).equals(await read(expected))).toBe(true);
  });

  test('says how long each form is, but for gzip, which nobody has packed yet', async () => {
    const [whole, packed] = [await openApp('whole'), await openApp('packed')];
    for (const [encoding, isKnown] of [
      ['br', true],
      ['identity', true],
      ['gzip', false],
    ] as const) {
      const question = { method: 'HEAD', headers: { 'Accept-Encoding': encoding } };
      const [expected, answer] = [await whole.request(path, question), await packed.request(path, question)];
      const length = expected.headers.get('Content-Length');
      expect(answer.headers.get('Content-Length'), encoding).toBe(isKnown ? length : null);
    }
  });

  test('has no address of its packed form', async () => {
    expect((await (await openApp('packed')).request(`${path}.br`)).status).toBe(404);
  });

  test('is packed with gzip once', async () => {
    const app = await openApp('packed');
    const ask = () => app.request(path, { headers: { 'Accept-Encoding': 'gzip' } });
    const [first, second] = await Promise.all([ask(), ask()]);
    unlinkSync(join(folder, `packed${path}.br`));
    const third = await ask();
    for (const answer of [first, second, third]) {
      expect(gunzipSync(await answer.arrayBuffer()).equals(content)).toBe(true);
    }
  });
});
