import { expect, test } from 'vitest';

import { firstSettings, settingRecords } from './setting-records.ts';
import { openMemoryDatabase } from './memory-database.ts';

test('settings are those of the first start until they are changed', async () => {
  const settings = settingRecords(await openMemoryDatabase('settings'));
  expect(await settings.getSettings()).toEqual(firstSettings);
  await settings.saveSetting('language', 'fil');
  expect(await settings.getSettings()).toEqual({ ...firstSettings, language: 'fil' });
});

test('a setting that an odd version wrote falls back alone', async () => {
  const db = await openMemoryDatabase(crypto.randomUUID());
  await db.settings.bulkPut([
    { key: 'look', value: { look: 'sepia', strength: 7 } },
    { key: 'libraryOrder', value: 'name' },
    { key: 'unknown', value: 1 },
  ]);
  expect(await settingRecords(db).getSettings()).toEqual({ ...firstSettings, libraryOrder: 'name' });
});
