import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { texts as british } from './en-GB/texts.ts';
import { texts as australian } from './en-AU/texts.ts';
import { texts as english } from './en/texts.ts';
import { texts as filipino } from './fil/texts.ts';

function flatten(texts: object, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? [...flatten(value, `${path}${key}.`)]
        : [[`${path}${key}`, String(value)]],
    ),
  );
}

const variablesOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();

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
