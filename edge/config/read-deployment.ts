/** The settings of a deployment, from the environment of whatever platform it runs on. */
import * as v from 'valibot';
import { baseSchema, hostRegionSchema, plainDeployment, type Deployment } from '#contract/config.ts';
import { features, hostRegions, isMarket, markets, type Feature, type Market } from '#contract/regions.ts';

/** As `process.env` has it; empty counts as unset. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Read<T> = (text: string) => T | undefined;

/**
 * Reads one setting.
 *
 * @param what the setting has to be, to follow "PAPEL_X is not"
 * @throws RangeError whose message is for whoever starts the server
 */
export function readSetting<T, Fallback>(
  environment: Environment,
  name: string,
  { read, what, fallback }: { readonly read: Read<T>; readonly what: string; readonly fallback: Fallback },
): T | Fallback {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  const value = read(text);
  if (value === undefined) throw new RangeError(`${name} is not ${what}: ${text}`);
  return value;
}

function readBase(environment: Environment, name: string, example: string): string | null {
  return readSetting(environment, name, {
    read: (text) => (v.is(baseSchema, text) ? text : undefined),
    what: `an https address without a slash at its end, such as ${example}`,
    fallback: null,
  });
}

function readFeatures(environment: Environment, name: string): readonly Feature[] {
  return readSetting(environment, name, {
    read: (text) => {
      const named = text.split(',').map((item) => item.trim());
      const known = features.filter((feature) => named.includes(feature));
      return named.every((item) => features.some((feature) => feature === item)) ? known : undefined;
    },
    what: `a list with commas of ${features.join(', ')}`,
    fallback: [],
  });
}

export function readWhole(environment: Environment, name: string, unit: string, range: readonly [number, number]) {
  const [least, most] = range;
  return readSetting(environment, name, {
    read: (text) => {
      const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
    what: `a whole number of ${unit} from ${least} to ${most}`,
    fallback: undefined,
  });
}

/** The server's default market: PAPEL_MARKET. */
export function readMarket(environment: Environment): Market | undefined {
  return readSetting(environment, 'PAPEL_MARKET', {
    read: (text) => (isMarket(text) ? text : undefined),
    what: `one of ${markets.join(', ')}`,
    fallback: undefined,
  });
}

/** @param modelsVersion what the build knows of the models */
export function readDeployment(environment: Environment, modelsVersion: string | null): Deployment {
  const fileMegabytes = readWhole(environment, 'PAPEL_MAX_FILE_MB', 'megabytes', [1, 500]);
  const processingSeconds = readWhole(environment, 'PAPEL_PROCESSING_SECONDS', 'seconds', [10, 600]);
  const usual = plainDeployment.limits;
  return {
    hostRegion: readSetting(environment, 'PAPEL_HOST_REGION', {
      read: (text) => (v.is(hostRegionSchema, text) ? text : undefined),
      what: `a country such as PH, nor one of ${Object.keys(hostRegions).join(', ')}`,
      fallback: undefined,
    }),
    cdnBase: readBase(environment, 'PAPEL_CDN_BASE', 'https://cdn.example/papel'),
    apiBase: readBase(environment, 'PAPEL_API_BASE', 'https://api.example/papel'),
    limits: {
      fileBytes: fileMegabytes === undefined ? usual.fileBytes : fileMegabytes * 1_000_000,
      processingMs: processingSeconds === undefined ? usual.processingMs : processingSeconds * 1_000,
    },
    featuresOn: readFeatures(environment, 'PAPEL_FEATURES_ON'),
    featuresOff: readFeatures(environment, 'PAPEL_FEATURES_OFF'),
    modelsVersion,
  };
}
