import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { texts as british } from './en-GB/texts.ts';
import { texts as australian } from './en-AU/texts.ts';
import { texts as english } from './en/texts.ts';
import { texts as filipino } from './fil/texts.ts';

function flatten(texts: object): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries<unknown>({ ...texts })) {
    if (typeof value !== 'object' || value === null) flat.set(key, String(value));
    else for (const [rest, text] of flatten(value)) flat.set(`${key}.${rest}`, text);
  }
  return flat;
}

const variablesOf = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));

test.each([
  ['fil', filipino],
  ['en-GB', british],
  ['en-AU', australian],
])('%s names the same variables as English, and leaves nothing empty', (_language, texts) => {
  const reference = flatten(english);
  for (const [key, text] of flatten(texts)) {
    expect(text.trim(), key).not.toBe('');
    expect(variablesOf(text), key).toEqual(variablesOf(reference.get(key) ?? ''));
  }
});

test('no text is left over: the sources name each key, whole or with variable parts', () => {
  const src = join(import.meta.dirname, '../..');
  const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('translations'))
    .map((path) => readFileSync(join(src, path), 'utf8'))
    .join('\n');
  // `t(`orders.${order}`)` names every key of that shape.
  const shapes = [...sources.matchAll(/`((?:[\w-]+\.)+\$\{[^`]+)`/g)].map(
    ([, template = '']) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[^.]+')}$`),
  );
  const unused = [...flatten(english).keys()]
    .map((key) => key.replace(/_(?:one|other)$/, ''))
    .filter((key) => !sources.includes(`'${key}'`) && !shapes.some((shape) => shape.test(key)));
  expect(unused).toEqual([]);
});
