/** What the edge tells the app of the place where it runs: the answer of `GET /api/config`. */
import * as v from 'valibot';
import {
  countrySchema,
  features,
  hostRegions,
  marketEntries,
  markets,
  regions,
  type Feature,
  type Market,
} from './regions.ts';

/**
 * Where another server has our paths below its own: `https://cdn.example/papel` for
 * `https://cdn.example/papel/assets/…`. Without a slash at the end, a query, a user, or a step out of its folder. Plain
 * http is for this very machine, as in tests.
 */
export const baseSchema = v.pipe(
  v.string(),
  v.regex(
    /^(?:https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*|http:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?(?:\/[\w~-][\w.~-]*)*$/,
    'an address such as https://cdn.example/papel',
  ),
);

/** A cloud's region that the registry knows, or the country of a machine in no cloud. */
export const hostRegionSchema = v.union([v.picklist(Object.keys(hostRegions)), countrySchema]);

const limitsSchema = v.object({
  /** Largest file that is taken in. */
  fileBytes: v.pipe(v.number(), v.integer(), v.minValue(1_000_000), v.maxValue(500_000_000)),
  /** Longest that one step of work on a picture may take. */
  processingMs: v.pipe(v.number(), v.integer(), v.minValue(10_000), v.maxValue(600_000)),
});
export type Limits = Readonly<v.InferOutput<typeof limitsSchema>>;

const usualLimits: Limits = { fileBytes: 50_000_000, processingMs: 120_000 };

/** What decided for a market, first to last; the user's saved choice comes as the query. */
export const deciders = ['query', 'viewer-country', 'server-default', 'built-in-default'] as const;
export type DecidedBy = (typeof deciders)[number];

const switchSchema = v.object({
  isOn: v.boolean(),
  /** The market's own setting, or whoever runs the edge: their word, and above all their "off", goes before it. */
  decidedBy: v.picklist(['market', 'server']),
});

export const configSchema = v.object({
  market: v.picklist(markets),
  decidedBy: v.picklist(deciders),
  ...marketEntries,
  host: v.object({
    region: hostRegionSchema,
    country: countrySchema,
    /** Said by whoever runs this edge. Otherwise it is where Papel's own would be, and no promise. */
    isConfirmed: v.boolean(),
    /** What a transfer to that country rests on; `null` where the host is in the market itself. */
    transferRule: v.nullable(v.string()),
  }),
  /** `null`: the app's own origin has everything. */
  cdnBase: v.nullable(baseSchema),
  /** `null`: the app's own origin answers. */
  apiBase: v.nullable(baseSchema),
  limits: limitsSchema,
  features: v.object(v.entriesFromList(features, switchSchema)),
  /** Digest of the list of models that were built with the edge; `null` where no edge has told. */
  modelsVersion: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/))),
});
export type Config = Readonly<v.InferOutput<typeof configSchema>>;

/** What whoever runs an edge has set for it, in whatever market. */
export interface Deployment {
  /** Where it really runs; `undefined` where they did not say. */
  readonly hostRegion: string | undefined;
  readonly cdnBase: string | null;
  readonly apiBase: string | null;
  readonly limits: Limits;
  readonly featuresOn: readonly Feature[];
  /** The kill switch: off, whatever else says on. */
  readonly featuresOff: readonly Feature[];
  readonly modelsVersion: string | null;
  /** How long the edge keeps what it counts, where that is not as the market says. */
  readonly retentionDays?: number | undefined;
}

export const plainDeployment: Deployment = {
  hostRegion: undefined,
  cdnBase: null,
  apiBase: null,
  limits: usualLimits,
  featuresOn: [],
  featuresOff: [],
  modelsVersion: null,
};

/** Holds until someone has said where this is: the market after whose law most of the others were made. */
export const builtInMarket: Market = 'EU';

function countryOf(hostRegion: string): string {
  return Object.entries(hostRegions).find(([region]) => region === hostRegion)?.[1] ?? hostRegion;
}

/** What holds in a market under a deployment. The edge answers it, and an app that cannot ask works it out itself. */
export function composeConfig(market: Market, decidedBy: DecidedBy, deployment: Deployment): Config {
  const { countries, hostRegion, transferRule, features: usual, ...told } = regions[market];
  const region = deployment.hostRegion ?? hostRegion;
  const country = countryOf(region);
  const switchOf = (feature: Feature): v.InferOutput<typeof switchSchema> => {
    if (deployment.featuresOff.includes(feature)) return { isOn: false, decidedBy: 'server' };
    if (deployment.featuresOn.includes(feature)) return { isOn: true, decidedBy: 'server' };
    return { isOn: usual[feature], decidedBy: 'market' };
  };
  return {
    market,
    decidedBy,
    ...told,
    retentionDays: deployment.retentionDays ?? told.retentionDays,
    host: {
      region,
      country,
      isConfirmed: deployment.hostRegion !== undefined,
      transferRule: countries.includes(country) ? null : transferRule,
    },
    cdnBase: deployment.cdnBase,
    apiBase: deployment.apiBase,
    limits: deployment.limits,
    features: {
      'document-scanning': switchOf('document-scanning'),
      'answer-sheets': switchOf('answer-sheets'),
      handwriting: switchOf('handwriting'),
      'face-detection': switchOf('face-detection'),
      analytics: switchOf('analytics'),
      debug: switchOf('debug'),
    },
    modelsVersion: deployment.modelsVersion,
  };
}

/** What an answer tells of the edge that gave it, to go on with in another market without asking. */
export function deploymentOf(config: Config): Deployment {
  const setTo = (isOn: boolean) =>
    features.filter((feature) => {
      const state = config.features[feature];
      return state.decidedBy === 'server' && state.isOn === isOn;
    });
  return {
    hostRegion: config.host.isConfirmed ? config.host.region : undefined,
    cdnBase: config.cdnBase,
    apiBase: config.apiBase,
    limits: config.limits,
    featuresOn: setTo(true),
    featuresOff: setTo(false),
    modelsVersion: config.modelsVersion,
    ...(config.retentionDays === regions[config.market].retentionDays ? {} : { retentionDays: config.retentionDays }),
  };
}
