import { useTranslation } from 'react-i18next';

import type { CapabilityFiles } from '#src/offline/keep-offline.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import styles from './settings-screen.module.css';

interface OfflineRowProps {
  readonly name: string;
  readonly files: CapabilityFiles;
  readonly onStart: () => void;
  readonly onCancel: () => void;
  readonly onRemove: () => void;
}

/** One capability: its size, how far it is, why it stopped, and the one thing to do about it. */
export function OfflineRow({ name, files, onStart, onCancel, onRemove }: OfflineRowProps) {
  const { t } = useTranslation();
  const { size } = useFormats();
  const { status, bytes, total, lineBytes, failure } = files;
  const action = {
    incomplete: {
      label: failure === undefined ? t('settings.offline.keepOne') : t('settings.offline.again'),
      press: onStart,
    },
    waiting: { label: t('settings.offline.cancel'), press: onCancel },
    fetching: { label: t('settings.offline.cancel'), press: onCancel },
    kept: { label: t('settings.offline.removeOne'), press: onRemove },
  }[status];
  const stateKey = status === 'incomplete' && bytes === 0 ? 'absent' : status;
  return (
    <li className={styles.row}>
      <h3>{name}</h3>
      <p className={styles.help}>
        {t(`settings.offline.state.${stateKey}`, { bytes: size(bytes), total: size(total), line: size(lineBytes) })}
      </p>
      <Button aria-label={`${action.label}: ${name}`} onPress={action.press}>
        {action.label}
      </Button>
      {status === 'fetching' && <ProgressBar label={name} share={total === 0 ? undefined : bytes / total} />}
      {failure !== undefined && status === 'incomplete' && (
        <p role="alert" className={styles.caution}>
          {failure.code === 'storage-full' ? t('settings.offline.full') : t('settings.offline.failed')}
        </p>
      )}
    </li>
  );
}
