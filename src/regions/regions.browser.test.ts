import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setCdnBase, sourcesOf } from '#src/delivery/sources.ts';
import { applyRegion } from './regions.ts';

const path = '/assets/weights-AbCd1234.bin';

function clear() {
  localStorage.clear();
  setCdnBase(undefined);
}

function answer(body: string, status = 200) {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status }));
}

beforeEach(clear);
afterEach(() => {
  vi.restoreAllMocks();
  clear();
});

test('fetches from the CDN that the edge names', async () => {
  answer('{"cdnBase":"https://cdn.example/papel"}');
  await applyRegion();
  expect(sourcesOf(path)).toEqual([`https://cdn.example/papel${path}`, path]);
});

test('keeps what it knew where the edge does not answer, or something else does', async () => {
  answer('{"cdnBase":"https://cdn.example/papel"}');
  await applyRegion();
  for (const [body, status] of [
    ['<title>Log in to the school network</title>', 200],
    ['{"cdnBase":"https://evil.example/../"}', 200],
    ['{}', 200],
    ['no', 502],
  ] as const) {
    setCdnBase(undefined);
    answer(body, status);
    await applyRegion();
    expect(sourcesOf(path), body).toEqual([`https://cdn.example/papel${path}`, path]);
  }
  setCdnBase(undefined);
  vi.mocked(fetch).mockRejectedValue(new TypeError('Failed to fetch'));
  await applyRegion();
  expect(sourcesOf(path)).toHaveLength(2);
});

test('uses the own origin again when the edge names no CDN any more', async () => {
  answer('{"cdnBase":"https://cdn.example/papel"}');
  await applyRegion();
  answer('{"cdnBase":null}');
  await applyRegion();
  expect(sourcesOf(path)).toEqual([path]);
  setCdnBase('https://other.example');
  vi.mocked(fetch).mockRejectedValue(new TypeError('Failed to fetch'));
  await applyRegion();
  expect(sourcesOf(path)).toEqual([path]);
});

test.each(['not json', '{"cdnBase":42}', '{"cdnBase":"http://evil.example"}'])(
  'ignores what is stored and is not a configuration: %s',
  async (stored) => {
    localStorage.setItem('papel-config', stored);
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    await applyRegion();
    expect(sourcesOf(path)).toEqual([path]);
  },
);

test('does without localStorage', async () => {
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('no', 'SecurityError');
  });
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('no', 'SecurityError');
  });
  answer('{"cdnBase":"https://cdn.example/papel"}');
  await applyRegion();
  expect(sourcesOf(path)).toHaveLength(2);
});
