import { expect, test } from 'vitest';

import { formatsOf } from './use-formats.ts';

test.each([
  [0, '0 kB'],
  [999, '1 kB'],
  [1500, '2 kB'],
  [846_000, '846 kB'],
  [1_840_000, '1.8 MB'],
  [156_000_000, '156 MB'],
  [10_700_000_000, '10.7 GB'],
])('%i bytes are written %s', (bytes, text) => {
  expect(formatsOf('en').size(bytes)).toBe(text);
});

test('dates follow the language', () => {
  const time = new Date(2026, 10, 23, 9, 5).getTime();
  expect(formatsOf('en').day(time)).toBe('Nov 23, 2026');
  expect(formatsOf('en-GB').day(time)).toBe('23 Nov 2026');
  expect(formatsOf('fil').day(time)).toBe('Nob 23, 2026');
});
