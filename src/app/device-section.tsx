import { Copy, Gauge } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure, type FailureCode } from '#contract/failures.ts';
import type { BackendChoice } from '#src/engine/backend-choice.ts';
import { checkDevice, readDeviceCheck } from '#src/engine/check-device.ts';
import { type DeviceReport, describeDevice, writeDeviceReport } from '#src/engine/describe-device.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';

const network = 'document-detection';

type State =
  | { readonly status: 'unknown' | 'checking'; readonly choice?: undefined }
  | { readonly status: 'checked'; readonly choice: BackendChoice }
  | { readonly status: 'failed'; readonly code: FailureCode; readonly choice?: undefined };

/** What this device has and how fast it finds pages: the user's own figures, when something is slow. */
export function DeviceSection() {
  const { t } = useTranslation();
  const { milliseconds } = useFormats();
  const [state, setState] = useState<State>({ status: 'unknown' });
  const [report, setReport] = useState<DeviceReport>();

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
    setReport(undefined);
    try {
      // First: what the device has is worth telling above all where the rest does not work.
      setReport(await describeDevice());
      const choice = await checkDevice(network);
      setState(choice === undefined ? { status: 'unknown' } : { status: 'checked', choice });
    } catch (cause) {
      setState({ status: 'failed', code: asFailure(cause).code });
    }
  }

  async function copy(made: DeviceReport) {
    const about = { build: __BUILD_ID__, browser: navigator.userAgent };
    try {
      await navigator.clipboard.writeText(writeDeviceReport(made, state.choice?.readings ?? [], about));
      showToast({ text: t('settings.device.copied') });
    } catch {
      showToast({ text: t('settings.device.notCopied') });
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
      {report !== undefined && <DeviceRows report={report} />}
      <div className={styles.actions}>
        <Button icon={Gauge} isDisabled={state.status === 'checking'} onPress={() => void check()}>
          {state.status === 'unknown' ? t('settings.device.check') : t('settings.device.again')}
        </Button>
        {report !== undefined && state.status !== 'checking' && (
          <Button icon={Copy} onPress={() => void copy(report)}>
            {t('settings.device.copy')}
          </Button>
        )}
      </div>
    </SettingsSection>
  );
}

function DeviceRows({ report }: { readonly report: DeviceReport }) {
  const { t } = useTranslation();
  const { milliseconds, size } = useFormats();
  const { engine, cameras, mayUseCamera, freeBytes, isPersistent } = report;
  const rows = {
    engine:
      typeof engine === 'number'
        ? t('settings.device.engineStarted', { time: milliseconds(engine) })
        : t('settings.device.engineFailed'),
    camera: [
      cameras === undefined ? t('settings.device.notSaid') : t('settings.device.cameras', { count: cameras }),
      mayUseCamera !== undefined && t(`settings.device.permission.${mayUseCamera}`),
    ],
    storage: [
      freeBytes === undefined ? t('settings.device.notSaid') : t('settings.device.free', { size: size(freeBytes) }),
      isPersistent !== undefined && t(isPersistent ? 'settings.device.persistent' : 'settings.device.fleeting'),
    ],
    models: report.models.join(', '),
  };
  return (
    <ul className={styles.rows}>
      {(['engine', 'camera', 'storage', 'models'] as const).map((name) => (
        <li key={name} className={styles.row}>
          <h3>{t(`settings.device.rows.${name}`)}</h3>
          <p className={styles.help}>{[rows[name]].flat().filter(Boolean).join(' ')}</p>
        </li>
      ))}
    </ul>
  );
}
