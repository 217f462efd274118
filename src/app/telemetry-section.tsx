import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { TelemetryEvent } from '#contract/telemetry.ts';
import { useRegion } from '#src/regions/regions.ts';
import {
  switchTelemetryOff,
  switchTelemetryOn,
  useStanding,
  useTelemetryView,
} from '#src/telemetry/browser-telemetry.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { operationNames } from './operation-names.ts';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';
import own from './telemetry-section.module.css';

/** As many as one reads; the JSON below has all. */
const newestShown = 20;

/** What leaves this device: a sentence for each kind, and one where there is none. */
export function LeavingList() {
  const { t } = useTranslation();
  const { isOn } = useStanding(useRegion().config);
  if (!isOn) return <p>{t('settings.privacy.nothing')}</p>;
  return (
    <ul className={own.leaving}>
      <li>{t('telemetry.leaves')}</li>
    </ul>
  );
}

/** The switch of telemetry where the user has one, and why there is none where not; and the very queue. */
export function TelemetrySection() {
  const { t } = useTranslation();
  const { config } = useRegion();
  const { isOn, decidedBy } = useStanding(config);
  const [isAsking, setIsAsking] = useState(false);
  const [isShown, setIsShown] = useState(false);

  function agree() {
    setIsAsking(false);
    switchTelemetryOn(config.consentAge);
  }

  return (
    <SettingsSection title={t('telemetry.title')} help={t('telemetry.help')}>
      {decidedBy === 'not-offered' && <p>{t('telemetry.notOffered')}</p>}
      {decidedBy === 'global-privacy-control' && <p>{t('telemetry.globalPrivacyControl')}</p>}
      {decidedBy === 'do-not-track' && <p>{t('telemetry.doNotTrack')}</p>}
      {(decidedBy === 'user' || decidedBy === 'market') && (
        <>
          <Switch isSelected={isOn} onChange={(wish) => (wish ? setIsAsking(true) : switchTelemetryOff())}>
            {t('telemetry.switch')}
          </Switch>
          <p className={styles.help}>{t('telemetry.kept', { count: config.retentionDays })}</p>
        </>
      )}
      {isOn && (
        <>
          <div className={styles.actions}>
            <Button icon={isShown ? EyeOff : Eye} aria-expanded={isShown} onPress={() => setIsShown(!isShown)}>
              {isShown ? t('telemetry.hide') : t('telemetry.see')}
            </Button>
          </div>
          {isShown && <Sendings />}
        </>
      )}
      <Dialog
        title={t('telemetry.askTitle')}
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        actions={
          <>
            <Button onPress={() => setIsAsking(false)}>{t('controls.cancel')}</Button>
            <Button kind="primary" onPress={agree}>
              {t('telemetry.agree', { age: config.consentAge })}
            </Button>
          </>
        }
      >
        <p>{t('telemetry.askText')}</p>
      </Dialog>
    </SettingsSection>
  );
}

function Sendings() {
  const { t } = useTranslation();
  const { moment } = useFormats();
  const view = useTelemetryView();
  if (view === undefined) return null;
  const { waiting, lastSent } = view;
  const newest = waiting.slice(-newestShown).toReversed();
  return (
    <>
      <h3>{waiting.length === 0 ? t('telemetry.noneWaits') : t('telemetry.waiting', { count: waiting.length })}</h3>
      {waiting.length > newestShown && <p className={styles.help}>{t('telemetry.newest')}</p>}
      {waiting.length > 0 && (
        <>
          <ul className={own.events}>
            {newest.map((event) => (
              <li key={event.id}>
                <EventLine event={event} />
              </li>
            ))}
          </ul>
          <Json label={t('telemetry.whole')} text={JSON.stringify(waiting, null, 2)} />
        </>
      )}
      {lastSent === undefined ? (
        <p className={styles.help}>{t('telemetry.neverSent')}</p>
      ) : (
        <>
          <h3>{t('telemetry.went', { time: moment(lastSent.at) })}</h3>
          {!lastSent.isConfirmed && <p className={styles.help}>{t('telemetry.unsure')}</p>}
          <Json label={t('telemetry.whole')} text={JSON.stringify(JSON.parse(lastSent.body), null, 2)} />
        </>
      )}
    </>
  );
}

function EventLine({ event }: { readonly event: TelemetryEvent }) {
  const { t, i18n } = useTranslation();
  const { milliseconds } = useFormats();
  if (event.kind === 'operation') {
    const values = { what: t(operationNames[event.operation]), time: milliseconds(event.durationMs) };
    return <>{event.outcome === 'success' ? t('telemetry.worked', values) : t('telemetry.failed', values)}</>;
  }
  const value =
    event.vital === 'cls'
      ? new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 3 }).format(event.value)
      : milliseconds(event.value);
  return <>{t('telemetry.worked', { what: t(`telemetry.vital.${event.vital}`), time: value })}</>;
}

function Json({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <details>
      <summary className={own.summary}>{label}</summary>
      {/* Scrolls on its own, so the keyboard has to reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above */}
      <pre className={own.json} tabIndex={0} lang="en">
        {text}
      </pre>
    </details>
  );
}
