import { CameraOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { CameraProblem } from '#src/capture/camera.ts';
import { Button } from '#src/ui/controls/button.tsx';
import styles from './sheet-camera.module.css';

interface SheetCameraProblemProps {
  readonly problem: CameraProblem;
  /** Where files are taken in instead. */
  readonly back: string;
  readonly onTryAgain: () => void;
}

/** Says why there is no camera picture and offers the other way in. */
export function SheetCameraProblem({ problem, back, onTryAgain }: SheetCameraProblemProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <div className={styles.problem} role="alert">
      <CameraOff size={40} aria-hidden />
      <h2>{t(`scan.problem.${problem}.title`)}</h2>
      <p>{t(`scan.problem.${problem}.help`)}</p>
      <div className={styles.problemActions}>
        <Button kind="primary" onPress={() => void navigate(back)}>
          {t('sheets.read.add')}
        </Button>
        <Button onPress={onTryAgain}>{t('controls.tryAgain')}</Button>
      </div>
    </div>
  );
}
