import type { Handler } from 'hono';

/** Says that this process answers, and nothing else: strangers learn no version, load or name. */
export const answerHealth: Handler = (context) => context.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' });
