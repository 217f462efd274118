import { Hono, type Context, type Handler } from 'hono';
import * as v from 'valibot';
import { builtInMarket, composeConfig, configSchema, plainDeployment } from '#contract/config.ts';
import { answerConfig, type ConfigOptions } from './config/config.ts';
import { answerHealth } from './health/health.ts';
import { answerReady, type ProcessFacts } from './health/ready.ts';
import { finishAnswers, requestIdOf } from './http/finish.ts';
import { answerPreflight } from './http/cors.ts';
import { createMetrics } from './http/metrics.ts';
import { describeError, type Log } from './http/log.ts';
import { answerProblem, refuseMethod } from './http/problem.ts';
import { requireToken } from './http/require-token.ts';
import { answerBroken, serveAssets, wantsPage, type AssetSource } from './http/serve-assets.ts';
import type { TelemetryStore } from './stores/telemetry-store.ts';
import { acceptTelemetry } from './telemetry/accept-telemetry.ts';
import type { RateLimit } from './telemetry/rate-limit.ts';
import { answerSummary } from './telemetry/summarise.ts';

export interface AppOptions extends Partial<ConfigOptions> {
  /** The built app's files, or the platform's own way to answer them. */
  readonly assets: AssetSource | Handler;
  /** The platform's own page for people when something broke, where `assets` has none to look up. */
  readonly brokenPage?: (context: Context) => Promise<Response | undefined>;
  /** Of apps that are served from elsewhere and ask this server: `https://papel.example`. */
  readonly appOrigins?: readonly string[];
  /** Where it is off, its addresses are not there. */
  readonly telemetry?:
    | {
        readonly store: TelemetryStore;
        readonly rateLimit: RateLimit;
        /** Of whoever asks, as the platform tells it. */
        readonly addressOf: (context: Context) => string | undefined;
      }
    | undefined;
  /** For whoever runs this edge. Without a token nobody is told anything. */
  readonly operations?: {
    readonly token?: string | undefined;
    readonly facts?: () => ProcessFacts;
    readonly log?: Log;
    readonly logsEveryRequest?: boolean;
  };
  readonly now?: () => number;
}

const unknownFacts = (): ProcessFacts => ({ version: 'unknown', uptimeSeconds: 0, memoryBytes: null });

const noNext = () => Promise.resolve();

const answerOff: Handler = (context) => answerProblem(context, 404, 'Telemetry is off on this server.');

/** The edge: web-standard requests in, responses out. A platform's adapter brings the assets and the listening. */
export function createApp({
  assets,
  brokenPage = () => Promise.resolve(undefined),
  deployment = plainDeployment,
  market,
  viewerCountry,
  appOrigins: listedOrigins = [],
  telemetry,
  operations: { token, facts = unknownFacts, log = () => {}, logsEveryRequest = false } = {},
  now = Date.now,
}: AppOptions): Hono {
  const appOrigins = new Set(listedOrigins);
  const metrics = createMetrics();
  metrics.addGauge('papel_uptime_seconds', 'Since this process started.', () => facts().uptimeSeconds);
  metrics.addGauge('papel_memory_bytes', 'Resident memory, where known.', () => facts().memoryBytes ?? 0);
  const checks = {
    config: () => {
      v.assert(configSchema, composeConfig(market ?? builtInMarket, 'server-default', deployment));
      return Promise.resolve();
    },
    ...telemetry?.store.checks,
  };

  const app = new Hono();
  app.get('/health', answerHealth);
  app.get('/ready', answerReady({ checks, token, facts }));
  app.get('/metrics', requireToken(token), (context) =>
    context.body(metrics.write(), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-store',
    }),
  );
  app.get('/api/config', answerConfig({ deployment, market, viewerCountry }));
  if (telemetry === undefined) {
    app.post('/api/telemetry', answerOff);
    app.get('/api/telemetry/summary', requireToken(token), answerOff);
  } else {
    const { store, rateLimit, addressOf } = telemetry;
    const publicBase = deployment.apiBase;
    app.post(
      '/api/telemetry',
      acceptTelemetry({ store, rateLimit, addressOf, publicBase, appOrigins, metrics, log, now }),
    );
    app.get('/api/telemetry/summary', requireToken(token), answerSummary(store, now));
  }
  app.options('/api/*', (context, next) => answerPreflight(context, appOrigins) ?? next());
  app.all('/api/telemetry', (context) => refuseMethod(context, 'POST'));
  // Not routes of `*`: those would match every address, and each request would go through a chain of two.
  const answerFile = typeof assets === 'function' ? assets : serveAssets(assets);
  app.notFound(async (context) => {
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return refuseMethod(context, 'GET, HEAD');
    return (await answerFile(context, noNext)) ?? context.body(null, 404);
  });
  async function findBrokenPage(context: Context): Promise<Response | undefined> {
    try {
      return wantsPage(context) ? await brokenPage(context) : undefined;
    } catch {
      // The platform's files are what broke.
      return undefined;
    }
  }
  app.onError(async (error, context) => {
    log('error', 'broken', { requestId: requestIdOf(context.req.raw), ...describeError(error) });
    return (await findBrokenPage(context)) ?? answerBroken(context, typeof assets === 'function' ? undefined : assets);
  });
  app.fetch = finishAnswers(app.fetch, { deployment, appOrigins, metrics, log, logsEveryRequest });
  return app;
}
