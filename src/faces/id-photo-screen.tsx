import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { inspectFile } from '#src/capture/inspect-file.ts';
import { asFailure, type Failure } from '#contract/failures.ts';
import { engine } from '#src/engine/engine.ts';
import { currentRegion, useRegion } from '#src/regions/regions.ts';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { faceFailureSentence } from './face-failure.ts';
import { FacesGate } from './faces-gate.tsx';
import { IdAdjust } from './id-adjust.tsx';
import { IdCapture } from './id-capture.tsx';
import styles from './id-photo.module.css';
import { LeaveGuard } from './leave-guard.tsx';

/** An ID photo in a size of the market: taken with advice or chosen, cut, and printed. */
export function IdPhotoScreen() {
  const { t } = useTranslation();
  return (
    <FacesGate title={t('tools.idPhoto.title')}>
      <IdPhoto />
    </FacesGate>
  );
}

interface Refused {
  readonly name: string;
  readonly failure: Failure;
}

function IdPhoto() {
  const { t } = useTranslation();
  const { config } = useRegion();
  const [sizeName, setSizeName] = useState('');
  const [photo, setPhoto] = useState<Blob>();
  /** Taken here, and in no file yet: a chosen one stays where it is. */
  const [isUnsaved, setIsUnsaved] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const sizes = config.idPhotos;
  const size = sizes.find(({ name }) => name === sizeName) ?? sizes[0];
  if (size === undefined) return null;

  async function takeIn(file: File) {
    setRefused(undefined);
    try {
      setPhoto(await openPhoto(file));
    } catch (cause) {
      setRefused({ name: file.name, failure: asFailure(cause) });
    }
  }

  function show(taken: Blob) {
    setPhoto(taken);
    setIsUnsaved(true);
  }

  return (
    <div className={styles.screen}>
      <h1>{t('tools.idPhoto.title')}</h1>
      {sizes.length > 1 && (
        <Segmented
          label={t('faces.id.size')}
          value={size.name}
          choices={sizes.map(({ name, width, height, unit }) => ({
            value: name,
            label: t(`faces.id.sizes.${unit}`, { width, height }),
          }))}
          onChange={setSizeName}
        />
      )}
      {refused !== undefined && (
        <p role="alert" className={styles.caution}>
          {faceFailureSentence(t, refused.failure, { fileName: refused.name })}
        </p>
      )}
      {photo === undefined ? (
        <IdCapture size={size} onPhoto={show} onFile={(file) => void takeIn(file)} />
      ) : (
        <IdAdjust
          key={size.name}
          photo={photo}
          size={size}
          onSaved={() => setIsUnsaved(false)}
          onAgain={() => {
            setPhoto(undefined);
            setIsUnsaved(false);
          }}
        />
      )}
      <LeaveGuard isUnsaved={() => isUnsaved} text={t('faces.id.leaveText')} />
    </div>
  );
}

/** The picture in the file, in a format that browsers show; the first of several. */
async function openPhoto(file: File): Promise<Blob> {
  const { kind } = await inspectFile(file, currentRegion().config.limits.fileBytes);
  if (kind !== 'heic' && kind !== 'tiff' && kind !== 'pdf') return file;
  return (await engine.run('photos.convert', { file, kind, index: 0 })).photo;
}
