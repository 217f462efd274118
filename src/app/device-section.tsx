import { Gauge } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure, type FailureCode } from '#contract/failures.ts';
import type { BackendChoice } from '#src/engine/backend-choice.ts';
import { checkDevice, readDeviceCheck } from '#src/engine/check-device.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';

const network = 'document-detection';

type State =
  | { readonly status: 'unknown' | 'checking'; readonly choice?: undefined }
  | { readonly status: 'checked'; readonly choice: BackendChoice }
  | { readonly status: 'failed'; readonly code: FailureCode; readonly choice?: undefined };

/** How fast this device finds pages, and on what: the user's own figures, when something is slow. */
export function DeviceSection() {
  const { t } = useTranslation();
  const { milliseconds } = useFormats();
  const [state, setState] = useState<State>({ status: 'unknown' });

  useEffect(() => {
    let isLeft = false;
    async function read() {
      const choice = await readDeviceCheck(network);
      if (choice !== undefined && !isLeft) setState({ status: 'checked', choice });
    }
    // Without the model there is nothing to show yet; checking says why.
    read().catch(() => undefined);
    return () => {
      isLeft = true;
    };
  }, []);

  async function check() {
    setState({ status: 'checking' });
    try {
      const choice = await checkDevice(network);
      setState(choice === undefined ? { status: 'unknown' } : { status: 'checked', choice });
    } catch (cause) {
      setState({ status: 'failed', code: asFailure(cause).code });
    }
  }

  return (
    <SettingsSection title={t('settings.device.title')} help={t('settings.device.help')}>
      <output>
        {state.status === 'checking' && <p>{t('settings.device.checking')}</p>}
        {state.status === 'failed' && (
          <p className={styles.caution}>
            {state.code === 'model-unavailable' || state.code === 'runtime-unavailable'
              ? t(`failures.${state.code}`)
              : t('settings.device.failed')}
          </p>
        )}
        {state.choice !== undefined && (
          <ul className={styles.rows}>
            {state.choice.readings.map(({ backend, ms }) => (
              <li key={backend} className={styles.row}>
                <h3>{t(`settings.device.backend.${backend}`)}</h3>
                <p className={styles.help}>
                  {t('settings.device.perPicture', { time: milliseconds(ms) })}{' '}
                  {backend === state.choice.backend && t('settings.device.chosen')}
                </p>
              </li>
            ))}
          </ul>
        )}
      </output>
      <div className={styles.actions}>
        <Button icon={Gauge} isDisabled={state.status === 'checking'} onPress={() => void check()}>
          {state.status === 'unknown' ? t('settings.device.check') : t('settings.device.again')}
        </Button>
      </div>
    </SettingsSection>
  );
}
