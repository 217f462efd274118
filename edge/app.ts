import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { answerConfig } from './config/config.ts';
import { answerHealth } from './health/health.ts';
import { serveAssets, type AssetSource } from './http/serve-assets.ts';
import { setSecurityHeaders } from './http/security-headers.ts';

export interface AppOptions {
  readonly assets: AssetSource;
  /** Where a CDN has the app's files, as `cdnBaseSchema` of contract/config.ts wants it; none unless told. */
  readonly cdnBase?: string | undefined;
}

/** The edge: web-standard requests in, responses out. A platform's adapter brings the assets and the listening. */
export function createApp({ assets, cdnBase }: AppOptions): Hono {
  const app = new Hono();
  app.use(setSecurityHeaders(cdnBase));
  app.get('/health', answerHealth);
  app.get('/api/config', etag(), answerConfig({ cdnBase: cdnBase ?? null }));
  app.get('*', serveAssets(assets));
  app.all('*', (context) => context.text('Method not allowed', 405, { Allow: 'GET, HEAD' }));
  app.onError((_error, context) => context.text('Something went wrong', 500, { 'Cache-Control': 'no-store' }));
  return app;
}
