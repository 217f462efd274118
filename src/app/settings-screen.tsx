import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { LookFields } from '#src/documents/look-fields.tsx';
import { regionLanguages } from '#src/regions/regions.ts';
import type { PageLook } from '#src/store/records.ts';
import { theSettings, useSettings } from '#src/store/use-settings.ts';
import { TextSettings } from '#src/text/text-settings.tsx';
import { Select } from '#src/ui/controls/select.tsx';
import { type Language, languages, pickLanguage } from '#src/ui/translations/languages.ts';
import { changeLanguage } from '#src/ui/translations/translations.ts';
import { useTitle } from '#src/ui/use-title.ts';
import { DeviceSection } from './device-section.tsx';
import { FacesSection } from './faces-section.tsx';
import { MarketSection } from './market-section.tsx';
import { OfflineSection } from './offline-section.tsx';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';
import { StorageSection } from './storage-section.tsx';
import { LeavingList, TelemetrySection } from './telemetry-section.tsx';

/** Each language in its own words, for those who landed in one they do not read. */
const languageNames = {
  en: 'English (US)',
  'en-GB': 'English (UK)',
  'en-AU': 'English (Australia)',
  fil: 'Filipino',
} as const satisfies Record<Language, string>;

async function chooseLanguage(chosen: Language | 'device') {
  const language = chosen === 'device' ? undefined : chosen;
  await changeLanguage(language ?? pickLanguage([...navigator.languages, ...regionLanguages()]));
  await theSettings().saveSetting('language', language);
}

export function SettingsScreen() {
  const { t } = useTranslation();
  const { language, look } = useSettings();
  // A slider follows the finger; the store answers a moment later.
  const [chosenLook, setChosenLook] = useState<PageLook>();
  useTitle(t('settings.title'));

  return (
    <div className={styles.screen}>
      <h1>{t('settings.title')}</h1>
      <SettingsSection title={t('settings.language')} help={t('settings.languageHelp')}>
        <Select
          label={t('settings.language')}
          hidesLabel
          value={language ?? 'device'}
          choices={[
            { value: 'device', label: t('settings.likeDevice') },
            ...languages.map((value) => ({ value, label: languageNames[value] })),
          ]}
          onChange={(chosen) => void chooseLanguage(chosen)}
        />
      </SettingsSection>
      <MarketSection />
      <SettingsSection title={t('settings.look')} help={t('settings.lookHelp')}>
        <LookFields
          value={chosenLook ?? look}
          onChange={(value) => {
            setChosenLook(value);
            void theSettings().saveSetting('look', value);
          }}
        />
      </SettingsSection>
      <FacesSection />
      <SettingsSection title={t('text.settings.title')} help={t('text.settings.help')}>
        <TextSettings />
      </SettingsSection>
      <OfflineSection />
      <DeviceSection />
      <StorageSection />
      <SettingsSection title={t('settings.privacy.title')} help={t('settings.privacy.text')}>
        <h3>{t('settings.privacy.leaves')}</h3>
        <LeavingList />
      </SettingsSection>
      <TelemetrySection />
      <SettingsSection title={t('settings.about.title')}>
        <p>{t('settings.about.version', { version: __BUILD_ID__ })}</p>
        <p>{t('settings.about.licence')}</p>
        <p>
          <a href="/licences.txt" target="_blank" rel="noreferrer">
            {t('settings.about.others')}
          </a>
        </p>
      </SettingsSection>
    </div>
  );
}
