import { CameraOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { Button } from '#src/ui/controls/button.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import styles from './scan-screen.module.css';

/** In the camera's place while whoever runs the edge has switched scanning off. The camera is not opened. */
export function ScanSwitchedOff() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useTitle(t('scan.title'));
  return (
    <main className={styles.screen}>
      <h1 className={styles.heading}>{t('scan.title')}</h1>
      <div className={styles.stage}>
        <div className={styles.problem} role="alert">
          <CameraOff size={40} aria-hidden />
          <p>{t('failures.switched-off')}</p>
          <div className={styles.problemActions}>
            <Button kind="primary" onPress={() => void navigate('/library')}>
              {t('scan.leave')}
            </Button>
          </div>
        </div>
      </div>
    </main>
  );
}
