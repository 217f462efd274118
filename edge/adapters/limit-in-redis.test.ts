import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectRedis, type RedisConnection } from '../stores/redis-connection.ts';
import { startRedis, type TestServer } from '../stores/servers-for-tests.ts';
import { limitInRedis } from './limit-in-redis.ts';

let server: TestServer | undefined;
let connections: RedisConnection[] = [];

async function connect(): Promise<RedisConnection> {
  const redis = connectRedis(server?.url ?? '');
  connections.push(redis);
  await expect.poll(() => redis.isReady).toBe(true);
  return redis;
}

beforeAll(async () => {
  server = await startRedis();
});
beforeEach((context) => context.skip(server === undefined, 'no Redis here'));
afterAll(async () => {
  for (const redis of connections) redis.destroy();
  connections = [];
  await server?.remove();
});

test('replicas share one limit, and Redis learns no address', async () => {
  const redis = await connect();
  const replicas = [limitInRedis(redis, 1), limitInRedis(await connect(), 1)];
  const taken = await Promise.all(Array.from({ length: 40 }, async (_, at) => replicas[at % 2]?.take('192.0.2.44')));
  const passed = taken.filter((wait) => wait === 0).length;
  // A second may pass meanwhile on a busy machine.
  expect(passed).toBeGreaterThanOrEqual(12);
  expect(passed).toBeLessThan(16);
  expect(await replicas[0]?.take('192.0.2.45')).toBe(0);
  const keys = await redis.keys('*');
  expect(keys).toHaveLength(3);
  expect(keys.join()).not.toContain('192.0.2');
  for (const key of keys) expect(await redis.ttl(key)).toBeGreaterThan(0);
});

test('each replica limits by itself while Redis is away', async () => {
  const limit = limitInRedis(await connect(), 1);
  await server?.kill();
  const waits: number[] = [];
  for (let sent = 0; sent < 14; sent += 1) waits.push(await limit.take('192.0.2.46'));
  expect(waits.filter((wait) => wait === 0).length).toBeLessThan(14);
  expect(waits[0]).toBe(0);
});
