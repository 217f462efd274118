import { Camera, Images } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { headRulesOf, sizeInMm, type HeadRules, type IdPhotoSize } from '#contract/id-photos.ts';
import type { Size } from '#contract/images.ts';
import { pickFiles } from '#src/capture/pick-files.ts';
import { useCamera } from '#src/capture/use-camera.ts';
import { useRegion } from '#src/regions/regions.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { FaceCamera, type FaceCameraHandle } from './face-camera.tsx';
import { adviseOnId, firstGuide, guide, headMiddle, headShares, type IdGuide } from './id-guide.ts';
import styles from './id-photo.module.css';
import { takePhoto } from './take-photo.ts';

interface IdCaptureProps {
  readonly size: IdPhotoSize;
  readonly onPhoto: (photo: Blob) => void;
  readonly onFile: (file: File) => void;
}

/** The camera with an oval for the head and one line of advice; or a photo that is there already. */
export function IdCapture({ size, onPhoto, onFile }: IdCaptureProps) {
  const { t } = useTranslation();
  const { config } = useRegion();
  const { session, state } = useCamera('user');
  const stage = useRef<FaceCameraHandle>(null);
  const [advice, setAdvice] = useState<IdGuide>(firstGuide);
  const [frame, setFrame] = useState<Size>();
  const [isBlind, setIsBlind] = useState(false);
  const [isTaking, setIsTaking] = useState(false);
  const rules = headRulesOf(config.market, size);
  const isLive = state.phase === 'live';

  async function pick() {
    const [file] = await pickFiles();
    if (file !== undefined) onFile(file);
  }

  async function shoot() {
    const video = stage.current?.video;
    if (state.phase !== 'live' || video === undefined) return;
    setIsTaking(true);
    try {
      onPhoto(await takePhoto(state.camera, video));
    } catch (cause) {
      console.error(cause);
      showToast({ text: t('scan.notTaken') });
      setIsTaking(false);
    }
  }

  const choose = (
    <Button icon={Images} onPress={() => void pick()}>
      {t('faces.id.choose')}
    </Button>
  );

  return (
    <>
      <p className={styles.help}>{t('faces.id.how')}</p>
      <FaceCamera
        session={session}
        state={state}
        handle={stage}
        onReading={(reading, at) => {
          setIsBlind(false);
          setFrame((before) => (isSame(before, reading.frameSize) ? before : reading.frameSize));
          setAdvice((before) => guide(before, adviseOnId(reading, rules, sizeInMm(size)), at));
        }}
        onBlind={() => setIsBlind(true)}
        overlay={
          frame !== undefined && <HeadOval frame={frame} rules={rules} size={size} isGood={advice.hint === 'good'} />
        }
      />
      {isLive && (
        <output className={styles.hint} data-good={advice.hint === 'good' || undefined} data-testid="id-hint">
          {isBlind ? t('faces.id.blind') : t(`faces.id.hint.${advice.hint}`)}
        </output>
      )}
      <div className={styles.ways}>
        <Button kind="primary" icon={Camera} isDisabled={!isLive || isTaking} onPress={() => void shoot()}>
          {t('scan.shutter')}
        </Button>
        {choose}
      </div>
    </>
  );
}

function isSame(a: Size | undefined, b: Size): boolean {
  return a?.width === b.width && a.height === b.height;
}

interface HeadOvalProps {
  readonly frame: Size;
  readonly rules: HeadRules;
  readonly size: IdPhotoSize;
  readonly isGood: boolean;
}

/** A head is about three quarters as wide as it is high. */
const widthOfHead = 0.74;

/** Where the head goes, and the frame that is cut around it then. */
function HeadOval({ frame, rules, size, isGood }: HeadOvalProps) {
  const mm = sizeInMm(size);
  const { least, most } = headShares(rules, mm, frame);
  const height = ((least + most) / 2) * frame.height;
  return (
    <svg className={styles.overlay} viewBox={`0 0 ${frame.width} ${frame.height}`} aria-hidden>
      <ellipse
        className={styles.oval}
        data-good={isGood || undefined}
        cx={headMiddle.x * frame.width}
        cy={headMiddle.y * frame.height}
        rx={(widthOfHead * height) / 2}
        ry={height / 2}
      />
    </svg>
  );
}
