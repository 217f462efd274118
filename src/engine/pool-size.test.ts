import { expect, it } from 'vitest';
import { poolSize } from './pool-size.ts';

it.each([
  ['one core', { hardwareConcurrency: 1, deviceMemory: 8 }, 1],
  ['a phone of 2 GB', { hardwareConcurrency: 8, deviceMemory: 2 }, 1],
  ['a phone of 4 GB', { hardwareConcurrency: 8, deviceMemory: 4 }, 2],
  ['a laptop', { hardwareConcurrency: 8, deviceMemory: 8 }, 4],
  ['two cores', { hardwareConcurrency: 2, deviceMemory: 8 }, 2],
  ['half a gigabyte', { hardwareConcurrency: 4, deviceMemory: 0.5 }, 1],
  ['a browser that tells nothing', {}, 2],
])('%s', (_name, device, size) => {
  expect(poolSize(device)).toBe(size);
});
