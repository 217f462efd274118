import type { Handler } from 'hono';
import type { Config } from '#contract/config.ts';

/** Tells the app about the place where it runs. Asked for at every start, so it is short and may be revalidated. */
export function answerConfig(config: Config): Handler {
  return (context) => context.json(config, 200, { 'Cache-Control': 'no-cache' });
}
