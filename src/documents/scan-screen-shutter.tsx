import { useImperativeHandle, useRef, type Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import styles from './scan-screen.module.css';

export interface CountdownRing {
  /** Fills the ring, 0 to 1, or empties it. */
  show(share: number | undefined): void;
}

interface ShutterProps {
  readonly ref: Ref<CountdownRing>;
  readonly isDisabled: boolean;
  readonly isBusy: boolean;
  readonly onPress: () => void;
}

const radius = 36;
const length = 2 * Math.PI * radius;

/** The round button, with the countdown of the automatic capture around it. */
export function Shutter({ ref, isDisabled, isBusy, onPress }: ShutterProps) {
  const { t } = useTranslation();
  const ring = useRef<SVGCircleElement>(null);
  useImperativeHandle(
    ref,
    () => ({
      show(share) {
        ring.current?.style.setProperty('stroke-dashoffset', String(length * (1 - (share ?? 0))));
      },
    }),
    [],
  );
  return (
    <Button
      className={styles.shutter ?? ''}
      aria-label={t('scan.shutter')}
      isDisabled={isDisabled}
      onPress={onPress}
      data-busy={isBusy || undefined}
    >
      <svg viewBox="0 0 80 80" className={styles.ring} aria-hidden>
        <circle cx="40" cy="40" r={radius} className={styles.ringTrack} />
        <circle
          ref={ring}
          cx="40"
          cy="40"
          r={radius}
          className={styles.ringFill}
          strokeDasharray={length}
          strokeDashoffset={length}
        />
      </svg>
      <span className={styles.shutterFace} />
    </Button>
  );
}
