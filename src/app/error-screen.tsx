import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';

import { Button } from '#src/ui/controls/button.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import styles from './plain-screen.module.css';

/** Browsers word it differently when a chunk cannot be fetched; all of them say "module". */
function isMissingChunk(error: unknown): boolean {
  return error instanceof TypeError && /module/i.test(error.message);
}

/** In place of a screen that failed. */
export function ErrorScreen() {
  const { t } = useTranslation();
  const error = useRouteError();
  useTitle(t('app.wrong.title'));
  useEffect(() => console.error(error), [error]);
  return (
    <div className={styles.screen} role="alert">
      <h1>{t('app.wrong.title')}</h1>
      <p>{isMissingChunk(error) ? t('app.wrong.chunk') : t('app.wrong.text')}</p>
      <Button kind="primary" onPress={() => globalThis.location.reload()}>
        {t('app.wrong.reload')}
      </Button>
    </div>
  );
}
