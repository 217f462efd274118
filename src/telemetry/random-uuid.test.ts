import { expect, test } from 'vitest';
import { randomUuid, timedUuid } from './random-uuid.ts';

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids have the form of a UUID, and no two are the same', () => {
  const ids = Array.from({ length: 200 }, () => [randomUuid(), timedUuid(1_795_000_000_000)]).flat();
  for (const id of ids) expect(id).toMatch(form);
  expect(new Set(ids).size).toBe(ids.length);
});

test('an id with a time begins with it (RFC 9562, A.6), so that later ones come later', () => {
  expect(timedUuid(0x017f22e279b0)).toMatch(/^017f22e2-79b0-7/);
  expect(timedUuid(0x017f22e279b0) < timedUuid(0x017f22e279b1)).toBe(true);
  // A clock may tell parts of a millisecond.
  expect(timedUuid(0x017f22e279b0 + 0.4)).toMatch(/^017f22e2-79b0-7/);
});
