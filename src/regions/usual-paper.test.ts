import { expect, test } from 'vitest';
import { builtInMarket, composeConfig, plainDeployment } from '#contract/config.ts';
import { usualPaper } from './usual-paper.ts';

test.each([
  ['US', 'letter'],
  ['UK', 'a4'],
  ['EU', 'a4'],
  ['AU', 'a4'],
  ['PH', 'a4'],
] as const)('people in %s print on %s, whatever language the device speaks', (market, paper) => {
  for (const decidedBy of ['query', 'viewer-country', 'server-default'] as const) {
    const config = composeConfig(market, decidedBy, plainDeployment);
    for (const language of ['en-US', 'en-GB', 'de']) expect(usualPaper(config, language)).toBe(paper);
  }
});

test.each([
  ['en-US', 'letter'],
  ['en', 'letter'],
  ['fr-CA', 'letter'],
  ['en-GB', 'a4'],
  ['fil', 'a4'],
])('a device that speaks %s takes %s where nobody has said where it is', (language, paper) => {
  expect(usualPaper(composeConfig(builtInMarket, 'built-in-default', plainDeployment), language)).toBe(paper);
});
