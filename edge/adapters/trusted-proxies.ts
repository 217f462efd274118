import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { readSetting, type Environment } from '../config/settings.ts';

/**
 * The proxies whose word counts: PAPEL_TRUSTED_PROXIES. Anyone can send a header.
 *
 * @returns nothing where none are set
 * @throws RangeError whose message is for whoever starts the server
 */
export function readTrustedProxies(environment: Environment): BlockList | undefined {
  const networks = readSetting(environment, 'PAPEL_TRUSTED_PROXIES');
  if (networks === undefined) return undefined;
  const trusted = new BlockList();
  for (const { address, bits, family } of networks) trusted.addSubnet(address, bits, family);
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
