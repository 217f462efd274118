import { useLiveQuery } from 'dexie-react-hooks';

import { type SettingRecords, type Settings, firstSettings, settingRecords } from './setting-records.ts';
import { theStore } from './store.ts';

let records: SettingRecords | undefined;

export function theSettings(): SettingRecords {
  records ??= settingRecords(theStore().db);
  return records;
}

/** The user's choices, and again whenever they change; those of the first start until they are read. */
export function useSettings(): Settings {
  return useLiveQuery(() => theSettings().getSettings(), []) ?? firstSettings;
}
