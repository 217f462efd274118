import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Asks axe about the whole page as it stands and expects it to find nothing, at any level. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  // As an expression of the debugger, which the content security policy does not concern.
  await page.evaluate(`${source};undefined`);
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  const found = results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => node.html).join('\n    ')}`,
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}
