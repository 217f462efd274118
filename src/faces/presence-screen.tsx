import { CircleStop, FileDown, Play, Trash2 } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Failure } from '#contract/failures.ts';
import type { Camera } from '#src/capture/camera.ts';
import { useCamera } from '#src/capture/use-camera.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { useSaveFile } from '#src/ui/use-save-file.ts';
import { FaceCamera } from './face-camera.tsx';
import { faceFailureSentence } from './face-failure.ts';
import { FacesGate } from './faces-gate.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { linesOf, note, writeLogCsv, type LogEntry, type LoggedSight } from './presence-log.ts';
import { firstWatch, sightOf, watchPresence, type Sight } from './presence-watch.ts';
import styles from './presence-screen.module.css';

/** What the camera sees, in one sentence, and since when. It draws no conclusion, and keeps nothing by itself. */
export function PresenceScreen() {
  const { t } = useTranslation();
  return (
    <FacesGate title={t('tools.presence.title')}>
      <Presence />
    </FacesGate>
  );
}

function Presence() {
  const { t } = useTranslation();
  const [isOn, setIsOn] = useState(false);
  const [log, setLog] = useState<readonly LogEntry[]>([]);
  const [saved, setSaved] = useState<readonly LogEntry[]>();
  const noteSight = (sight: LoggedSight) => setLog((before) => note(before, sight, Date.now()));

  return (
    <div className={styles.screen}>
      <h1>{t('tools.presence.title')}</h1>
      <p className={styles.help}>{t('faces.presence.help')}</p>
      {isOn ? (
        <Watching
          onSight={noteSight}
          onStop={() => {
            noteSight('paused');
            setIsOn(false);
          }}
        />
      ) : (
        <Button kind="primary" icon={Play} onPress={() => setIsOn(true)}>
          {t('faces.presence.start')}
        </Button>
      )}
      <p className={styles.help}>{t('faces.poster')}</p>
      {log.length > 0 && <Log log={log} onSaved={() => setSaved(log)} onDiscard={() => setLog([])} />}
      <LeaveGuard isUnsaved={() => log.length > 0 && log !== saved} text={t('faces.presence.leaveText')} />
    </div>
  );
}

interface WatchingProps {
  readonly onSight: (sight: LoggedSight) => void;
  readonly onStop: () => void;
}

interface Shown {
  readonly camera: Camera;
  readonly sight: Sight | undefined;
  readonly failure: Failure | undefined;
}

function Watching({ onSight, onStop }: WatchingProps) {
  const { t } = useTranslation();
  const { session, state } = useCamera('user');
  const watch = useRef(firstWatch);
  const [shown, setShown] = useState<Shown>();
  const camera = state.phase === 'live' ? state.camera : undefined;
  // What another camera saw, or this one before it was gone, is no longer so.
  const now = shown !== undefined && shown.camera === camera ? shown : undefined;

  function look({ sight, failure }: { readonly sight?: Sight | undefined; readonly failure?: Failure }) {
    if (camera !== undefined) setShown({ camera, sight, failure });
    if (sight !== undefined) onSight(sight);
  }

  const isAway = state.phase === 'resting' || state.phase === 'failed';
  const noteAway = useEffectEvent(() => {
    watch.current = firstWatch;
    onSight('paused');
  });
  useEffect(() => {
    if (isAway) noteAway();
  }, [isAway]);

  return (
    <>
      <FaceCamera
        session={session}
        state={state}
        showsFaces
        onReading={(reading, at) => {
          watch.current = watchPresence(watch.current, sightOf(reading), at);
          look({ sight: watch.current.shown });
        }}
        onBlind={(failure) => look({ failure })}
      />
      <output className={styles.sentence} data-testid="sentence">
        {camera !== undefined &&
          (now?.failure === undefined
            ? t(`faces.presence.${now?.sight ?? 'starting'}`)
            : faceFailureSentence(t, now.failure, 'camera'))}
      </output>
      <Button icon={CircleStop} onPress={onStop}>
        {t('faces.presence.stop')}
      </Button>
    </>
  );
}

/** As many as one reads; the file has all. */
const mostListed = 50;

interface LogProps {
  readonly log: readonly LogEntry[];
  readonly onSaved: () => void;
  readonly onDiscard: () => void;
}

function Log({ log, onSaved, onDiscard }: LogProps) {
  const { t, i18n } = useTranslation();
  const saveFile = useSaveFile();
  const now = useNow();
  const lines = linesOf(log, now);
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' });

  async function keep() {
    const csv = writeLogCsv(linesOf(log, Date.now()), {
      time: t('faces.presence.time'),
      what: t('faces.presence.what'),
      seconds: t('faces.presence.seconds'),
      sentences: {
        none: t('faces.presence.none'),
        one: t('faces.presence.one'),
        several: t('faces.presence.several'),
        dark: t('faces.presence.dark'),
        turned: t('faces.presence.turned'),
        far: t('faces.presence.far'),
        paused: t('faces.presence.paused'),
      },
    });
    if (await saveFile(new File([csv], `${t('faces.presence.fileName')}.csv`, { type: 'text/csv' }))) onSaved();
  }

  return (
    <section className={styles.log} aria-label={t('faces.presence.log')}>
      <h2>{t('faces.presence.log')}</h2>
      <p className={styles.help}>{t('faces.presence.logHelp')}</p>
      <ol className={styles.lines}>
        {lines
          .slice(-mostListed)
          .toReversed()
          .map(({ at, sight, seconds }) => (
            <li key={at}>
              <time dateTime={new Date(at).toISOString()}>{time.format(at)}</time>
              <span>{t(`faces.presence.${sight}`)}</span>
              <span className={styles.seconds}>{t('faces.presence.lasted', { count: seconds })}</span>
            </li>
          ))}
      </ol>
      <div className={styles.actions}>
        <Button icon={FileDown} onPress={() => void keep()}>
          {t('faces.presence.keep')}
        </Button>
        <Button kind="danger" icon={Trash2} onPress={onDiscard}>
          {t('faces.presence.discard')}
        </Button>
      </div>
    </section>
  );
}

/** The clock, once a second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
