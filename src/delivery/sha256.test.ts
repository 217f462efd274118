import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { digestOf } from './digest.ts';
import { sha256 } from './sha256.ts';

// Around the places where a block or its padding ends.
test.each([0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 70_001])('digests %i bytes as Node does', (length) => {
  const content = randomBytes(length);
  expect(sha256(content)).toBe(createHash('sha256').update(content).digest('hex'));
});

test('digests a part of a larger buffer', () => {
  const content = randomBytes(300).subarray(7, 207);
  expect(sha256(content)).toBe(createHash('sha256').update(content).digest('hex'));
});

test("agrees with the browser's own, which is used where there is one", async () => {
  const content = Uint8Array.from(randomBytes(500));
  expect(await digestOf(content)).toBe(sha256(content));
});
