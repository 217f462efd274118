/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { buildId } from './scripts/build-id.ts';
import { chromiumLaunch, softwareWebGl } from './scripts/chromium.ts';
import { delivered } from './scripts/vite-delivered.ts';
import { edgeInDevelopment } from './scripts/vite-edge.ts';
import { languageFiles } from './scripts/vite-languages.ts';
import { openCv } from './scripts/vite-opencv.ts';
import { pdfData } from './scripts/vite-pdf-data.ts';
import { tfjsBackends, tfjsModules } from './scripts/vite-tfjs.ts';
import { workflowParser } from './scripts/vite-workflow-parser.ts';

const launch = chromiumLaunch();

export default defineConfig({
  plugins: [react(), openCv(), pdfData(), tfjsBackends(), languageFiles(), delivered(), edgeInDevelopment()],
  define: { __BUILD_ID__: JSON.stringify(buildId()) },
  // Looked for in all sources, and not from page and tests on: found late, one would make the browser tests reload.
  optimizeDeps: {
    entries: ['index.html', '{src,worker}/**/*.{ts,tsx}', '!**/*.test.{ts,tsx}'],
    include: tfjsModules,
  },
  build: {
    outDir: 'dist/app',
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    // The budget is checked by scripts/build.mjs; the largest chunks are decoders in workers.
    chunkSizeWarningLimit: 2_500,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es', plugins: () => [openCv(), pdfData(), tfjsBackends()] },
  test: {
    // Two cores may be busy with other things; what hangs still ends.
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        plugins: [workflowParser()],
        test: {
          name: 'pure',
          environment: 'node',
          // Imports JSON as browsers' bundlers do.
          server: { deps: { inline: [/@actions\//] } },
          include: ['{contract,worker,src,edge,evaluate,models,scripts,deploy}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**', 'deploy/aws/**'],
        },
      },
      {
        // Needs the packages of deploy/aws: scripts/aws.mjs.
        test: {
          name: 'aws',
          environment: 'node',
          include: ['deploy/aws/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          // One synthesis for all of them.
          isolate: false,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['{worker,src}/**/*.browser.test.ts'],
          // The first use of a large decoder is served from source, which takes long on a busy machine.
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { ...launch, args: [...launch.args, ...softwareWebGl] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
