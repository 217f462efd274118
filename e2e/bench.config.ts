import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

/** Measurements (`npm run bench`), one at a time: they print figures and judge nothing, since machines differ. */
export default defineConfig(config, {
  testMatch: '*.bench.ts',
  workers: 1,
  fullyParallel: false,
  reporter: [['line']],
  // A trace copies the whole page at every look at it: a third of the main thread while sheets are read.
  use: { trace: 'off' },
});
