import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from './main.ts';

let folder: string;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'papel-evaluate-test-'));
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const write = (truth: string) => writeFileSync(join(folder, 'truth.json'), truth);

describe('an unusable command ends with 2 and one line, before anything is built', () => {
  it.each<[string, (path: string) => string[], string, RegExp]>([
    ['no suite', () => [], '[]', /^evaluate: usage: /],
    ['an unknown suite', (path) => ['handwriting', path], '[]', /^evaluate: usage: /],
    ['no folder', () => ['documents'], '[]', /^evaluate: usage: /],
    ['a folder that is not there', (path) => ['documents', join(path, 'gone')], '[]', /no folder .*gone/],
    ['an unknown option', (path) => ['documents', path, '--fast'], '[]', /--fast/],
    ['a limit in words', (path) => ['documents', path, '--limit', 'few'], '[]', /--limit wants a whole number.*few/],
    ['an unknown backend', (path) => ['documents', path, '--backend', 'webgpu'], '[]', /no backend webgpu/],
    ['a truth that is no JSON', (path) => ['documents', path], '[{', /truth\.json: .*JSON/],
    ['a truth of another kind', (path) => ['documents', path], '[{"file":"a.jpg"}]', /truth\.json: 0\.corners/],
    ['a file that is not there', (path) => ['documents', path], '[{"file":"a.jpg","corners":null}]', /names a\.jpg/],
  ])('%s', async (_name, argsIn, truth, line) => {
    write(truth);
    const prepare = vi.fn<(peers: boolean) => void>();
    expect(await run(argsIn(folder), prepare)).toBe(2);
    expect(prepare).not.toHaveBeenCalled();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(line);
    expect(said[0]?.trim()).not.toContain('\n');
  });

  it('a folder without truth', async () => {
    expect(await run(['documents', folder], () => {})).toBe(2);
    expect(said.join('')).toMatch(/holds no truth\.json/);
  });
});

it('prepares once the command is usable, with peers where they are asked for', async () => {
  write('[{"file":"a.jpg","corners":null}]');
  writeFileSync(join(folder, 'a.jpg'), 'not read here');
  const stop = new Error('stop before the browser');
  const prepare = vi.fn<(peers: boolean) => void>(() => {
    throw stop;
  });
  await expect(run(['documents', folder, '--peers'], prepare)).rejects.toBe(stop);
  expect(prepare).toHaveBeenCalledExactlyOnceWith(true);
});
