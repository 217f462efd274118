import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useRegion } from '#src/regions/regions.ts';
import { theSettings, useSettings } from '#src/store/use-settings.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';

/** The switch for the settings: on after the user, or a parent, has agreed, and off at once. */
export function FacesChoice() {
  const { t } = useTranslation();
  const { config } = useRegion();
  const { findsFaces } = useSettings();
  const [isAsking, setIsAsking] = useState(false);

  async function decide(mayFind: boolean) {
    await theSettings().saveSetting('findsFaces', mayFind);
    setIsAsking(false);
  }

  return (
    <>
      <Switch isSelected={findsFaces} onChange={(wish) => (wish ? setIsAsking(true) : void decide(false))}>
        {t('faces.switch')}
      </Switch>
      <Dialog
        title={t('faces.askTitle')}
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        actions={
          <>
            <Button onPress={() => setIsAsking(false)}>{t('controls.cancel')}</Button>
            <Button kind="primary" onPress={() => void decide(true)}>
              {t('faces.agree', { age: config.consentAge })}
            </Button>
          </>
        }
      >
        <p>{t('faces.promise')}</p>
      </Dialog>
    </>
  );
}
