import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/root.mjs';

test('synthesis starts in a fresh clone, where no package is yet', () => {
  const clone = mkdtempSync(join(tmpdir(), 'papel-clone-'));
  try {
    cpSync(join(root, 'scripts'), join(clone, 'scripts'), { recursive: true });
    for (const path of ['deploy/aws/example-settings.mjs', 'deploy/pipeline/synthesise.mjs']) {
      cpSync(join(root, path), join(clone, path));
    }
    const code = "import('./deploy/pipeline/synthesise.mjs').then((module) => console.log(Object.keys(module).join()))";
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: clone,
      encoding: 'utf8',
    });
    expect(printed.trim()).toBe('synthesise');
  } finally {
    rmSync(clone, { recursive: true });
  }
});
