import { useTranslation } from 'react-i18next';

import { useRegion } from '#src/regions/regions.ts';
import type { Settings } from '#src/store/setting-records.ts';
import { theSettings, useSettings } from '#src/store/use-settings.ts';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Cost } from './reading-sheet.tsx';
import { usualLanguages } from './usual-languages.ts';

const choices = ['always', 'asked', 'never'] as const satisfies readonly Settings['textReading'][];

/** When the text of pages is read. Reading every page costs what has to be fetched first: it is said beside the choice. */
export function TextSettings() {
  const { t } = useTranslation();
  const { config } = useRegion();
  const { textReading } = useSettings();
  return (
    <>
      <Segmented
        label={t('text.settings.title')}
        hidesLabel
        value={textReading}
        choices={choices.map((value) => ({ value, label: t(`text.settings.${value}`) }))}
        onChange={(value) => void theSettings().saveSetting('textReading', value)}
      />
      {textReading !== 'never' && <Cost languages={usualLanguages(config)} />}
    </>
  );
}
