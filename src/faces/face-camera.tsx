import { CameraOff, SwitchCamera } from 'lucide-react';
import { useEffect, useImperativeHandle, useRef, useState, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

import type { FaceFrameReading } from '#contract/faces.ts';
import type { Failure } from '#contract/failures.ts';
import type { Camera } from '#src/capture/camera.ts';
import type { CameraSession, CameraState } from '#src/capture/camera-session.ts';
import { readFrames } from '#src/capture/read-frames.ts';
import { engine } from '#src/engine/engine.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Menu } from '#src/ui/controls/menu.tsx';
import styles from './face-camera.module.css';

export interface FaceCameraHandle {
  readonly video: HTMLVideoElement | undefined;
}

interface FaceCameraProps {
  readonly session: CameraSession;
  readonly state: CameraState;
  /** For who takes pictures. */
  readonly handle?: Ref<FaceCameraHandle>;
  /** Told of every frame that was looked at; nobody looks without it. `at` is of `performance.now()`. */
  readonly onReading?: (reading: FaceFrameReading, at: number) => void;
  /** Frames cannot be looked at for now; it is tried again. */
  readonly onBlind?: (failure: Failure) => void;
  /** Outlines the faces that are found. */
  readonly showsFaces?: boolean;
  /** Over the picture. */
  readonly overlay?: ReactNode;
  /** Another way in, where there is no camera. */
  readonly otherWay?: ReactNode;
}

/** The camera's picture with what was found in it, or why there is none. */
export function FaceCamera({ session, state, otherWay, ...stage }: FaceCameraProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.camera}>
      {state.phase === 'live' && <Stage key={state.camera.stream.id} camera={state.camera} {...stage} />}
      {state.phase === 'opening' && <p className={styles.message}>{t('scan.permission')}</p>}
      {state.phase === 'resting' && <p className={styles.message}>{t('scan.resting')}</p>}
      {state.phase === 'failed' && (
        <div className={styles.message} role="alert">
          <CameraOff size={36} aria-hidden />
          <h2>{t(`scan.problem.${state.problem}.title`)}</h2>
          <p>{t(`faces.camera.${state.problem}`)}</p>
          <div className={styles.actions}>
            <Button kind="primary" onPress={session.tryAgain}>
              {t('controls.tryAgain')}
            </Button>
            {otherWay}
          </div>
        </div>
      )}
      {state.phase === 'live' && state.choices.length > 1 && (
        <div className={styles.choose}>
          <Menu
            label={t('scan.chooseCamera')}
            trigger={<IconButton icon={SwitchCamera} kind="plain" label={t('scan.chooseCamera')} />}
            actions={state.choices.map(({ deviceId, label }, index) => ({
              id: deviceId,
              label: label === '' ? t('scan.cameraNumber', { number: index + 1 }) : label,
              isDisabled: deviceId === state.camera.deviceId,
              onAction: () => session.choose(deviceId),
            }))}
          />
        </div>
      )}
    </div>
  );
}

type StageProps = { readonly camera: Camera } & Omit<FaceCameraProps, 'session' | 'state' | 'otherWay'>;

function Stage({ camera, handle, onReading, onBlind, showsFaces = false, overlay }: StageProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [reading, setReading] = useState<FaceFrameReading>();
  // The frames go on as long as the camera does; who hears of them changes with every render.
  const listeners = useRef({ onReading, onBlind });
  useEffect(() => {
    listeners.current = { onReading, onBlind };
  });
  const looks = onReading !== undefined;

  useImperativeHandle(
    handle,
    () => ({
      get video() {
        return video.current ?? undefined;
      },
    }),
    [],
  );

  useEffect(() => {
    const shown = video.current;
    if (shown === null) return undefined;
    shown.srcObject = camera.stream;
    // Refused only when the element has gone again meanwhile.
    shown.play().catch(() => undefined);
    const stop = looks
      ? readFrames({
          video: shown,
          read: (frame) => engine.run('faces.read-frame', { frame }, { priority: 'live' }),
          onFrame: ({ reading: next, takenAtMs }) => {
            setReading(next);
            listeners.current.onReading?.(next, takenAtMs);
          },
          onFailure: (failure) => {
            console.warn(failure.message);
            setReading(undefined);
            listeners.current.onBlind?.(failure);
          },
        })
      : undefined;
    return () => {
      stop?.();
      shown.srcObject = null;
    };
  }, [camera, looks]);

  return (
    <div className={styles.picture} data-mirrored={camera.facesUser || undefined}>
      <video ref={video} className={styles.video} autoPlay muted playsInline />
      {showsFaces && reading !== undefined && <FaceOutlines reading={reading} />}
      {overlay}
    </div>
  );
}

/** Where faces are, and nothing else about them. */
function FaceOutlines({ reading }: { readonly reading: FaceFrameReading }) {
  const { width, height } = reading.frameSize;
  return (
    <svg className={styles.overlay} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      {reading.faces.map(({ box }) => (
        <rect
          key={`${box.x} ${box.y}`}
          className={styles.outline}
          x={box.x}
          y={box.y}
          width={box.width}
          height={box.height}
          rx={box.width / 8}
        />
      ))}
    </svg>
  );
}
