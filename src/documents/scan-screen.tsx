import { Check, SwitchCamera, X, Zap, ZapOff } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslation } from 'react-i18next';
import { asFailure } from '#contract/failures.ts';
import { rememberedAuto } from '#src/capture/camera-memory.ts';
import type { Camera } from '#src/capture/camera.ts';
import { takeStill, waitForFrame } from '#src/capture/camera-still.ts';
import { useCamera, useTorch } from '#src/capture/use-camera.ts';
import { engine } from '#src/engine/engine.ts';
import { useRegion } from '#src/regions/regions.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Menu } from '#src/ui/controls/menu.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { useTitle } from '#src/ui/use-title.ts';
import { showRefusals } from './refusals.ts';
import { ScanFiles } from './scan-screen-files.tsx';
import { HintLine } from './scan-screen-hint-line.tsx';
import { ScanProblem } from './scan-screen-problem.tsx';
import { ScanSwitchedOff } from './scan-screen-off.tsx';
import { useShots } from './scan-screen-shots.ts';
import { Shutter, type CountdownRing } from './scan-screen-shutter.tsx';
import { Stack, type StackPicture } from './scan-screen-stack.tsx';
import { ScanStage, type StageHandle } from './scan-screen-stage.tsx';
import { firstSight, type ViewfinderState } from './scan-screen-viewfinder.ts';
import styles from './scan-screen.module.css';

const thumbnailPx = 160;

/** The camera: outline on the page, one line of advice, the shutter, and what was taken so far. */
export function ScanScreen() {
  const { config } = useRegion();
  return config.features['document-scanning'].isOn ? <Scanner /> : <ScanSwitchedOff />;
}

function Scanner() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { session, state } = useCamera();
  const shots = useShots();
  const [isAuto, setIsAuto] = useState(rememberedAuto.read);
  const [isTaking, setIsTaking] = useState(false);
  const [sight, setSight] = useState<ViewfinderState>(firstSight);
  const stage = useRef<StageHandle>(null);
  const ring = useRef<CountdownRing>(null);
  const stack = useRef<StackPicture>(null);
  const takingNow = useRef(false);
  const title = shots.isRetake ? t('scan.retakeTitle') : t('scan.title');
  useTitle(title);
  const camera = state.phase === 'live' ? state.camera : undefined;

  const { keep } = shots;
  const takePicture = useCallback(async () => {
    const video = stage.current?.video;
    if (takingNow.current || camera === undefined || video === undefined || video.videoWidth === 0) return;
    takingNow.current = true;
    setIsTaking(true);
    stage.current?.flash();
    tick();
    try {
      await waitForFrame(video);
      stack.current?.show(await createImageBitmap(video, thumbnailSize(video)));
      const { photo } = await takeStill(camera, video, async (frame) => {
        const encoded = await engine.run('photos.from-frame', { frame });
        return encoded.photo;
      });
      await keep(photo);
      stage.current?.noteCapture();
    } catch (cause) {
      console.error(cause);
      const failure = asFailure(cause);
      // A full disk or the like has a sentence of its own; what else goes wrong is the camera's.
      showToast({ text: failure.code === 'internal' ? t('scan.notTaken') : failureSentence(t, failure, '') });
    } finally {
      takingNow.current = false;
      setIsTaking(false);
    }
  }, [camera, keep, t]);

  useShutterKeys(takePicture);

  const importAll = async (files: readonly File[]) => showRefusals(await shots.importAll(files));

  return (
    <main className={styles.screen}>
      <h1 className={styles.heading}>{title}</h1>
      <div className={styles.topBar}>
        <IconButton icon={X} label={t('scan.leave')} onPress={() => void navigate(shots.leadsBackTo)} />
        <span className={styles.spring} />
        {camera !== undefined && (
          <Switch
            isSelected={isAuto}
            onChange={(isOn) => {
              setIsAuto(isOn);
              rememberedAuto.write(isOn);
            }}
          >
            {t('scan.auto')}
          </Switch>
        )}
        <span className={styles.spring} />
        {camera?.hasTorch === true && <Torch key={camera.deviceId} camera={camera} />}
        {state.phase === 'live' && state.choices.length > 1 && (
          <Menu
            label={t('scan.chooseCamera')}
            trigger={<IconButton icon={SwitchCamera} label={t('scan.chooseCamera')} />}
            actions={state.choices.map(({ deviceId, label }, index) => ({
              id: deviceId,
              label: label === '' ? t('scan.cameraNumber', { number: index + 1 }) : label,
              isDisabled: deviceId === state.camera.deviceId,
              onAction: () => session.choose(deviceId),
            }))}
          />
        )}
        <ScanFiles kind="icon" onFiles={(files) => void importAll(files)} />
      </div>

      <div className={styles.stage}>
        {state.phase === 'failed' ? (
          <ScanProblem
            problem={state.problem}
            onTryAgain={session.tryAgain}
            onFiles={(files) => void importAll(files)}
          />
        ) : (
          camera !== undefined && (
            <ScanStage
              key={camera.stream.id}
              ref={stage}
              camera={camera}
              ring={ring}
              mayFire={isAuto && !isTaking && !shots.isRetake}
              onChange={setSight}
              onFire={() => void takePicture()}
            />
          )
        )}
      </div>

      {state.phase !== 'failed' && (
        <HintLine phase={state.phase} sight={sight} isAuto={isAuto} isTaking={isTaking} taken={shots.count} />
      )}

      <div className={styles.bottomBar}>
        {shots.isRetake ? <span /> : <Stack ref={stack} {...shots} />}
        {state.phase === 'failed' ? (
          <span />
        ) : (
          <Shutter ref={ring} isDisabled={camera === undefined} isBusy={isTaking} onPress={() => void takePicture()} />
        )}
        {!shots.isRetake && shots.documentId !== undefined && shots.count > 0 ? (
          <Button
            kind="primary"
            icon={Check}
            className={styles.finish ?? ''}
            onPress={() => void navigate(`/documents/${shots.documentId}`)}
          >
            {t('scan.finish')}
          </Button>
        ) : (
          <span />
        )}
      </div>
    </main>
  );
}

function Torch({ camera }: { readonly camera: Camera }) {
  const { t } = useTranslation();
  const { isOn, toggle } = useTorch(camera);
  return (
    <IconButton
      icon={isOn ? ZapOff : Zap}
      label={isOn ? t('scan.lightOff') : t('scan.lightOn')}
      onPress={() => void toggle()}
    />
  );
}

/** Space and Enter take the picture wherever the focus is, unless it is on something that they belong to. */
function useShutterKeys(takePicture: () => Promise<void>) {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if ((event.key !== ' ' && event.key !== 'Enter') || event.repeat) return;
      if (event.target instanceof Element && event.target.closest('a, button, input, label, [role]') !== null) return;
      event.preventDefault();
      void takePicture();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [takePicture]);
}

/** A short tick that the hand feels. Desktops have none, and browsers refuse it before the first touch. */
function tick() {
  if ('vibrate' in navigator && navigator.userActivation.hasBeenActive) navigator.vibrate(15);
}

function thumbnailSize({ videoWidth, videoHeight }: HTMLVideoElement): ImageBitmapOptions {
  const scale = thumbnailPx / Math.max(videoWidth, videoHeight);
  return { resizeWidth: Math.round(videoWidth * scale), resizeHeight: Math.round(videoHeight * scale) };
}
