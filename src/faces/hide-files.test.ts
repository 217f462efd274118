import { expect, test } from 'vitest';
import { FakeEngine } from '#src/engine/testing/fake-engine.ts';
import { makeHiddenFiles } from './hide-files.ts';

const engine = new FakeEngine({
  'documents.export-pictures': ({ pages, name, zip }) => ({
    files: zip
      ? [{ name: `${name}.zip`, file: new Blob() }]
      : pages.map((file, at) => ({ name: `${name} ${at + 1}.jpg`, file })),
  }),
});
const signal = new AbortController().signal;
const small = new Blob(['photo']);

test('one ZIP, or a file for each', async () => {
  const photos = [small, small];
  const namesOf = async (together: boolean) =>
    (await makeHiddenFiles(engine, { photos, name: 'Hidden', together, signal })).map(({ name }) => name);
  expect(await namesOf(true)).toEqual(['Hidden.zip']);
  expect(await namesOf(false)).toEqual(['Hidden 1.jpg', 'Hidden 2.jpg']);
});

test('a folder too large for one ZIP becomes several, and no photo is lost', async () => {
  const large = new Blob([new Uint8Array(110e6)]);
  const photos = [large, large, large, small];
  const files = await makeHiddenFiles(engine, { photos, name: 'Hidden', together: true, signal });
  expect(files.map(({ name }) => name)).toEqual(['Hidden 1.zip', 'Hidden 2.zip']);
  const zipped = engine.started.slice(-2).map(({ input }) => input);
  expect(zipped).toMatchObject([{ pages: [large, large] }, { pages: [large, small] }]);
});
