import { FileImage, ScanLine } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { Button } from '#src/ui/controls/button.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import { KeepOffer } from './keep-offer.tsx';
import styles from './welcome-screen.module.css';

/** The first visit: what Papel does, in three sentences, and two ways to begin. */
export function WelcomeScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isOpening, setIsOpening] = useState(false);
  useTitle(undefined);

  async function showExample() {
    setIsOpening(true);
    const { openExample } = await import('#src/documents/example.ts');
    await navigate(`/documents/${await openExample(t('app.welcome.exampleName'))}`);
  }

  return (
    <div className={styles.screen}>
      <Paper />
      <div>
        <h1 className={styles.title}>{t('app.welcome.title')}</h1>
        <p>{t('app.welcome.how')}</p>
        <p>{t('app.welcome.what')}</p>
        <p>{t('app.welcome.where')}</p>
        <div className={styles.actions}>
          <Button kind="primary" icon={ScanLine} onPress={() => void navigate('/scan')}>
            {t('app.welcome.scan')}
          </Button>
          <Button icon={FileImage} isPending={isOpening} onPress={() => void showExample()}>
            {t('app.welcome.example')}
          </Button>
        </div>
        <KeepOffer />
      </div>
    </div>
  );
}

/** A page in a hurry, and the same page as it comes out. */
function Paper() {
  return (
    <svg className={styles.picture} viewBox="0 0 320 240" aria-hidden>
      <path
        className={styles.desk}
        d="M0 24a24 24 0 0 1 24-24h272a24 24 0 0 1 24 24v192a24 24 0 0 1-24 24H24a24 24 0 0 1-24-24z"
      />
      <path className={styles.sheet} d="M38 62 138 36l26 138-112 34z" />
      <path className={styles.ink} d="m56 84 68-18m-64 40 72-19m-68 41 74-20m-70 43 40-11" />
      <path className={styles.outline} d="M38 62 138 36l26 138-112 34z" />
      <path className={styles.sheet} d="M188 34h104v150H188z" />
      <path className={styles.ink} d="M204 60h72m-72 24h72m-72 24h72m-72 24h40" />
    </svg>
  );
}
