/** Who sends more than fits is told when to come back. */
export interface RateLimit {
  /**
   * Takes one batch off what an address may send.
   *
   * @returns seconds to wait; 0 where it may be sent now
   */
  readonly take: (address: string) => number | Promise<number>;
}

export interface RateLimitOptions {
  /** Batches a second that an address may send for ever. Whole schools share one. */
  readonly perSecond: number;
  readonly now?: () => number;
}

/** What may be sent at once after a quiet time, in seconds' worth. */
export const burstSeconds = 12;
/** Addresses that are known at a time, about 2 MB. Of more, those that were quiet longest begin anew. */
const mostAddresses = 10_000;

/**
 * One who has a network of IPv6 has all addresses in it, so the first half counts as the address.
 *
 * @param address as the socket says it
 */
export function bucketOfAddress(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const first = head.split(':').filter((part) => part !== '');
  const last = (tail ?? '').split(':').filter((part) => part !== '');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':');
}

/** A token bucket an address, in this process's memory only: nothing of it is stored or logged. */
export function limitInMemory({ perSecond, now = Date.now }: RateLimitOptions): RateLimit {
  const most = perSecond * burstSeconds;
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  return {
    take: (address) => {
      const key = bucketOfAddress(address);
      const time = now();
      const { tokens, at } = buckets.get(key) ?? { tokens: most, at: time };
      const filled = Math.min(most, tokens + (Math.max(0, time - at) / 1_000) * perSecond);
      // Deleted and set again, a key moves to the end: the first is the one that was quiet longest.
      buckets.delete(key);
      buckets.set(key, { tokens: filled >= 1 ? filled - 1 : filled, at: time });
      if (buckets.size > mostAddresses) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      }
      return filled >= 1 ? 0 : Math.ceil((1 - filled) / perSecond);
    },
  };
}
