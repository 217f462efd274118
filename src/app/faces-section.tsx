import { useTranslation } from 'react-i18next';

import { FacesChoice } from '#src/faces/faces-choice.tsx';
import { useRegion } from '#src/regions/regions.ts';
import { SettingsSection } from './settings-section.tsx';

/** What finding faces is, and the choice. Where the region has it off there is nothing to choose: the market's section says so. */
export function FacesSection() {
  const { t } = useTranslation();
  const { config } = useRegion();
  if (!config.features['face-detection'].isOn) return null;
  return (
    <SettingsSection title={t('faces.title')} help={t('faces.promise')}>
      <p>{t('faces.help')}</p>
      <FacesChoice />
    </SettingsSection>
  );
}
