import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ModelEntry } from '../contract/models.ts';
import { checkModels } from './check-models.ts';
import { updateManifest } from './models.mjs';
import { delivered } from './vite-delivered.ts';

const digestOf = (content: string) => createHash('sha256').update(content).digest('hex');
const graph = '{"modelTopology":{}}';
const weights = 'weights'.repeat(40);

const entry: ModelEntry = {
  name: 'stand-in',
  version: 3,
  capability: 'scan',
  files: [
    { path: 'stand-in/model.json', bytes: graph.length, sha256: digestOf(graph) },
    { path: 'stand-in/weights.bin', bytes: weights.length, sha256: digestOf(weights) },
  ],
  input: { name: 'image', shape: [1, 256, 256, 3], dtype: 'float32', meaning: 'RGB, 0 to 1' },
  outputs: [{ name: 'presence', shape: [1, 1], dtype: 'float32', meaning: 'chance of a page' }],
  quantisation: 'none',
  licence: 'Apache-2.0',
  source: 'made by this test',
  recipe: 'stand-in/README.md',
};

let folder = '';

function put(path: string, content: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function list(...models: unknown[]) {
  put('models/manifest.json', JSON.stringify({ models }));
}

const check = () => checkModels(join(folder, 'models'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'papel-models-'));
  list(entry);
  put('models/stand-in/model.json', graph);
  put('models/stand-in/weights.bin', weights);
  put('models/stand-in/README.md', '# How it is made');
  put('models/stand-in/recipe/train.py', 'pass');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('a model of the operator is listed beside the others, under a name of its own', () => {
  const local = { ...entry, name: 'local', files: [{ ...entry.files[0], path: 'local/model.json' }] };
  put('models/local/model.json', graph);
  put('models/local-manifest.json', JSON.stringify({ models: [local] }));
  expect(check().map(({ name }) => name)).toEqual(['stand-in', 'local']);
  put('models/local-manifest.json', JSON.stringify({ models: [{ ...local, name: 'stand-in' }] }));
  expect(check).toThrow('two models of the name stand-in');
});

test('a model with its files, its recipe and nothing else is fine', () => {
  expect(check()).toEqual([entry]);
});

test.each<[string, () => void, string]>([
  ['a changed byte', () => put('models/stand-in/weights.bin', weights.replace('w', 'v')), 'weights.bin has the digest'],
  ['another length', () => put('models/stand-in/weights.bin', `${weights}!`), 'weights.bin has 281 bytes, not 280'],
  ['a missing file', () => rmSync(join(folder, 'models/stand-in/model.json')), 'model.json is not there'],
  ['a missing recipe', () => rmSync(join(folder, 'models/stand-in/README.md')), 'no recipe at stand-in/README.md'],
  ['a recipe that is no text', () => list({ ...entry, recipe: 'stand-in/model.json' }), 'no recipe at'],
  ['weights without an entry', () => put('models/other/weights.bin', 'x'), 'other/weights.bin has no entry'],
  ['a graph without an entry', () => put('models/other/model.json', '{}'), 'other/model.json has no entry'],
  ['weights beside a recipe', () => put('models/stand-in/recipe/best.onnx', 'x'), 'best.onnx has no entry'],
  ['a file of an unknown kind', () => put('models/stand-in/notes.dat', 'x'), 'notes.dat has no entry'],
  ['two models of one name', () => list(entry, entry), 'two models of one name'],
  ['an entry without a licence', () => list({ ...entry, licence: '' }), 'models.0.licence'],
  ['an entry without a recipe', () => list({ ...entry, recipe: undefined }), 'models.0.recipe'],
  ['an entry with an unknown key', () => list({ ...entry, color: 'red' }), 'color'],
  [
    'a path out of the folder',
    () => list({ ...entry, files: [{ ...entry.files[0], path: '../secret/model.json' }] }),
    'a path such as',
  ],
  [
    'two files of one base name',
    () => {
      put('models/stand-in/more/weights.bin', weights);
      list({ ...entry, files: [...entry.files, { ...entry.files[1], path: 'stand-in/more/weights.bin' }] });
    },
    'two files of one name',
  ],
])('%s is refused', (_what, change, message) => {
  change();
  expect(check).toThrow(message);
});

test('the update writes what the files are now, and leaves the rest', () => {
  put('models/manifest.json', JSON.stringify({ models: [entry] }, undefined, 3));
  put('models/stand-in/weights.bin', 'trained again');
  expect(check).toThrow('weights.bin');
  expect(updateManifest(join(folder, 'models'))).toEqual(['stand-in/weights.bin']);
  expect(check()[0]).toEqual({
    ...entry,
    files: [
      entry.files[0],
      { path: 'stand-in/weights.bin', bytes: 'trained again'.length, sha256: digestOf('trained again') },
    ],
  });
  const text = readFileSync(join(folder, 'models/manifest.json'), 'utf8');
  expect(text, 'lines stay as they were set').toBe(JSON.stringify(JSON.parse(text), undefined, 3));
  expect(updateManifest(join(folder, 'models'))).toEqual([]);
});

test("the project's own models are as their list says", () => {
  expect(() => checkModels(join(import.meta.dirname, '../models'))).not.toThrow();
});

function buildPage() {
  put('index.html', '<script type="module" src="./page.js"></script>');
  put('runtime.wasm', 'wasm');
  put(
    'page.js',
    "import { models } from 'virtual:models';\nimport wasm from './runtime.wasm?delivered';\nconsole.log(models, wasm);",
  );
  return build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [delivered(join(folder, 'models'))],
    build: { outDir: join(folder, 'out'), minify: false },
  });
}

test('a build makes assets with hashed names of them and tells the page their digests', async () => {
  await buildPage();
  const assets = readdirSync(join(folder, 'out/assets'));
  const script = assets.find((name) => name.endsWith('.js')) ?? '';
  const text = readFileSync(join(folder, 'out/assets', script), 'utf8');
  for (const [pattern, content] of [
    [/^model-[\w-]{8}\.json$/, graph],
    [/^weights-[\w-]{8}\.bin$/, weights],
    [/^runtime-[\w-]{8}\.wasm$/, 'wasm'],
  ] as const) {
    const name = assets.find((candidate) => pattern.test(candidate)) ?? '';
    expect(readFileSync(join(folder, 'out/assets', name), 'utf8')).toBe(content);
    expect(text).toContain(`/assets/${name}`);
    expect(text).toContain(digestOf(content));
  }
});

test('a build with a wrong model ends without a page', async () => {
  vi.stubEnv('VITEST', undefined);
  put('models/stand-in/weights.bin', 'something else');
  await expect(buildPage()).rejects.toThrow('weights.bin');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});
