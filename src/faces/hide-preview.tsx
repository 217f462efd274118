import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure, type Failure } from '#contract/failures.ts';
import { faceFailureSentence } from './face-failure.ts';
import styles from './hide-editor.module.css';
import { usePictureUrl } from './picture-url.ts';

/** The picture as it is saved: the very file. */
export function HidePreview({ make }: { readonly make: () => Promise<Blob> }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<{ readonly photo?: Blob; readonly failure?: Failure }>({});
  const url = usePictureUrl(made.photo);
  const makeNow = useEffectEvent(make);
  useEffect(() => {
    let isLeft = false;
    makeNow().then(
      (photo) => !isLeft && setMade({ photo }),
      (cause: unknown) => !isLeft && setMade({ failure: asFailure(cause) }),
    );
    return () => {
      isLeft = true;
    };
  }, []);

  if (made.failure !== undefined) {
    return (
      <p className={styles.message} role="alert">
        {faceFailureSentence(t, made.failure, 'photo')}
      </p>
    );
  }
  if (url === undefined) return <output className={styles.message}>{t('faces.hide.making')}</output>;
  return <img className={styles.preview} src={url} alt={t('faces.hide.preview')} decoding="async" />;
}
