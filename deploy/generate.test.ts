import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measureDownloads } from '../scripts/measure-downloads.mjs';
import { root } from '../scripts/root.mjs';
import { generateFiles } from './generate.ts';

test.each([...generateFiles()])('%s is what its sources say (npm run deploy:generate)', (path, content) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(content);
});

test('what the README of deployments names is there', () => {
  const readme = readFileSync(join(root, 'deploy/README.md'), 'utf8');
  const linked = [...readme.matchAll(/\]\((?!#|https?:)([^)]+)\)/g)].map(([, path = '']) => join('deploy', path));
  const named = [...readme.matchAll(/(?<![\w/])(?:deploy|scripts)\/[\w./-]*\w/g)].map(([path]) => path);
  const missing = [...linked, ...named].filter((path) => !existsSync(join(root, path)));
  // Made by prepare.sh, or by whoever runs it.
  expect(missing.filter((path) => !/^deploy\/(?:docker\/secrets|aws|cloudflare)/.test(path))).toEqual([]);
});

const app = join(root, 'dist/app');

test.skipIf(!existsSync(join(app, 'offline-files.json')))(
  'the README says what devices download, within a fifth of the build (npm run deploy:generate)',
  () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const { what, size } of measureDownloads(app)) {
      const row = readme.split('\n').find((line) => line.startsWith(`| ${what} `));
      const [line = 0, kept = 0] = [...(row ?? '').matchAll(/([\d.]+) (MB|kB)/g)].map(
        ([, number, unit]) => Number(number) * (unit === 'MB' ? 1e6 : 1e3),
      );
      // A twentieth of a megabyte is lost in rounding.
      expect(Math.abs(line - size.line), `${what}, over the line`).toBeLessThan(size.line / 5 + 50_000);
      expect(Math.abs(kept - size.kept), `${what}, on the device`).toBeLessThan(size.kept / 5 + 50_000);
    }
  },
);
