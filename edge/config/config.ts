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
  /** Of a 200 and of a 304: headers whole and as plain objects, which a server writes out as they are. */
  readonly whole: ResponseInit;
  readonly unchanged: ResponseInit;
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
      // The length first: Node's adapter looks for it.
      const length = { 'Content-Length': String(new TextEncoder().encode(text).length) };
      const whole = { status: 200, headers: { ...length, ...common, 'Content-Type': 'application/json' } };
      answers.set(`${market} ${decidedBy}`, { text, etag, whole, unchanged: { status: 304, headers: common } });
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

  // As the app asks: reading a query costs more than the rest of an answer.
  const usualAnswers = new Map(
    markets.map((each) => [`?market=${each}`, answerFor({ market: each, decidedBy: 'query' })]),
  );

  function decide(context: Context): Decision | undefined {
    const [asked, ...more] = context.req.queries('market') ?? [];
    if (asked !== undefined) {
      return more.length === 0 && isMarket(asked) ? { market: asked, decidedBy: 'query' } : undefined;
    }
    const country = viewerCountry?.read(context);
    const found = country === undefined ? undefined : marketOfCountry(country);
    return found === undefined ? fallback : { market: found, decidedBy: 'viewer-country' };
  }

  function findAnswer(context: Context): Answer | undefined {
    const { url } = context.req;
    const usual = usualAnswers.get(url.slice(url.indexOf('?')));
    if (usual !== undefined) return usual;
    const decision = decide(context);
    return decision && answerFor(decision);
  }

  return (context) => {
    const answer = findAnswer(context);
    if (answer === undefined) {
      return answerProblem(context, 404, `No such market. There are ${markets.join(', ')}.`, { members: { markets } });
    }
    const { text, etag, whole, unchanged } = answer;
    const isUnchanged = matchesEtag(context.req.header('If-None-Match'), etag);
    return markFinished(isUnchanged ? new Response(null, unchanged) : new Response(text, whole));
  };
}
