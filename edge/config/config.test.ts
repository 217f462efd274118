/** `GET /api/config` over real sockets: who decides for a market, whom it believes, and what caches may do. */
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { configSchema, plainDeployment, type Config } from '#contract/config.ts';
import { listenOnFreePort, type Listening } from '../adapters/listen.ts';
import { readViewerCountry } from '../adapters/viewer-country.ts';
import { createApp, type AppOptions } from '../app.ts';

const assets = { find: () => undefined };
const running: Listening[] = [];

/** Starts an edge with these settings and asks it. */
async function open(options: Omit<AppOptions, 'assets'> = {}, host = '127.0.0.1') {
  const edge = await listenOnFreePort(createApp({ assets, ...options }), host, 0);
  running.push(edge);
  return (query = '', init?: RequestInit) => fetch(`http://127.0.0.1:${edge.port}/api/config${query}`, init);
}

async function read(answer: Response): Promise<Config> {
  expect(answer.status).toBe(200);
  return v.parse(configSchema, await answer.json());
}

const trusting = (proxies: string) =>
  readViewerCountry({ PAPEL_COUNTRY_HEADER: 'CloudFront-Viewer-Country', PAPEL_TRUSTED_PROXIES: proxies });
const from = (country: string) => ({ headers: { 'CloudFront-Viewer-Country': country } });

afterEach(async () => {
  await Promise.all(running.splice(0).map((edge) => edge.close(100)));
});

describe('the market', () => {
  test('is what the query says, before the country, before the default', async () => {
    const ask = await open({ market: 'AU', viewerCountry: trusting('127.0.0.1') });
    const decided = async (answer: Promise<Response>) => {
      const { market, decidedBy } = await read(await answer);
      return [market, decidedBy];
    };
    expect(await decided(ask('?market=PH', from('DE')))).toEqual(['PH', 'query']);
    expect(await decided(ask('', from('DE')))).toEqual(['EU', 'viewer-country']);
    expect(await decided(ask('', from('gb')))).toEqual(['UK', 'viewer-country']);
    expect(await decided(ask())).toEqual(['AU', 'server-default']);
  });

  test.each(['NZ', 'XX', 'T1', 'UK', 'constructor', '__proto__', 'DE, PH', ''])(
    'is the default for a viewer from %j, which is in none',
    async (country) => {
      const ask = await open({ market: 'AU', viewerCountry: trusting('127.0.0.1') });
      expect(await read(await ask('', from(country)))).toMatchObject({ market: 'AU', decidedBy: 'server-default' });
    },
  );

  test('is the built-in one where nobody has said anything, and the answer says so', async () => {
    const ask = await open();
    expect(await read(await ask())).toMatchObject({ market: 'EU', decidedBy: 'built-in-default' });
  });

  test.each([
    '?market=',
    '?market=ph',
    '?market=GB',
    '?market=NZ',
    '?market=constructor',
    '?market=__proto__',
    '?market=toString',
    '?market=PH&market=US',
    '?market=PH%00',
    '?market=%3Cscript%3E',
    '?market=%E0%A4%A',
    `?market=${'A'.repeat(5_000)}`,
  ])('%.40s is not found, with the list of those there are', async (query) => {
    const ask = await open({ market: 'AU' });
    const answer = await ask(query);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await answer.json(), 'nothing of what was sent').toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'No such market. There are US, UK, EU, AU, PH.',
      markets: ['US', 'UK', 'EU', 'AU', 'PH'],
    });
  });
});

describe('the country that a header names', () => {
  test.each(['10.0.0.0/8', '127.0.0.2', '127.0.1.0/24', '::1'])(
    'does not count from elsewhere than %s',
    async (list) => {
      const ask = await open({ market: 'AU', viewerCountry: trusting(list) });
      expect(await read(await ask('', from('PH')))).toMatchObject({ market: 'AU', decidedBy: 'server-default' });
    },
  );

  test.each(['127.0.0.1', '10.0.0.0/8, 127.0.0.0/8', '::1,127.0.0.1/32'])('counts from %s', async (list) => {
    const ask = await open({ market: 'AU', viewerCountry: trusting(list) });
    expect(await read(await ask('', from('PH')))).toMatchObject({ market: 'PH', decidedBy: 'viewer-country' });
  });

  test('counts on a socket of both kinds, where an IPv4 address is written as an IPv6 one', async () => {
    const ask = await open({ market: 'AU', viewerCountry: trusting('127.0.0.1') }, '::');
    expect(await read(await ask('', from('PH')))).toMatchObject({ market: 'PH' });
    const other = await open({ market: 'AU', viewerCountry: trusting('127.0.0.2') }, '::');
    expect(await read(await other('', from('PH')))).toMatchObject({ market: 'AU' });
  });

  test('counts for nothing where no proxy is set, and only in the header that is', async () => {
    const plain = await open({ market: 'AU' });
    expect(await read(await plain('', from('PH')))).toMatchObject({ market: 'AU' });
    const ask = await open({ market: 'AU', viewerCountry: trusting('127.0.0.1') });
    expect(await read(await ask('', { headers: { 'CF-IPCountry': 'PH' } }))).toMatchObject({ market: 'AU' });
  });
});

describe('caches', () => {
  test('are told for how long, and what the answer depends on', async () => {
    const ask = await open({ viewerCountry: trusting('127.0.0.1') });
    for (const answer of [await ask(), await ask('?market=PH'), await ask('', from('PH'))]) {
      expect(answer.headers.get('Cache-Control')).toBe('public, max-age=0, s-maxage=60, must-revalidate');
      expect(answer.headers.get('Vary')).toBe('CloudFront-Viewer-Country');
      expect(answer.headers.get('Set-Cookie')).toBeNull();
    }
    const plain = await open();
    expect((await plain()).headers.get('Vary')).toBeNull();
  });

  test('ask again with the tag, which is another for another answer', async () => {
    const ask = await open({ market: 'PH', viewerCountry: trusting('127.0.0.1') });
    const tags = new Set<string>();
    for (const [query, init] of [
      ['', undefined],
      ['?market=PH', undefined],
      ['?market=US', undefined],
      ['', from('PH')],
    ] as const) {
      const tag = (await ask(query, init)).headers.get('ETag') ?? 'none';
      tags.add(tag);
      const again = await ask(query, { headers: { ...init?.headers, 'If-None-Match': tag } });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
      expect(again.headers.get('ETag')).toBe(tag);
      expect(again.headers.get('Vary')).toBe('CloudFront-Viewer-Country');
      expect(again.headers.get('Cache-Control')).toContain('s-maxage=60');
    }
    expect(tags.size).toBe(4);
    const changed = await open({
      market: 'PH',
      deployment: { ...plainDeployment, featuresOff: ['document-scanning'] },
    });
    const [first = ''] = tags;
    expect((await changed('', { headers: { 'If-None-Match': first } })).status, 'the kill switch').toBe(200);
  });
});

describe('the answer', () => {
  test('has what the deployment sets', async () => {
    const ask = await open({
      deployment: { ...plainDeployment, cdnBase: 'https://cdn.example:8443/papel', apiBase: 'https://api.example' },
    });
    const answer = await ask('?market=PH');
    expect(answer.headers.get('Content-Security-Policy')).toContain(
      "connect-src 'self' https://cdn.example:8443 https://api.example;",
    );
    expect(answer.headers.get('Content-Security-Policy')).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(await read(answer)).toMatchObject({
      cdnBase: 'https://cdn.example:8443/papel',
      apiBase: 'https://api.example',
      currency: 'PHP',
      consentAge: 18,
    });
  });

  test('has nothing from elsewhere where nothing is set', async () => {
    const ask = await open();
    const answer = await ask();
    expect(answer.headers.get('Content-Security-Policy')).toContain("connect-src 'self';");
    expect(await read(answer)).toMatchObject({ cdnBase: null, apiBase: null });
    expect((await ask('', { method: 'HEAD' })).status).toBe(200);
    expect((await ask('', { method: 'POST' })).status).toBe(405);
  });
});
