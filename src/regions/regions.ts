import { useSyncExternalStore } from 'react';
import * as v from 'valibot';
import {
  builtInMarket,
  composeConfig,
  configSchema,
  deploymentOf,
  plainDeployment,
  type Config,
} from '#contract/config.ts';
import { markets, type Market } from '#contract/regions.ts';
import { setCdnBase } from '#src/delivery/sources.ts';

/** In localStorage, as it has to be there before anything is fetched or shown. */
const storedName = 'papel-regions';

const knownSchema = v.object({
  /** The user's market; without one, the place decides. */
  choice: v.fallback(v.optional(v.picklist(markets)), undefined),
  /** What the edge last said of this place to someone who had not chosen. */
  here: v.fallback(v.optional(configSchema), undefined),
  /** What it last said at all. */
  last: v.fallback(v.optional(configSchema), undefined),
});
type Known = Readonly<v.InferOutput<typeof knownSchema>>;

export interface Region {
  /** What holds now. */
  readonly config: Config;
  readonly choice: Market | undefined;
  /** The market that this place is in, as far as anyone has said; it holds where there is no choice. */
  readonly here: Market | undefined;
}

/**
 * What holds as far as is known. Where the edge has not been asked about the market, the registry says it; what whoever
 * runs the edge has set, its kill switch and CDN above all, goes on to hold.
 */
function workOut({ choice, here, last }: Known): Region {
  const market = choice ?? here?.market ?? builtInMarket;
  const decidedBy = choice === undefined ? (here?.decidedBy ?? 'built-in-default') : 'query';
  const config =
    last?.market === market
      ? { ...last, decidedBy }
      : composeConfig(market, decidedBy, last === undefined ? plainDeployment : deploymentOf(last));
  return { config, choice, here: here?.decidedBy === 'built-in-default' ? undefined : here?.market };
}

let known: Known = {};
let region = workOut(known);
const listeners = new Set<() => void>();

function apply(next: Known): void {
  known = next;
  region = workOut(known);
  setCdnBase(region.config.cdnBase ?? undefined);
  for (const listener of listeners) listener();
}

function readStored(): Known {
  try {
    const parsed = v.safeParse(knownSchema, JSON.parse(localStorage.getItem(storedName) ?? '{}'));
    return parsed.success ? parsed.output : {};
  } catch {
    // Browsers may refuse localStorage, and anyone may write anything into it.
    return {};
  }
}

function keep(): void {
  try {
    localStorage.setItem(storedName, JSON.stringify(known));
  } catch {
    // The next start asks again.
  }
}

/** Asks the edge; what it knew holds on where nothing answers, or a portal that answers something else. */
async function askEdge(): Promise<void> {
  const { choice } = known;
  try {
    const query = choice === undefined ? '' : `?market=${choice}`;
    const response = await fetch(`/api/config${query}`, { cache: 'no-cache' });
    if (!response.ok) return;
    const answer = v.parse(configSchema, await response.json());
    // Of another market than was asked for: some cache's mistake.
    if (choice !== undefined && answer.market !== choice) return;
    apply({
      ...known,
      // The user may have chosen another one meanwhile, whose answer was here first or is on its way.
      ...(known.choice === choice ? { last: answer } : {}),
      ...(choice === undefined ? { here: answer } : {}),
    });
    keep();
  } catch {
    // As above.
  }
}

/**
 * Applies what the edge says of the place where it runs, or of the market that the user has chosen. What is known from
 * earlier holds when this returns its promise, before anything is asked.
 */
export async function applyRegion(): Promise<void> {
  apply(readStored());
  await askEdge();
}

/**
 * Changes the market at once, then asks the edge about it.
 *
 * @param choice `undefined` to follow the place again
 */
export async function chooseMarket(choice: Market | undefined): Promise<void> {
  apply({ ...known, choice });
  keep();
  await askEdge();
}

export function currentRegion(): Region {
  return region;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What holds, and again whenever it changes. */
export function useRegion(): Region {
  return useSyncExternalStore(subscribe, currentRegion);
}

/** The languages of a place that someone has named; the built-in market is nobody's word for what is spoken here. */
export function regionLanguages(): readonly string[] {
  const { decidedBy, languages } = region.config;
  return decidedBy === 'built-in-default' ? [] : languages;
}
