import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
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
 * The proxies whose word counts: PAPEL_TRUSTED_PROXIES. Anyone can send a header.
 *
 * @returns nothing where none are set
 * @throws RangeError whose message is for whoever starts the server
 */
export function readTrustedProxies(environment: Environment): BlockList | undefined {
  const { PAPEL_TRUSTED_PROXIES: proxies = '' } = environment;
  if (proxies === '') return undefined;
  const trusted = readNetworks(proxies);
  if (trusted === undefined) {
    throw new RangeError(
      `PAPEL_TRUSTED_PROXIES is not a list with commas of addresses such as 10.0.0.7 and 10.0.0.0/8: ${proxies}`,
    );
  }
  return trusted;
}

function isTrusted(proxies: BlockList, address: string): boolean {
  return isIP(address) !== 0 && proxies.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

/** Whether a request comes straight from one of them. */
export function comesFrom(proxies: BlockList, context: Context): boolean {
  const { address } = getConnInfo(context).remote;
  return address !== undefined && isTrusted(proxies, address);
}

/**
 * The address of whoever asks: the socket's, and behind trusted proxies the last one of X-Forwarded-For that is not
 * theirs. What stands before it could be anyone's invention.
 */
export function readClientAddress(proxies: BlockList | undefined): (context: Context) => string | undefined {
  return (context) => {
    const { address } = getConnInfo(context).remote;
    if (proxies === undefined || address === undefined || !isTrusted(proxies, address)) return address;
    const forwarded = (context.req.header('X-Forwarded-For') ?? '').split(',').map((item) => item.trim());
    const client = forwarded.findLast((item) => !isTrusted(proxies, item));
    return client !== undefined && isIP(client) !== 0 ? client : address;
  };
}
