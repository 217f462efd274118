import { expect, test } from 'vitest';

import { pickLanguage } from './languages.ts';

test.each([
  [['en-US'], 'en'],
  [['en'], 'en'],
  [['en-PH', 'fil'], 'en'],
  [['en-GB'], 'en-GB'],
  [['en-IE'], 'en-GB'],
  [['en-AU'], 'en-AU'],
  [['en-NZ'], 'en-AU'],
  [['en-Latn-AU'], 'en-AU'],
  [['fil-PH'], 'fil'],
  [['tl'], 'fil'],
  [['de-AT', 'fil'], 'fil'],
  [['de-AT', 'en-AU'], 'en-AU'],
  [['de-AT', 'en-PH', 'fil'], 'en'],
  [['de-AT'], 'en'],
  [[], 'en'],
])('for %j the app speaks %s', (preferred, language) => {
  expect(pickLanguage(preferred)).toBe(language);
});
