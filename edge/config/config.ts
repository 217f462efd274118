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
import { markFinished } from '../http/finish.ts';
import { answerProblem } from '../http/problem.ts';
import { securityHeaders } from '../http/security-headers.ts';

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
  readonly etag: string;
  /** Of a 200 and of a 304: whole, as plain objects, which a server writes out as they are. */
  readonly headers: Record<string, string>;
  readonly unchangedHeaders: Record<string, string>;
}

/** Every answer there can be, made and checked once: what is wrong in the registry shows at start, not to a school. */
function writeAnswers({ deployment, viewerCountry }: ConfigOptions): (decision: Decision) => Answer | undefined {
  const answers = new Map<string, Answer>();
  // On every answer, so that a cache never hands one country's answer to another; the query is part of its key anyway.
  const vary = viewerCountry === undefined ? {} : { Vary: viewerCountry.header };
  for (const market of markets) {
    for (const decidedBy of deciders) {
      const config = v.parse(configSchema, composeConfig(market, decidedBy, deployment));
      const text = JSON.stringify(config);
      const etag = makeEtag(text);
      const common = { ...securityHeaders(deployment), ...vary, ETag: etag, 'Cache-Control': cacheControl };
      const headers = { ...common, 'Content-Type': 'application/json' };
      answers.set(`${market} ${decidedBy}`, { text, etag, headers, unchangedHeaders: common });
    }
  }
  return ({ market, decidedBy }) => answers.get(`${market} ${decidedBy}`);
}

/** Tells the app what holds in its market, and what decided for it. */
export function answerConfig(options: ConfigOptions): Handler {
  const { market, viewerCountry } = options;
  const fallback: Decision =
    market === undefined
      ? { market: builtInMarket, decidedBy: 'built-in-default' }
      : { market, decidedBy: 'server-default' };

  const answerFor = writeAnswers(options);

  function decide(context: Context): Decision | undefined {
    const asked = context.req.query('market');
    if (asked !== undefined) {
      // Reading all of a query costs more than the rest of this answer, so only where there may be a second one.
      const { url } = context.req;
      const isPlain = !url.includes('%') && url.indexOf('market') === url.lastIndexOf('market');
      const isOnly = isPlain || context.req.queries('market')?.length === 1;
      return isOnly && isMarket(asked) ? { market: asked, decidedBy: 'query' } : undefined;
    }
    const country = viewerCountry?.read(context);
    const found = country === undefined ? undefined : marketOfCountry(country);
    return found === undefined ? fallback : { market: found, decidedBy: 'viewer-country' };
  }

  return (context) => {
    const decision = decide(context);
    const answer = decision && answerFor(decision);
    if (answer === undefined) {
      return answerProblem(context, 404, `No such market. There are ${markets.join(', ')}.`, { members: { markets } });
    }
    const { text, etag, headers, unchangedHeaders } = answer;
    const isUnchanged = matchesEtag(context.req.header('If-None-Match'), etag);
    return markFinished(
      isUnchanged
        ? new Response(null, { status: 304, headers: unchangedHeaders })
        : new Response(text, { status: 200, headers }),
    );
  };
}
