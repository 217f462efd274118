import { Check, SwitchCamera, Volume2, VolumeX, X, Zap, ZapOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';

import type { Camera } from '#src/capture/camera.ts';
import { useCamera, useTorch } from '#src/capture/use-camera.ts';
import { useRegion } from '#src/regions/regions.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { Menu } from '#src/ui/controls/menu.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import { useReadablePages } from './read-pages.ts';
import { type CaughtSheet, LastSheets, ReadCard, useSheetScores } from './sheet-camera-caught.tsx';
import { SheetCameraProblem } from './sheet-camera-problem.tsx';
import { type Beeper, createBeeper, rememberedMute } from './sheet-camera-sound.ts';
import { type SheetHint, SheetStage } from './sheet-camera-stage.tsx';
import styles from './sheet-camera.module.css';
import { useExam } from './use-exams.ts';

/** The live camera, hands free: each sheet that is shown is read, kept and named with its score. */
export function SheetCameraScreen() {
  const { t } = useTranslation();
  const { examId = '' } = useParams();
  const { config } = useRegion();
  const record = useExam(examId);
  useTitle(t('sheets.camera.title'));
  if (record === undefined) return <main className={styles.screen} aria-busy />;
  if (record === null) return <Notice title={t('exams.gone')} to="/sheets" />;
  return config.features['answer-sheets'].isOn ? (
    <SheetCamera record={record} />
  ) : (
    <Notice title={t('failures.switched-off')} to={`/sheets/${examId}/read`} />
  );
}

/** In the camera's place, which is not opened then. */
function Notice({ title, to }: { readonly title: string; readonly to: string }) {
  const { t } = useTranslation();
  return (
    <main className={styles.screen}>
      <div className={styles.problem}>
        <h1>{title}</h1>
        <Link to={to}>{t('sheets.camera.leave')}</Link>
      </div>
    </main>
  );
}

/** So many are listed; the others are in the step Read. */
const mostListed = 30;

function SheetCamera({ record }: { readonly record: ExamRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { session, state } = useCamera();
  const pages = useReadablePages(record);
  const scoreOf = useSheetScores(record);
  const [hint, setHint] = useState<SheetHint>('starting');
  const [caught, setCaught] = useState<readonly CaughtSheet[]>([]);
  const { isMuted, toggleMute, beep } = useBeep();
  const camera = state.phase === 'live' ? state.camera : undefined;
  const back = `/sheets/${record.id}/read`;

  function onCaught(sheet: CaughtSheet) {
    beep(sheet);
    setCaught((before) => [sheet, ...before.filter(({ sheetId }) => sheetId !== sheet.sheetId)].slice(0, mostListed));
  }

  return (
    <main className={styles.screen}>
      <h1 className={styles.unseen}>{t('sheets.camera.title')}</h1>
      <div className={styles.topBar}>
        <IconButton icon={X} label={t('sheets.camera.leave')} onPress={() => void navigate(back)} />
        <span className={styles.spring} />
        <IconButton
          icon={isMuted ? VolumeX : Volume2}
          label={isMuted ? t('sheets.camera.soundOn') : t('sheets.camera.soundOff')}
          onPress={toggleMute}
        />
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
      </div>
      <div className={styles.stage}>
        {state.phase === 'failed' ? (
          <SheetCameraProblem problem={state.problem} back={back} onTryAgain={session.tryAgain} />
        ) : (
          camera !== undefined && (
            <SheetStage
              key={camera.stream.id}
              record={record}
              camera={camera}
              pages={pages}
              onHint={setHint}
              onCaught={onCaught}
            />
          )
        )}
        <ReadCard scoreOf={scoreOf} caught={caught[0]} />
      </div>
      {state.phase !== 'failed' && (
        <output className={styles.hint}>
          {state.phase === 'opening'
            ? t('scan.permission')
            : state.phase === 'resting'
              ? t('scan.resting')
              : t(`sheets.camera.${hint}`)}
        </output>
      )}
      <div className={styles.bottom}>
        <LastSheets scoreOf={scoreOf} caught={caught} />
        <Button kind="primary" icon={Check} className={styles.finish ?? ''} onPress={() => void navigate(back)}>
          {caught.length === 0 ? t('controls.done') : t('sheets.camera.done', { count: caught.length })}
        </Button>
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

/** Sound and the shake of the hand, for eyes that are on the paper. */
function useBeep() {
  const [isMuted, setIsMuted] = useState(() => rememberedMute.read());
  const beeper = useRef<Beeper>(undefined);
  useEffect(
    () => () => {
      beeper.current?.close();
      beeper.current = undefined;
    },
    [],
  );
  return {
    isMuted,
    toggleMute: () => {
      rememberedMute.write(!isMuted);
      setIsMuted(!isMuted);
    },
    beep: ({ isSame, doubtful }: CaughtSheet) => {
      // Browsers refuse both before the first touch.
      if ('vibrate' in navigator && navigator.userActivation.hasBeenActive)
        navigator.vibrate(isSame ? 20 : [40, 40, 40]);
      if (isMuted) return;
      beeper.current ??= createBeeper();
      beeper.current.play(isSame ? 'already' : doubtful > 0 ? 'doubtful' : 'kept');
    },
  };
}
