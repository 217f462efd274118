import { CameraOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CameraProblem } from '#src/capture/camera.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { ScanFiles } from './scan-screen-files.tsx';
import styles from './scan-screen.module.css';

interface ScanProblemProps {
  readonly problem: CameraProblem;
  readonly onTryAgain: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Says why there is no camera picture and offers the other way in. */
export function ScanProblem({ problem, onTryAgain, onFiles }: ScanProblemProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.problem} role="alert">
      <CameraOff size={40} aria-hidden />
      <h2>{t(`scan.problem.${problem}.title`)}</h2>
      <p>{t(`scan.problem.${problem}.help`)}</p>
      <div className={styles.problemActions}>
        <ScanFiles onFiles={onFiles} kind="primary" />
        <Button onPress={onTryAgain}>{t('controls.tryAgain')}</Button>
      </div>
    </div>
  );
}
