import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraState } from '#src/capture/camera-session.ts';
import type { ViewfinderState } from './scan-screen-viewfinder.ts';
import styles from './scan-screen.module.css';

interface HintLineProps {
  readonly phase: CameraState['phase'];
  readonly sight: ViewfinderState;
  readonly isAuto: boolean;
  readonly isTaking: boolean;
  /** Pages taken so far. */
  readonly taken: number;
}

/** The one line under the picture. What stands for a second is also said, politely. */
export function HintLine({ phase, sight, isAuto, isTaking, taken }: HintLineProps) {
  const { t } = useTranslation();
  const text = useHint({ phase, sight, isAuto, isTaking });
  const said = useStanding(text);
  return (
    <>
      <p className={styles.hint} data-strong={isTaking || sight.isCounting || undefined} data-testid="hint" aria-hidden>
        {text}
      </p>
      <output className={styles.unseen}>{said}</output>
      <output className={styles.unseen}>{taken > 0 && t('scan.taken', { count: taken })}</output>
    </>
  );
}

function useHint({ phase, sight, isAuto, isTaking }: Omit<HintLineProps, 'taken'>): string {
  const { t } = useTranslation();
  if (phase === 'opening') return t('scan.permission');
  if (phase === 'resting') return t('scan.resting');
  if (isTaking) return t('scan.hint.saving');
  if (sight.isBlind) return t('scan.hint.blind');
  if (sight.isCounting) return t('scan.hint.counting');
  if (sight.hint !== 'ready') return t(`scan.hint.${sight.hint}`);
  if (!isAuto) return t('scan.hint.ready');
  return sight.isTaken ? t('scan.hint.another') : t('scan.hint.holdStill');
}

const standsMs = 1000;

/** The text once it has stood for a while: advice that changes with every movement would never stop talking. */
function useStanding(text: string): string {
  const [standing, setStanding] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setStanding(text), standsMs);
    return () => clearTimeout(timer);
  }, [text]);
  return standing;
}
