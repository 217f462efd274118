import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { digestModels } from './models-version.mjs';

test('the version of the models is another one with each model, also with one of this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'papel-models-'));
  try {
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return digestModels(folder);
    };
    const versions = [
      write('manifest.json', '{"models":[1]}'),
      write('manifest.json', '{"models":[2]}'),
      write('local-manifest.json', '{"models":[3]}'),
      write('local-manifest.json', '{"models":[4]}'),
    ];
    expect(new Set(versions).size).toBe(4);
    for (const version of versions) expect(version).toMatch(/^[0-9a-f]{12}$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
