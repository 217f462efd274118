import { Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { idPapers, sizeInPx, type IdPaper, type IdPhotoSize } from '#contract/id-photos.ts';
import type { Size } from '#contract/images.ts';
import { engine } from '#src/engine/engine.ts';
import { useRegion } from '#src/regions/regions.ts';
import { usualPaper } from '#src/regions/usual-paper.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { Switch } from '#src/ui/controls/switch.tsx';
import { useSaveFile } from '#src/ui/use-save-file.ts';
import { faceFailureSentence } from './face-failure.ts';
import type { IdPhotoMaking } from './id-making.ts';
import { usePictureUrl } from './picture-url.ts';
import styles from './id-photo.module.css';

interface IdResultProps {
  readonly making: IdPhotoMaking;
  readonly size: IdPhotoSize;
  readonly frameMm: Size;
  readonly evens: boolean;
  readonly onEvens: (evens: boolean) => void;
  readonly onSaved: () => void;
}

/** The ID photo as it is saved, and its print sheet. */
export function IdResult({ making: { made, failure }, size, frameMm, evens, onEvens, onSaved }: IdResultProps) {
  const { t } = useTranslation();
  const { config } = useRegion();
  const saveFile = useSaveFile();
  const url = usePictureUrl(made?.photo);
  const [paper, setPaper] = useState<IdPaper>(() => usualPaper(config, navigator.language));
  const [printing, setPrinting] = useState<'no' | 'yes' | 'failed'>('no');
  const name = t('faces.id.fileName', {
    size: t(`faces.id.sizes.${size.unit}`, { width: size.width, height: size.height }),
  });

  async function save(file: File) {
    if (await saveFile(file)) onSaved();
  }

  async function print() {
    if (made === undefined) return;
    setPrinting('yes');
    try {
      const { pdf } = await engine.run('faces.print-id-photos', {
        photo: made.photo,
        sizeMm: frameMm,
        paper,
        title: name,
        createdAt: new Date().toISOString(),
      });
      setPrinting('no');
      await save(new File([pdf], `${name}.pdf`, { type: 'application/pdf' }));
    } catch (cause) {
      console.error(cause);
      setPrinting('failed');
    }
  }

  return (
    <section className={styles.result} aria-label={t('faces.id.result')}>
      <h2>{t('faces.id.result')}</h2>
      <div className={styles.made}>
        {url !== undefined && (
          <img src={url} alt={t('faces.id.madeAlt')} style={{ aspectRatio: `${frameMm.width} / ${frameMm.height}` }} />
        )}
      </div>
      <Switch isSelected={evens} onChange={onEvens}>
        {t('faces.id.even')}
      </Switch>
      <p className={styles.help}>{t('faces.id.evenHelp')}</p>
      <div aria-live="polite">
        {made?.isPlain === false && <p className={styles.caution}>{t('faces.id.notPlain')}</p>}
        {failure !== undefined && <p className={styles.caution}>{faceFailureSentence(t, failure, 'photo')}</p>}
        {printing === 'failed' && <p className={styles.caution}>{t('faces.id.notPrinted')}</p>}
      </div>
      <Button
        kind="primary"
        icon={Download}
        isDisabled={made === undefined}
        onPress={() => made && void save(new File([made.photo], `${name}.jpg`, { type: 'image/jpeg' }))}
      >
        {t('faces.id.save', { ...sizeInPx(frameMm) })}
      </Button>
      <Segmented<IdPaper>
        label={t('faces.id.paper')}
        value={paper}
        choices={idPapers.map((value) => ({ value, label: t(`faces.id.papers.${value}`) }))}
        onChange={setPaper}
      />
      <Button icon={Printer} isDisabled={made === undefined || printing === 'yes'} onPress={() => void print()}>
        {t('faces.id.print')}
      </Button>
      <p className={styles.help}>{t('faces.id.printHelp')}</p>
    </section>
  );
}
