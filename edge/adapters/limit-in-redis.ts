import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { withinTime, type RedisConnection } from '../stores/redis-connection.ts';
import { bucketOfAddress, burstSeconds, limitInMemory, type RateLimit } from '../telemetry/rate-limit.ts';

const saltKey = 'papel:rate-salt';
/** After a day, no digest can be traced to an address by whoever sees Redis, not even by trying all addresses. */
const saltSeconds = 86_400;
/** How long a replica goes on with the salt that it knows. */
const saltKnownMs = 60_000;

/** The bucket of `limitInMemory`, by Redis' own clock. Answers milliseconds to wait. */
const takeFromBucket = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local rate, most = tonumber(ARGV[1]), tonumber(ARGV[2])
  local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
  local tokens = math.min(most, (tonumber(bucket[1]) or most) + (now - (tonumber(bucket[2]) or now)) / 1000 * rate)
  local wait = 0
  if tokens >= 1 then tokens = tokens - 1 else wait = math.ceil((1 - tokens) / rate * 1000) end
  redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', now)
  redis.call('PEXPIRE', KEYS[1], math.ceil(most / rate * 1000))
  return wait`;

const waitSchema = v.pipe(v.number(), v.minValue(0));

/**
 * One limit for several replicas. Redis gets a salted digest of the address, for seconds; while Redis is away each
 * replica limits by itself.
 */
export function limitInRedis(redis: RedisConnection, perSecond: number): RateLimit {
  const alone = limitInMemory({ perSecond });
  let known: { readonly salt: string; readonly at: number } | undefined;

  async function readSalt(): Promise<string> {
    if (known !== undefined && Date.now() - known.at < saltKnownMs) return known.salt;
    await redis.set(saltKey, randomBytes(16).toString('base64url'), {
      condition: 'NX',
      expiration: { type: 'EX', value: saltSeconds },
    });
    const salt = (await redis.get(saltKey)) ?? '';
    known = { salt, at: Date.now() };
    return salt;
  }

  async function takeShared(address: string): Promise<number> {
    const salted = (await readSalt()) + bucketOfAddress(address);
    const key = `papel:rate:${createHash('sha256').update(salted).digest('base64url').slice(0, 22)}`;
    const answer = await redis.eval(takeFromBucket, {
      keys: [key],
      arguments: [String(perSecond), String(perSecond * burstSeconds)],
    });
    return Math.ceil(v.parse(waitSchema, answer) / 1_000);
  }

  return {
    take: async (address) => {
      try {
        return await withinTime(takeShared(address), 500);
      } catch {
        return alone.take(address);
      }
    },
  };
}
