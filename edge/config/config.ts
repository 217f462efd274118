import type { Context, Handler } from 'hono';
import * as v from 'valibot';
import {
  builtInMarket,
  composeConfig,
  configSchema,
  deciders,
  type DecidedBy,
  type Deployment,
} from '#contract/config.ts';
import { isMarket, marketOfCountry, markets, type Market } from '#contract/regions.ts';
import { makeEtag, matchesEtag } from '../http/etag.ts';
import { answerProblem } from '../http/problem.ts';

/** How a CDN in front tells the country of whoever asks. */
export interface ViewerCountry {
  /** The header that the answer depends on, for caches. */
  readonly header: string;
  /** What it says, where it comes from a proxy that is trusted. */
  readonly read: (context: Context) => string | undefined;
}

export interface ConfigOptions {
  readonly deployment: Deployment;
  /** The server's default; unless told, `builtInMarket`, and the answer says so. */
  readonly market?: Market | undefined;
  readonly viewerCountry?: ViewerCountry | undefined;
}

/**
 * Browsers ask every time, as the kill switch should not wait for them; caches in between may keep it for a minute.
 */
const cacheControl = 'public, max-age=0, s-maxage=60, must-revalidate';

interface Decision {
  readonly market: Market;
  readonly decidedBy: DecidedBy;
}

interface Answer {
  readonly text: string;
  readonly etag: Promise<string>;
}

/** Every answer there can be, made and checked once: what is wrong in the registry shows at start, not to a school. */
function writeAnswers(deployment: Deployment): (decision: Decision) => Answer {
  const answers = new Map<string, Answer>();
  for (const market of markets) {
    for (const decidedBy of deciders) {
      const config = v.parse(configSchema, composeConfig(market, decidedBy, deployment));
      const text = JSON.stringify(config);
      answers.set(`${market} ${decidedBy}`, { text, etag: makeEtag(text) });
    }
  }
  const nothing: Answer = { text: '', etag: Promise.resolve('""') };
  return ({ market, decidedBy }) => answers.get(`${market} ${decidedBy}`) ?? nothing;
}

/** Tells the app what holds in its market, and what decided for it. */
export function answerConfig({ deployment, market, viewerCountry }: ConfigOptions): Handler {
  const fallback: Decision =
    market === undefined
      ? { market: builtInMarket, decidedBy: 'built-in-default' }
      : { market, decidedBy: 'server-default' };

  const answerFor = writeAnswers(deployment);

  function decide(context: Context): Decision | undefined {
    const asked = context.req.queries('market');
    if (asked !== undefined) {
      const [only = '', ...others] = asked;
      return others.length === 0 && isMarket(only) ? { market: only, decidedBy: 'query' } : undefined;
    }
    const country = viewerCountry?.read(context);
    const found = country === undefined ? undefined : marketOfCountry(country);
    return found === undefined ? fallback : { market: found, decidedBy: 'viewer-country' };
  }

  return async (context) => {
    const decision = decide(context);
    if (decision === undefined) {
      return answerProblem(context, 404, `No such market. There are ${markets.join(', ')}.`, { members: { markets } });
    }
    // On every answer, so that a cache never hands one country's answer to another; the query is part of its key anyway.
    const vary = viewerCountry === undefined ? {} : { Vary: viewerCountry.header };
    const { text, etag } = answerFor(decision);
    const headers = { ETag: await etag, 'Cache-Control': cacheControl, ...vary };
    if (matchesEtag(context.req.header('If-None-Match'), headers.ETag)) return context.body(null, 304, headers);
    return context.body(text, 200, { ...headers, 'Content-Type': 'application/json' });
  };
}
