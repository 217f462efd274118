import { expect, test } from 'vitest';
import { bucketOfAddress, burstSeconds, limitInMemory } from './rate-limit.ts';

/** Takes batches until one is refused. */
function countTaken(take: () => number | Promise<number>): number {
  for (let taken = 0; taken < 100_000; taken += 1) if (take() !== 0) return taken;
  return Number.POSITIVE_INFINITY;
}

test('a burst is taken, then as much as time brings', () => {
  let now = 1_000;
  const { take } = limitInMemory({ perSecond: 10, now: () => now });
  expect(countTaken(() => take('192.0.2.1'))).toBe(10 * burstSeconds);
  now += 1_000;
  expect(countTaken(() => take('192.0.2.1'))).toBe(10);
  now += 3_600_000;
  expect(
    countTaken(() => take('192.0.2.1')),
    'a quiet hour saves up no more',
  ).toBe(10 * burstSeconds);
  now -= 10_000;
  expect(
    countTaken(() => take('192.0.2.1')),
    'a clock that goes back',
  ).toBe(0);
});

test('who is refused learns when to come back', () => {
  const now = 0;
  const { take } = limitInMemory({ perSecond: 1, now: () => now });
  expect(countTaken(() => take('::1'))).toBe(burstSeconds);
  expect(take('::1')).toBe(1);
  expect(take('::2:0:0:0:1'), 'another network').toBe(0);
});

test('one network of IPv6 is one address, however many it writes', () => {
  expect(bucketOfAddress('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(bucketOfAddress('2001:db8:1:2::6')).toBe('2001:db8:1:2');
  expect(bucketOfAddress('2001:db8::6')).toBe('2001:db8:0:0');
  expect(bucketOfAddress('::ffff:192.0.2.1')).toBe('::ffff:192.0.2.1');
  expect(bucketOfAddress('192.0.2.1')).toBe('192.0.2.1');
});

test('of many addresses the quiet ones are forgotten, and the busy one stays limited', () => {
  const { take } = limitInMemory({ perSecond: 1, now: () => 0 });
  const waits: unknown[] = [];
  countTaken(() => take('192.0.2.1'));
  for (let sent = 0; sent < 100_000; sent += 1) {
    void take(`10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}`);
    if (sent % 5_000 === 0) waits.push(take('192.0.2.1'));
  }
  expect(waits).toEqual(Array.from({ length: 20 }, () => 1));
  expect(take('10.0.0.0'), 'one that was forgotten').toBe(0);
});
