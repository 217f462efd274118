import { Hono } from 'hono';
import { answerHealth } from './health/health.ts';
import { serveAssets, type AssetSource } from './http/serve-assets.ts';
import { setSecurityHeaders } from './http/security-headers.ts';

export interface AppOptions {
  readonly assets: AssetSource;
}

/** The edge: web-standard requests in, responses out. A platform's adapter brings the assets and the listening. */
export function createApp({ assets }: AppOptions): Hono {
  const app = new Hono();
  app.use(setSecurityHeaders());
  app.get('/health', answerHealth);
  app.get('*', serveAssets(assets));
  app.all('*', (context) => context.text('Method not allowed', 405, { Allow: 'GET, HEAD' }));
  app.onError((_error, context) => context.text('Something went wrong', 500, { 'Cache-Control': 'no-store' }));
  return app;
}
