import { Camera, Check } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCamera } from '#src/capture/use-camera.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { FaceCamera, type FaceCameraHandle } from './face-camera.tsx';
import styles from './hide-start.module.css';
import { takePhoto } from './take-photo.ts';

interface HideCameraProps {
  readonly taken: number;
  readonly onShot: (photo: Blob) => void;
  readonly onDone: () => void;
}

/** The rear camera, for pictures that are hidden in before they are anywhere else. */
export function HideCamera({ taken, onShot, onDone }: HideCameraProps) {
  const { t } = useTranslation();
  const { session, state } = useCamera();
  const stage = useRef<FaceCameraHandle>(null);
  const [isTaking, setIsTaking] = useState(false);

  async function shoot() {
    const video = stage.current?.video;
    if (state.phase !== 'live' || video === undefined || isTaking) return;
    setIsTaking(true);
    try {
      onShot(await takePhoto(state.camera, video));
    } catch (cause) {
      console.error(cause);
      showToast({ text: t('scan.notTaken') });
    } finally {
      setIsTaking(false);
    }
  }

  return (
    <div className={styles.start}>
      <h1>{t('tools.hideFaces.title')}</h1>
      <FaceCamera session={session} state={state} handle={stage} />
      <output>{taken > 0 && t('faces.hide.taken', { count: taken })}</output>
      <div className={styles.ways}>
        <Button
          kind="primary"
          icon={Camera}
          isDisabled={state.phase !== 'live' || isTaking}
          onPress={() => void shoot()}
        >
          {t('scan.shutter')}
        </Button>
        <Button icon={Check} onPress={onDone}>
          {t('controls.done')}
        </Button>
      </div>
    </div>
  );
}
