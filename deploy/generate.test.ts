import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/root.mjs';
import { generateFiles } from './generate.ts';

test.each([...generateFiles()])('%s is what its sources say (npm run deploy:generate)', (path, content) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(content);
});
