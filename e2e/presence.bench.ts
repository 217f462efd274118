import { fakeFaceCamera } from './support/draw-faces.ts';
import { startServer } from './support/server.ts';
import { test } from './support/test.ts';

const measuredMs = 10_000;

test.use({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  baseURL: async ({}, use) => {
    const server = await startServer({ env: { PAPEL_MARKET: 'UK', PAPEL_FEATURES_ON: 'face-detection' } });
    await use(server.url);
    await server.stop();
  },
});

/** Frames of a drawn camera in which the presence check looks for faces, and what the main thread did meanwhile. */
test('presence', async ({ page, context }) => {
  await fakeFaceCamera(context, { width: 1280, height: 720, faces: [{ x: 0.5, y: 0.42, height: 0.4 }] });
  await page.goto('/tools/presence');
  await page.getByRole('button', { name: 'or a parent agreed' }).click();
  await page.getByRole('button', { name: 'Start the camera' }).click();
  await page.getByText('One face visible').first().waitFor({ timeout: 60_000 });
  const figures = await page.evaluate(async (forMs) => {
    const analysedMs: number[] = [];
    const longTasksMs: number[] = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'faces.read-frame') analysedMs.push(duration);
    }).observe({ type: 'measure' });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasksMs.push(duration);
    }).observe({ type: 'longtask' });
    const startedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, forMs));
    return { analysedMs, longTasksMs, lastedMs: performance.now() - startedAt };
  }, measuredMs);

  const sorted = figures.analysedMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(1) ?? '-';
  console.log(
    [
      '',
      `analysed           ${(sorted.length / (figures.lastedMs / 1000)).toFixed(1)} frames/s`,
      `time in the engine ${at(0.5)} ms median, ${at(0.95)} ms at the 95th percentile`,
      `main thread        ${figures.longTasksMs.length} tasks over 50 ms, the longest ${Math.max(0, ...figures.longTasksMs).toFixed(0)} ms`,
    ].join('\n'),
  );
});
