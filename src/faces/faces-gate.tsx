import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useRegion } from '#src/regions/regions.ts';
import { theSettings } from '#src/store/use-settings.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import { useFacesStanding } from './faces-allowed.ts';
import styles from './faces-gate.module.css';

interface FacesGateProps {
  /** The tool's name. */
  readonly title: string;
  readonly children: ReactNode;
}

/** A tool for faces, once region and user have said yes; before, what it does and the choice. Nothing is fetched until then. */
export function FacesGate({ title, children }: FacesGateProps) {
  const { t } = useTranslation();
  const { config } = useRegion();
  const standing = useFacesStanding();
  useTitle(title);
  if (standing === 'allowed') return children;
  if (standing === 'reading') return <p className={styles.quiet}>{t('controls.loading')}</p>;
  return (
    <section className={styles.gate}>
      <h1>{title}</h1>
      <FacesPicture />
      {standing === 'by-region' ? (
        <>
          <p>{t('faces.gate.off', { place: t(`market.in.${config.market}`) })}</p>
          <Link to="/tools">{t('faces.toTools')}</Link>
        </>
      ) : (
        <>
          <h2>{t('faces.askTitle')}</h2>
          <p>{t('faces.promise')}</p>
          <Button kind="primary" onPress={() => void theSettings().saveSetting('findsFaces', true)}>
            {t('faces.agree', { age: config.consentAge })}
          </Button>
          <p className={styles.quiet}>{t('faces.gate.later')}</p>
          <Link to="/tools">{t('faces.toTools')}</Link>
        </>
      )}
    </section>
  );
}

/** A picture of people whose faces are outlined and nothing more. */
function FacesPicture() {
  return (
    <svg className={styles.picture} viewBox="0 0 240 120" aria-hidden>
      <rect className={styles.photo} width="240" height="120" rx="14" />
      {[50, 120, 190].map((x) => (
        <g key={x}>
          <path className={styles.body} d={`M${x - 30} 120a30 34 0 0 1 60 0z`} />
          <circle className={styles.body} cx={x} cy="56" r="20" />
          <rect className={styles.outline} x={x - 26} y="28" width="52" height="56" rx="8" />
        </g>
      ))}
    </svg>
  );
}
