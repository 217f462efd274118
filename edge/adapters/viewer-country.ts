import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { ViewerCountry } from '../config/config.ts';
import type { Environment } from '../config/read-deployment.ts';

/** Addresses and networks such as 10.0.0.0/8, with commas. */
function readNetworks(text: string): BlockList | undefined {
  const networks = new BlockList();
  for (const item of text.split(',').map((each) => each.trim())) {
    const [address = '', bits, ...rest] = item.split('/');
    const version = isIP(address);
    if (version === 0 || rest.length > 0) return undefined;
    const family = version === 4 ? 'ipv4' : 'ipv6';
    const most = version === 4 ? 32 : 128;
    if (bits === undefined) networks.addAddress(address, family);
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= most) networks.addSubnet(address, Number(bits), family);
    else return undefined;
  }
  return networks;
}

/**
 * The viewer's country as a CDN in front tells it: PAPEL_COUNTRY_HEADER names the header (CloudFront-Viewer-Country,
 * CF-IPCountry), PAPEL_TRUSTED_PROXIES whose word counts. Anyone can send a header, so neither is any use alone.
 *
 * @throws RangeError whose message is for whoever starts the server
 */
export function readViewerCountry(environment: Environment): ViewerCountry | undefined {
  const { PAPEL_COUNTRY_HEADER: header = '', PAPEL_TRUSTED_PROXIES: proxies = '' } = environment;
  if (header === '' && proxies === '') return undefined;
  if (header === '') throw new RangeError('PAPEL_COUNTRY_HEADER is not set, but PAPEL_TRUSTED_PROXIES is.');
  if (proxies === '') throw new RangeError('PAPEL_TRUSTED_PROXIES is not set, but PAPEL_COUNTRY_HEADER is.');
  if (!/^[A-Za-z][A-Za-z\d-]*$/.test(header)) {
    throw new RangeError(`PAPEL_COUNTRY_HEADER is not the name of a header such as CF-IPCountry: ${header}`);
  }
  const trusted = readNetworks(proxies);
  if (trusted === undefined) {
    throw new RangeError(
      `PAPEL_TRUSTED_PROXIES is not a list with commas of addresses such as 10.0.0.7 and 10.0.0.0/8: ${proxies}`,
    );
  }
  return {
    header,
    read: (context) => {
      const { address, addressType } = getConnInfo(context).remote;
      if (address === undefined) return undefined;
      const isTrusted = trusted.check(address, addressType === 'IPv6' ? 'ipv6' : 'ipv4');
      return isTrusted ? context.req.header(header)?.toUpperCase() : undefined;
    },
  };
}
