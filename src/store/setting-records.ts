/** The user's choices. Each is parsed on its own when it is read: one that an odd version wrote falls back alone. */
import * as v from 'valibot';

import { defaultLook, looks } from '#contract/pages.ts';

import type { PapelDatabase } from './database.ts';
import { withStorageFailures } from './storage-failure.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const schemas = {
  /** Undefined follows the device. */
  language: v.fallback(v.optional(v.picklist(['en', 'en-GB', 'en-AU', 'fil'])), undefined),
  /** How new pages look. */
  look: v.fallback(
    v.object({
      look: v.picklist(looks),
      strength: share,
      brightness: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)),
    }),
    defaultLook,
  ),
  libraryOrder: v.fallback(v.picklist(['changed', 'created', 'name']), 'changed'),
  /** Undefined follows the market: what people print on there. */
  exportPaper: v.fallback(v.optional(v.picklist(['a4', 'letter', 'as-captured'])), undefined),
  /** When the text of pages is read: of every new one by itself, of those that the user asks for, or never. */
  textReading: v.fallback(v.picklist(['always', 'asked', 'never']), 'asked'),
  /** Whether the user, or a parent, has agreed that faces are looked for. The region decides first whether they may be asked. */
  findsFaces: v.fallback(v.boolean(), false),
} as const;

const settingsSchema = v.object(schemas);

export type Settings = Readonly<v.InferOutput<typeof settingsSchema>>;
export type SettingName = keyof Settings;

export const firstSettings: Settings = v.parse(settingsSchema, {
  language: undefined,
  look: defaultLook,
  libraryOrder: 'changed',
  exportPaper: undefined,
  textReading: 'asked',
  findsFaces: false,
});

export type SettingRecords = ReturnType<typeof settingRecords>;

export function settingRecords(db: PapelDatabase) {
  return {
    getSettings: (): Promise<Settings> =>
      withStorageFailures(async () => {
        const stored = await db.settings.toArray();
        return v.parse(settingsSchema, {
          ...firstSettings,
          ...Object.fromEntries(stored.map(({ key, value }) => [key, value])),
        });
      }),

    saveSetting: <Name extends SettingName>(name: Name, value: Settings[Name]): Promise<void> =>
      withStorageFailures(async () => {
        await db.settings.put({ key: name, value });
      }),
  };
}
