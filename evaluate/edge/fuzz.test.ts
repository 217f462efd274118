/** The bench's fuzz run, smaller: malformed bodies over sockets, none of them an error of ours, none of them echoed. */
import { expect, test } from 'vitest';
import { createApp } from '#edge/app.ts';
import { listenOnFreePort } from '#edge/adapters/listen.ts';
import type { KeptEvent } from '#edge/stores/telemetry-store.ts';
import { runFuzz } from './fuzz.ts';
import { benchToken } from './token.ts';

test('3,000 malformed bodies', { timeout: 60_000 }, async () => {
  const kept: KeptEvent[] = [];
  const store = {
    add: (events: readonly KeptEvent[]) => Promise.resolve(void kept.push(...events)),
    summarise: null,
    checks: {},
    purge: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const app = createApp({
    assets: { find: () => undefined },
    telemetry: { store, rateLimit: { take: () => 0 }, addressOf: () => undefined },
    operations: { token: benchToken, facts: () => ({ version: '', uptimeSeconds: 0, memoryBytes: 1 }) },
  });
  const edge = await listenOnFreePort(app, '127.0.0.1', 0);
  try {
    const { statuses, echoes } = await runFuzz(edge.port, 3_000);
    expect([...statuses.keys()].toSorted((a, b) => a - b)).toEqual([202, 400]);
    expect(echoes).toBe(0);
    // A flipped byte can leave an event whole, so some are kept; none with what does not belong there.
    expect(JSON.stringify(kept)).not.toContain('needle');
  } finally {
    await edge.close(1_000);
  }
});
