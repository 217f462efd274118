import { expect, test } from 'vitest';

import { clearStore } from './clear-store.ts';
import { openMemoryDatabase } from './memory-database.ts';
import { settingRecords } from './setting-records.ts';

test('nothing that people made is left, in whichever table; their settings are', async () => {
  const db = await openMemoryDatabase('papel to clear');
  for (const { name, schema } of db.tables) {
    if (name !== 'settings') await db.table(name).add({ [String(schema.primKey.keyPath)]: 'something' });
  }
  await settingRecords(db).saveSetting('libraryOrder', 'name');
  await clearStore(db);
  const left = await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const));
  expect(left.filter(([, count]) => count > 0)).toEqual([['settings', 1]]);
});
