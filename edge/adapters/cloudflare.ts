/**
 * The edge as a Cloudflare Worker. Files come from its static assets (binding ASSETS, `run_worker_first`, so that they get
 * the headers too); telemetry is on where the binding TELEMETRY, an Analytics Engine dataset, is there. The binding
 * SEEN_EVENTS, of this script's class SeenEvents with SQLite as its storage, then has to be there too: it counts an event once.
 */
import type { Context, Hono } from 'hono';
import { createApp } from '../app.ts';
import type { ViewerCountry } from '../config/config.ts';
import { readAppOrigins, readDeployment, readMarket } from '../config/read-deployment.ts';
import { readToken } from '../config/read-operations.ts';
import { logAsJson } from '../http/log.ts';
import { answerProblem } from '../http/problem.ts';
import { cacheControlOf, isScreen, wantsPage } from '../http/serve-assets.ts';
import {
  analyticsEngineDays,
  writeToAnalyticsEngine,
  type AnalyticsEngineDataset,
} from '../stores/analytics-engine-store.ts';
import { countOnce } from '../stores/count-once.ts';
import { rememberInDurableObjects, type ObjectNamespace } from '../stores/seen-in-durable-objects.ts';
import type { TelemetryStore } from '../stores/telemetry-store.ts';
import { limitInMemory } from '../telemetry/rate-limit.ts';

export { SeenEvents } from '../stores/seen-in-durable-objects.ts';

/** Settings by the same names as elsewhere, and bindings. */
export interface CloudflareEnvironment {
  readonly ASSETS: { readonly fetch: (request: Request) => Promise<Response> };
  readonly TELEMETRY?: AnalyticsEngineDataset;
  readonly SEEN_EVENTS?: ObjectNamespace;
  readonly PAPEL_MARKET?: string;
  readonly PAPEL_HOST_REGION?: string;
  readonly PAPEL_CDN_BASE?: string;
  readonly PAPEL_API_BASE?: string;
  readonly PAPEL_APP_ORIGINS?: string;
  readonly PAPEL_MAX_FILE_MB?: string;
  readonly PAPEL_PROCESSING_SECONDS?: string;
  readonly PAPEL_FEATURES_ON?: string;
  readonly PAPEL_FEATURES_OFF?: string;
  readonly PAPEL_OPS_TOKEN?: string;
}

/** An isolate remembers only what it saw itself, so this is a brake and no limit: rate limiting rules go before it. */
const batchesPerSecond = 10;

/** Cloudflare sets both itself, whatever the caller sent. */
const viewerCountry: ViewerCountry = { header: 'CF-IPCountry', read: (context) => context.req.header('CF-IPCountry') };
const addressOf = (context: Context) => context.req.header('CF-Connecting-IP');

/** @throws RangeError where telemetry would be on, and events would count as often as they come */
function openStore({ TELEMETRY: dataset, SEEN_EVENTS: namespace }: CloudflareEnvironment): TelemetryStore | undefined {
  if (dataset === undefined) return undefined;
  if (namespace === undefined) throw new RangeError('The binding TELEMETRY needs the binding SEEN_EVENTS beside it.');
  return countOnce(writeToAnalyticsEngine(dataset), rememberInDurableObjects(namespace));
}

type Files = CloudflareEnvironment['ASSETS'];

/** A page for people that needs no script; nothing where the app was built without it. */
async function answerPage(
  context: Context,
  files: Files,
  path: string,
  status: 404 | 500,
): Promise<Response | undefined> {
  const page = await files.fetch(new Request(new URL(path, context.req.url)));
  if (!page.ok) return undefined;
  const headers = {
    'Content-Type': page.headers.get('Content-Type') ?? 'text/html; charset=utf-8',
    'Cache-Control': cacheControlOf(path),
  };
  return new Response(page.body, { status, headers });
}

/**
 * A file of the binding, the app's page for its own screens, or 404: with `not_found_handling` and `html_handling` at `none`
 * (deploy/cloudflare/wrangler.jsonc) Cloudflare knows files only.
 */
async function answerFile(context: Context, files: Files): Promise<Response> {
  const { path, url, raw } = context.req;
  const isPage = path === '/' || (isScreen(path) && wantsPage(context));
  const found = await files.fetch(isPage ? new Request(new URL('/index.html', url), raw) : raw);
  if (found.status === 404) {
    const page = wantsPage(context) ? await answerPage(context, files, '/404.html', 404) : undefined;
    return page ?? answerProblem(context, 404, 'There is nothing at this address.');
  }
  // Copied, since headers of what a binding answers cannot be changed.
  const answer = new Response(found.body, found);
  answer.headers.set('Cache-Control', cacheControlOf(path));
  return answer;
}

function bind(environment: CloudflareEnvironment): Hono {
  const { ASSETS: files, TELEMETRY: _dataset, SEEN_EVENTS: _namespace, ...settings } = environment;
  const store = openStore(environment);
  const startedAt = Date.now();
  return createApp({
    assets: (context) => answerFile(context, files),
    brokenPage: (context) => answerPage(context, files, '/500.html', 500),
    market: readMarket(settings),
    appOrigins: readAppOrigins(settings),
    deployment: { ...readDeployment(settings, null), retentionDays: store && analyticsEngineDays },
    viewerCountry,
    telemetry: store && {
      store,
      rateLimit: limitInMemory({ perSecond: batchesPerSecond }),
      addressOf,
    },
    operations: {
      token: readToken(settings),
      log: logAsJson((line) => console.log(line.trimEnd())),
      facts: () => ({
        version: 'cloudflare',
        uptimeSeconds: Math.round((Date.now() - startedAt) / 1_000),
        memoryBytes: null,
      }),
    },
  });
}

/** Bound once an isolate: Cloudflare hands the same environment to every request of one. */
const bound = new WeakMap<CloudflareEnvironment, Hono>();

export default {
  fetch: (request: Request, environment: CloudflareEnvironment): Response | Promise<Response> => {
    const app = bound.get(environment) ?? bind(environment);
    bound.set(environment, app);
    return app.fetch(request);
  },
};
