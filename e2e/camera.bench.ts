import { cameraFrame } from './support/camera.ts';
import { test } from './support/test.ts';

const measuredMs = 10_000;

/** Frames that the live outline analyses of the fake camera's stream, and what the main thread did meanwhile. */
test('camera', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('papel.auto-capture', 'off'));
  await page.goto('/scan');
  await page.getByText('Looks good. Press the round button').first().waitFor();
  const figures = await page.evaluate(async (forMs) => {
    const analysedMs: number[] = [];
    const longTasksMs: number[] = [];
    let shown = 0;
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) {
        if (name === 'documents.read-frame') analysedMs.push(duration);
      }
    }).observe({ type: 'measure' });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasksMs.push(duration);
    }).observe({ type: 'longtask' });
    const video = document.querySelector('video');
    const count = () => {
      shown += 1;
      video?.requestVideoFrameCallback(count);
    };
    video?.requestVideoFrameCallback(count);
    const startedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, forMs));
    return { analysedMs, longTasksMs, shown, lastedMs: performance.now() - startedAt };
  }, measuredMs);

  const seconds = figures.lastedMs / 1000;
  const sorted = figures.analysedMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(1) ?? '-';
  console.log(
    [
      '',
      `stream             ${cameraFrame.width}x${cameraFrame.height}, ${(figures.shown / seconds).toFixed(1)} frames/s shown`,
      `analysed           ${(sorted.length / seconds).toFixed(1)} frames/s`,
      `time in the engine ${at(0.5)} ms median, ${at(0.95)} ms at the 95th percentile`,
      `main thread        ${figures.longTasksMs.length} tasks over 50 ms, the longest ${Math.max(0, ...figures.longTasksMs).toFixed(0)} ms`,
    ].join('\n'),
  );
});
