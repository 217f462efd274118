import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunch } from '../scripts/chromium.ts';
import { cameraFile } from './support/camera.ts';

const { executablePath, args } = chromiumLaunch();

/** Runs the built app (`npm run build`) behind the real edge, which each worker starts for itself: support/test.ts. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './support/make-camera-film.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  // On a shared machine a page may stand still for seconds. What passes at the second try is named: scripts/test.mjs.
  retries: process.env['CI'] === undefined ? 0 : 1,
  // A scan on two shared cores with everything cold takes 5 to 15 s.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
    // A trace costs as much as the page itself does: where there is a second try, that one is traced.
    trace: process.env['CI'] === undefined ? 'retain-on-failure' : 'on-first-retry',
    // Each test has a fresh profile; without this, each would install the service worker and fetch OpenCV for it anew.
    // offline.spec.ts and update.spec.ts allow it.
    serviceWorkers: 'block',
    permissions: ['camera'],
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...args,
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${cameraFile}`,
        // Nothing but this machine can be reached, whatever a page tries.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
      ],
    },
  },
});
