import { describe, expect, test } from 'vitest';
import { readCdnBase } from '../adapters/read-cdn-base.ts';
import { createApp } from '../app.ts';

describe('the configuration', () => {
  const assets = { find: () => undefined };

  test('says where the CDN is, and may be connected to', async () => {
    const app = createApp({ assets, cdnBase: 'https://cdn.example:8443/papel' });
    const answer = await app.request('/api/config');
    expect(await answer.json()).toEqual({ cdnBase: 'https://cdn.example:8443/papel' });
    expect(answer.headers.get('Content-Security-Policy')).toContain("connect-src 'self' https://cdn.example:8443;");
    expect(answer.headers.get('Content-Security-Policy')).toContain("script-src 'self' 'wasm-unsafe-eval';");
  });

  test('says that there is none, and is asked for again with its tag', async () => {
    const app = createApp({ assets });
    const answer = await app.request('/api/config');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('{"cdnBase":null}');
    expect(answer.headers.get('Cache-Control')).toBe('no-cache');
    expect(answer.headers.get('Content-Security-Policy')).toContain("connect-src 'self';");
    const etag = answer.headers.get('ETag') ?? 'none';
    expect((await app.request('/api/config', { headers: { 'If-None-Match': etag } })).status).toBe(304);
    expect((await app.request('/api/config', { method: 'POST' })).status).toBe(405);
  });

  test.each([
    'https://cdn.example',
    'https://cdn.example/papel/v1',
    'http://localhost:4999',
    'http://127.0.0.1:80/a.b',
  ])('takes %s', (base) => {
    expect(readCdnBase(base)).toBe(base);
  });

  test.each([
    'cdn.example',
    '//cdn.example',
    'http://cdn.example',
    'http://localhost.evil.example',
    'https://cdn.example/',
    'https://cdn.example/a/',
    'https://cdn.example//a',
    'https://cdn.example/../a',
    'https://cdn.example/a/..',
    'https://cdn.example/a?b=c',
    'https://cdn.example/a#b',
    'https://user:word@cdn.example',
    'https://cdn.example; script-src *',
    'https://cdn.example\nX: y',
    'https://*.example',
    'ftp://cdn.example',
    'javascript:alert(1)',
  ])('refuses %j with a sentence', (base) => {
    expect(() => readCdnBase(base)).toThrow('PAPEL_CDN_BASE is not an https address');
  });

  test('is none where nothing is set', () => {
    expect(readCdnBase(undefined)).toBeUndefined();
    expect(readCdnBase('')).toBeUndefined();
  });
});
