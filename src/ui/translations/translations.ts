/**
 * Every text of the app goes through `t('room.key')`, whose keys are type-checked against `en`.
 * A language is one chunk, fetched when it is first needed; what a spelling variant lacks is taken from `en`.
 */
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';

import type { Language } from './languages.ts';

const i18n = createInstance();

const chunks = {
  en: () => import('./en/texts.ts'),
  'en-GB': () => import('./en-GB/texts.ts'),
  'en-AU': () => import('./en-AU/texts.ts'),
  fil: () => import('./fil/texts.ts'),
};

async function loadTexts(language: Language): Promise<void> {
  const wanted: readonly Language[] = language === 'en-GB' || language === 'en-AU' ? ['en', language] : [language];
  await Promise.all(
    wanted.map(async (each) => {
      if (i18n.hasResourceBundle(each, 'translation')) return;
      i18n.addResourceBundle(each, 'translation', (await chunks[each]()).texts);
    }),
  );
}

/** Resolves once the texts of `language` are there. */
export async function startTranslations(language: Language): Promise<void> {
  i18n.on('languageChanged', (tag) => {
    document.documentElement.lang = tag;
  });
  await i18n.use(initReactI18next).init({
    lng: language,
    // `fil` does not fall back: its texts are complete by type, and so English is not fetched beside it.
    fallbackLng: (tag) => (tag === 'en-GB' || tag === 'en-AU' ? ['en'] : []),
    load: 'currentOnly',
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await changeLanguage(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  await loadTexts(language);
  await i18n.changeLanguage(language);
}
