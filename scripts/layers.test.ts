/**
 * Plants each forbidden import in a small copy of the project's layers and sees the compiler or the linter refuse it.
 * The configuration under test is the real one, copied.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './root.mjs';

const configuration = [
  'package.json',
  'tsconfig.json',
  '.oxlintrc.json',
  'scripts/lint-rooms.mjs',
  'scripts/root.mjs',
  'contract/tsconfig.json',
  'worker/tsconfig.json',
  'worker/host/tsconfig.json',
  'src/tsconfig.json',
  'src/offline/service-worker/tsconfig.json',
  'edge/tsconfig.json',
  'edge/stores/tsconfig.json',
  'edge/adapters/tsconfig.json',
];

/** One module a room, each in its place and harmless. */
const rooms = {
  'contract/shapes.ts': 'export const shape = 1;',
  'worker/vision/lines.ts': "export { shape as line } from '#contract/shapes.ts';",
  'worker/documents/page.ts': "import { line } from '#worker/vision/lines.ts';\nexport const page = line;",
  'worker/text/words.ts': "export { line as words } from '../vision/lines.ts';",
  'worker/host/worker.ts':
    "import { page } from '#worker/documents/page.ts';\nself.postMessage(page);\nexport const work = page;",
  'src/engine/engine.ts':
    "export const start = () => new Worker(new URL('../../worker/host/worker.ts', import.meta.url), { type: 'module' });",
  'src/delivery/fetch-file.ts': "export { shape as file } from '#contract/shapes.ts';",
  'src/offline/keep.ts': "export { file as kept } from '#src/delivery/fetch-file.ts';",
  'src/store/records.ts': "export { shape as records } from '#contract/shapes.ts';",
  'src/ui/button.tsx': "export const label = 'ok';",
  'src/documents/flow.ts': "export { records } from '#src/store/records.ts';",
  'src/documents/crop/corner.ts': "export { records as corner } from '../flow.ts';",
  'src/text/reader.ts': "export { label as reader } from '#src/ui/button.tsx';",
  'src/app/main.ts':
    "export { reader } from '#src/text/reader.ts';\nexport { corner } from '#src/documents/crop/corner.ts';",
  'src/telemetry/sender.ts': "export { shape as sender } from '#contract/shapes.ts';",
  'src/offline/service-worker/service-worker.ts':
    "export { sender } from '#src/telemetry/sender.ts';\nexport const scope = () => self.location.origin;",
  'edge/app.ts': "export { answer } from './health/health.ts';",
  'edge/stores/store.ts': "export { shape as store } from '#contract/shapes.ts';",
  'edge/health/health.ts':
    "export { shape as answer } from '#contract/shapes.ts';\nexport { store } from '../stores/store.ts';",
  'edge/adapters/node.ts':
    "import { createServer } from 'node:http';\nimport { answer } from '../app.ts';\nexport const serve = () => createServer().listen(answer);",
};

let copy = '';

function put(path: string, source: string) {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), `${source}\n`);
}

function runTool(name: 'tsc' | 'oxlint', ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', name), args, {
    cwd: copy,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

function compile() {
  return runTool('tsc', '-b', 'src', 'src/offline/service-worker', 'worker/host', 'edge/adapters');
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'papel-layers-'));
  for (const path of configuration) cpSync(join(root, path), join(copy, path));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [path, source] of Object.entries(rooms)) put(path, source);
});

afterAll(() => rmSync(copy, { recursive: true }));

test('the copy without a wrong import compiles and lints', { timeout: 60_000 }, () => {
  expect(compile()).toMatchObject({ status: 0 });
  const lint = runTool('oxlint', '--deny-warnings');
  expect(lint.output).not.toContain('papel(rooms)');
});

describe('the compiler refuses', () => {
  test.each([
    ['contract', 'a DOM type', 'contract/wrong.ts', 'export type Wrong = HTMLElement;'],
    ['contract', 'worker code', 'contract/wrong.ts', "export { line } from '#worker/vision/lines.ts';"],
    ['a pure room', 'self', 'worker/documents/wrong.ts', 'self.postMessage(1);'],
    ['a pure room', 'fetch', 'worker/documents/wrong.ts', "export const wrong = fetch('/');"],
    ['a pure room', 'worker/host', 'worker/documents/wrong.ts', "export { work } from '#worker/host/worker.ts';"],
    [
      'the app',
      'a type of worker code',
      'src/documents/wrong.ts',
      "export type { page } from '#worker/documents/page.ts';",
    ],
    ['the app', 'the edge', 'src/documents/wrong.ts', "export { answer } from '#edge/app.ts';"],
    ['worker/host', 'the app', 'worker/host/wrong.ts', "export { records } from '#src/store/records.ts';"],
    ['worker/host', 'the document', 'worker/host/wrong.ts', 'export const wrong = document.title;'],
    ['the edge', 'worker code', 'edge/health/wrong.ts', "export { line } from '#worker/vision/lines.ts';"],
    ['the edge', 'the app', 'edge/health/wrong.ts', "export { records } from '#src/store/records.ts';"],
    [
      'an edge room',
      'Node',
      'edge/health/wrong.ts',
      "import { readFileSync } from 'node:fs';\nexport const wrong = readFileSync;",
    ],
    [
      'the service worker',
      'the app',
      'src/offline/service-worker/wrong.ts',
      "export { records } from '#src/store/records.ts';",
    ],
  ])('%s that imports or names %s', { timeout: 60_000 }, (_layer, _what, path, source) => {
    put(path, source);
    try {
      const { status, output } = compile();
      expect(output).toContain(path);
      expect(status).not.toBe(0);
    } finally {
      rmSync(join(copy, path));
    }
  });
});

describe('the linter refuses', () => {
  test.each([
    ['src/documents/wrong.ts', "export { reader } from '#src/text/reader.ts';"],
    ['src/documents/wrong.ts', "export { reader } from '../text/reader.ts';"],
    ['src/documents/crop/wrong.ts', "export { reader } from '../../text/reader.ts';"],
    ['src/documents/wrong.ts', "export const wrong = () => import('#src/text/reader.ts');"],
    ['src/documents/wrong.ts', "export type Wrong = import('#src/text/reader.ts').Wrong;"],
    ['src/documents/wrong.ts', "export { start } from '#src/app/main.ts';"],
    ['src/a-new-room/wrong.ts', "export { records } from '#src/documents/flow.ts';"],
    ['src/store/wrong.ts', "export { start } from '#src/engine/engine.ts';"],
    ['src/engine/wrong.ts', "export { records } from '../store/records.ts';"],
    ['src/delivery/wrong.ts', "export { records } from '#src/store/records.ts';"],
    ['src/ui/wrong.tsx', "export { records } from '#src/documents/flow.ts';"],
    [
      'src/documents/wrong.ts',
      "export const wrong = new Worker(new URL('../../worker/host/worker.ts', import.meta.url));",
    ],
    ['src/documents/wrong.ts', "export type { page } from '#worker/documents/page.ts';"],
    ['worker/documents/wrong.ts', "export { words } from '#worker/text/words.ts';"],
    ['worker/documents/wrong.ts', "export { words } from '../text/words.ts';"],
    ['worker/a-new-room/wrong.ts', "export { page } from '#worker/documents/page.ts';"],
    ['worker/vision/wrong.ts', "export { page } from '#worker/documents/page.ts';"],
    ['worker/documents/wrong.ts', "export { work } from '#worker/host/worker.ts';"],
    ['contract/wrong.ts', "export { line } from '#worker/vision/lines.ts';"],
    ['edge/health/wrong.ts', "export { serve } from '../adapters/node.ts';"],
    ['edge/stores/wrong.ts', "export { answer } from '../health/health.ts';"],
    ['edge/health/wrong.ts', "export { line } from '#worker/vision/lines.ts';"],
    ['e2e/wrong.ts', "export { records } from '#src/store/records.ts';"],
  ])('%s: %s', (path, source) => {
    put(path, source);
    try {
      const { status, output } = runTool('oxlint', path);
      expect(output).toContain('papel(rooms)');
      expect(status).not.toBe(0);
    } finally {
      rmSync(join(copy, path));
    }
  });
});
