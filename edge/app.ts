import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { plainDeployment } from '#contract/config.ts';
import { answerConfig, type ConfigOptions } from './config/config.ts';
import { answerHealth } from './health/health.ts';
import { serveAssets, type AssetSource } from './http/serve-assets.ts';
import { setSecurityHeaders } from './http/security-headers.ts';

export interface AppOptions extends Partial<ConfigOptions> {
  readonly assets: AssetSource;
}

/** The edge: web-standard requests in, responses out. A platform's adapter brings the assets and the listening. */
export function createApp({ assets, deployment = plainDeployment, market, viewerCountry }: AppOptions): Hono {
  const app = new Hono();
  app.use(setSecurityHeaders(deployment));
  app.get('/health', answerHealth);
  app.get('/api/config', etag(), answerConfig({ deployment, market, viewerCountry }));
  app.get('*', serveAssets(assets));
  app.all('*', (context) => context.text('Method not allowed', 405, { Allow: 'GET, HEAD' }));
  app.onError((_error, context) => context.text('Something went wrong', 500, { 'Cache-Control': 'no-store' }));
  return app;
}
