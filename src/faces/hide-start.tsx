import { Camera, FolderOpen, Images } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { pickFiles, pickFolder } from '#src/capture/pick-files.ts';
import { Button } from '#src/ui/controls/button.tsx';
import styles from './hide-start.module.css';
import type { HideState } from './hide-session.ts';
import { RefusedFiles } from './refused-files.tsx';

interface HideStartProps {
  readonly refused: HideState['refused'];
  /** Pages of a document are on their way. */
  readonly isWorking: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onCamera: () => void;
}

/** Where pictures come from, and what becomes of them. */
export function HideStart({ refused, isWorking, onFiles, onCamera }: HideStartProps) {
  const { t } = useTranslation();
  const pick = async (picking: Promise<File[]>) => onFiles(await picking);
  return (
    <div className={styles.start}>
      <h1>{t('tools.hideFaces.title')}</h1>
      {isWorking ? (
        <p>{t('controls.loading')}</p>
      ) : (
        <>
          <p>{t('faces.hide.how')}</p>
          <div className={styles.ways}>
            <Button kind="primary" icon={Images} onPress={() => void pick(pickFiles())}>
              {t('faces.hide.choose')}
            </Button>
            <Button icon={FolderOpen} onPress={() => void pick(pickFolder())}>
              {t('faces.hide.folder')}
            </Button>
            <Button icon={Camera} onPress={onCamera}>
              {t('faces.hide.camera')}
            </Button>
          </div>
          <RefusedFiles refused={refused} />
          <ul className={styles.notes}>
            <li>{t('faces.hide.missed')}</li>
            <li>{t('faces.hide.inside')}</li>
            <li>{t('faces.poster')}</li>
          </ul>
        </>
      )}
    </div>
  );
}
