import { defineConfig } from '@playwright/test';
import config from './playwright.config.ts';

/** Measurements (`npm run bench`), one at a time: they print figures and judge nothing, since machines differ. */
export default defineConfig(config, {
  testMatch: '*.bench.ts',
  workers: 1,
  fullyParallel: false,
  reporter: [['line']],
});
