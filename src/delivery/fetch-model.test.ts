import { afterEach, expect, test, vi } from 'vitest';
import { fetchModel } from './fetch-model.ts';

const graph = '{"modelTopology":{}}';
const weights = 'weights';

vi.mock('virtual:models', async () => {
  const { sha256 } = await import('./sha256.ts');
  const describe = (name: string, path: string, content: string) => {
    const bytes = new TextEncoder().encode(content);
    return { name, path, bytes: bytes.length, sha256: sha256(bytes) };
  };
  const files = [
    describe('model.json', '/assets/model-AbCd1234.json', '{"modelTopology":{}}'),
    describe('weights.bin', '/assets/weights-AbCd1234.bin', 'weights'),
  ];
  return { models: [{ name: 'stand-in', version: 3, digest: 'of both', files }] };
});

function serve(bodies: Readonly<Record<string, string>>) {
  vi.stubGlobal('fetch', (path: string) => {
    const body = bodies[path];
    return Promise.resolve(body === undefined ? new Response('', { status: 404 }) : new Response(body));
  });
}

afterEach(() => vi.unstubAllGlobals());

test('brings all files of a model by their names, and counts the bytes of all of them', async () => {
  serve({ '/assets/model-AbCd1234.json': graph, '/assets/weights-AbCd1234.bin': weights });
  const heard: [number, number][] = [];
  const { version, digest, files } = await fetchModel('stand-in', { report: (...progress) => heard.push(progress) });
  expect({ version, digest }).toEqual({ version: 3, digest: 'of both' });
  expect(Object.keys(files)).toEqual(['model.json', 'weights.bin']);
  expect(new TextDecoder().decode(files['weights.bin'])).toBe(weights);
  expect(heard).toEqual([
    [20, 27],
    [27, 27],
  ]);
});

test.each([
  ['a file of it is missing', 'stand-in', { '/assets/model-AbCd1234.json': graph }],
  [
    'a file of it is another',
    'stand-in',
    { '/assets/model-AbCd1234.json': graph, '/assets/weights-AbCd1234.bin': 'WEIGHTS' },
  ],
  ['nobody listed it', 'other', {}],
])('says that the model cannot be had: %s', async (_what, name, bodies: Record<string, string>) => {
  serve(bodies);
  await expect(fetchModel(name)).rejects.toMatchObject({ failure: { code: 'model-unavailable' } });
});

test('stops when it is told to', async () => {
  serve({});
  await expect(fetchModel('stand-in', { signal: AbortSignal.abort() })).rejects.toMatchObject({
    failure: { code: 'cancelled' },
  });
});
