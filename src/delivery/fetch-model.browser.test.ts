/** The models as they are, served from source. */
import { models } from 'virtual:models';
import { afterEach, expect, test } from 'vitest';
import { fetchModel } from './fetch-model.ts';
import { runtimeCacheName } from './runtime-cache.ts';

afterEach(() => caches.delete(runtimeCacheName));

test.each(models.map(({ name }) => name))('%s comes whole, and is on the device then', async (name) => {
  const { files } = await fetchModel(name);
  const listed = models.find((model) => model.name === name)?.files ?? [];
  expect(Object.fromEntries(Object.entries(files).map(([base, content]) => [base, content.byteLength]))).toEqual(
    Object.fromEntries(listed.map((file) => [file.name, file.bytes])),
  );
  const cache = await caches.open(runtimeCacheName);
  for (const { path } of listed) expect(await cache.match(path), path).toBeDefined();
});
