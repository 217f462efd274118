import type { ViewerCountry } from '../config/config.ts';
import { readSetting, type Environment } from '../config/settings.ts';
import { comesFrom, readTrustedProxies } from './trusted-proxies.ts';

/**
 * The viewer's country as a CDN in front tells it: PAPEL_COUNTRY_HEADER names the header (CloudFront-Viewer-Country,
 * CF-IPCountry), PAPEL_TRUSTED_PROXIES whose word counts. Anyone can send a header, so it is no use without them.
 *
 * @throws RangeError whose message is for whoever starts the server
 */
export function readViewerCountry(environment: Environment): ViewerCountry | undefined {
  const trusted = readTrustedProxies(environment);
  const header = readSetting(environment, 'PAPEL_COUNTRY_HEADER');
  if (header === undefined) return undefined;
  if (trusted === undefined) throw new RangeError('PAPEL_TRUSTED_PROXIES is not set, but PAPEL_COUNTRY_HEADER is.');
  return {
    header,
    read: (context) => (comesFrom(trusted, context) ? context.req.header(header)?.toUpperCase() : undefined),
  };
}
