/** The settings of a deployment, from the environment of whatever platform it runs on. */
import { plainDeployment, type Deployment } from '#contract/config.ts';
import type { Market } from '#contract/regions.ts';
import { readSetting, type Environment } from './settings.ts';

/** The server's default market: PAPEL_MARKET. */
export function readMarket(environment: Environment): Market | undefined {
  return readSetting(environment, 'PAPEL_MARKET');
}

/** Of apps that are served from elsewhere and may ask this server. */
export function readAppOrigins(environment: Environment): readonly string[] {
  return readSetting(environment, 'PAPEL_APP_ORIGINS') ?? [];
}

/** @param modelsVersion what the build knows of the models */
export function readDeployment(environment: Environment, modelsVersion: string | null): Deployment {
  const fileMegabytes = readSetting(environment, 'PAPEL_MAX_FILE_MB');
  const processingSeconds = readSetting(environment, 'PAPEL_PROCESSING_SECONDS');
  const usual = plainDeployment.limits;
  return {
    hostRegion: readSetting(environment, 'PAPEL_HOST_REGION'),
    cdnBase: readSetting(environment, 'PAPEL_CDN_BASE') ?? null,
    apiBase: readSetting(environment, 'PAPEL_API_BASE') ?? null,
    limits: {
      fileBytes: fileMegabytes === undefined ? usual.fileBytes : fileMegabytes * 1_000_000,
      processingMs: processingSeconds === undefined ? usual.processingMs : processingSeconds * 1_000,
    },
    featuresOn: readSetting(environment, 'PAPEL_FEATURES_ON') ?? [],
    featuresOff: readSetting(environment, 'PAPEL_FEATURES_OFF') ?? [],
    modelsVersion,
    retentionDays: readSetting(environment, 'PAPEL_TELEMETRY_DAYS'),
  };
}
