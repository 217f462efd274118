/** What only the Worker has to promise. */
import { expect, test, vi } from 'vitest';
import cloudflare from './cloudflare.ts';

test('files come from the binding, with our headers', async () => {
  const environment = { ASSETS: { fetch: () => Promise.resolve(new Response('<!doctype html>')) } };
  const answer = await cloudflare.fetch(new Request('https://papel.example/'), environment);
  expect(await answer.text()).toBe('<!doctype html>');
  expect(answer.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
  const off = await cloudflare.fetch(
    new Request('https://papel.example/api/telemetry', { method: 'POST' }),
    environment,
  );
  expect(off.status, 'without a dataset').toBe(404);
});

test('there are pages for people where there is nothing, and where something broke', async () => {
  const pages = new Map([
    ['/404.html', 'Nothing here'],
    ['/500.html', 'Broken'],
  ]);
  const find = ({ url }: Request) => {
    const { pathname } = new URL(url);
    if (pathname === '/broken.js') throw new Error('needle-3f9');
    const text = pages.get(pathname);
    return text === undefined
      ? new Response('Not found', { status: 404 })
      : new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  };
  const environment = { ASSETS: { fetch: async (request: Request) => find(request) } };
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const ask = async (path: string, accept: string) => {
    const request = new Request(`https://papel.example${path}`, { headers: { Accept: accept } });
    const answer = await cloudflare.fetch(request, environment);
    return [answer.status, answer.headers.get('Content-Type'), await answer.text()];
  };
  expect(await ask('/missing.html', 'text/html')).toEqual([404, 'text/html; charset=utf-8', 'Nothing here']);
  expect(await ask('/broken.js', 'text/html')).toEqual([500, 'text/html; charset=utf-8', 'Broken']);
  for (const path of ['/missing.html', '/broken.js']) {
    expect(await ask(path, '*/*')).toContain('application/problem+json');
  }
  pages.clear();
  expect(await ask('/broken.js', 'text/html')).toContain('application/problem+json');
  expect(log.mock.calls.flat().join('')).not.toContain('needle');
  log.mockRestore();
});

test('nothing is counted where nothing would count it once', async () => {
  const environment = {
    ASSETS: { fetch: () => Promise.resolve(new Response()) },
    TELEMETRY: { writeDataPoint: () => {} },
  };
  expect(() => cloudflare.fetch(new Request('https://papel.example/health'), environment)).toThrow('SEEN_EVENTS');
});
