import { Check, RotateCcw, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { asFailure, type Failure } from '#contract/failures.ts';
import { headRulesOf, sizeInMm, type IdCrop, type IdPhotoSize, type Range } from '#contract/id-photos.ts';
import type { Size } from '#contract/images.ts';
import { engine } from '#src/engine/engine.ts';
import { useRegion } from '#src/regions/regions.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Slider } from '#src/ui/controls/slider.tsx';
import { faceFailureSentence } from './face-failure.ts';
import { headOf, isWithin, keepInside, measureHead, middleFrame, placeFrame, type Head } from './id-placement.ts';
import { IdResult } from './id-result.tsx';
import { IdStage } from './id-stage.tsx';
import { useIdPhoto } from './id-making.ts';
import styles from './id-photo.module.css';

interface IdAdjustProps {
  readonly photo: Blob;
  readonly size: IdPhotoSize;
  readonly onSaved: () => void;
  readonly onAgain: () => void;
}

interface Opened {
  readonly photoSize: Size;
  /** The largest one; `undefined` where no face was found, and the frame is placed by hand alone. */
  readonly head: Head | undefined;
  readonly faces: number;
}

/** Looks for the head, then hands over to whoever moves the frame. */
export function IdAdjust({ photo, size, onSaved, onAgain }: IdAdjustProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<Opened>();
  const [failure, setFailure] = useState<Failure>();

  useEffect(() => {
    const leaving = new AbortController();
    async function look() {
      const { photoSize, faces } = await engine.run('faces.find', { photo, purpose: 'id' }, { signal: leaving.signal });
      const [face] = faces;
      setOpened({ photoSize, head: face === undefined ? undefined : headOf(face), faces: faces.length });
    }
    look().catch((cause: unknown) => {
      if (!leaving.signal.aborted) setFailure(asFailure(cause));
    });
    return () => leaving.abort();
  }, [photo]);

  if (failure !== undefined) {
    return (
      <>
        <p role="alert" className={styles.caution}>
          {faceFailureSentence(t, failure, 'photo')}
        </p>
        <Button onPress={onAgain}>{t('faces.id.again')}</Button>
      </>
    );
  }
  if (opened === undefined) return <output className={styles.help}>{t('faces.hide.looking')}</output>;
  return <Adjusting photo={photo} size={size} onSaved={onSaved} onAgain={onAgain} {...opened} />;
}

const zoom = { least: 50, most: 200 } as const;
const mostTilt = 20;

function Adjusting({ photo, size, photoSize, head, faces, onSaved, onAgain }: IdAdjustProps & Opened) {
  const { t } = useTranslation();
  const { config } = useRegion();
  const frameMm = sizeInMm(size);
  const rules = headRulesOf(config.market, size);
  const [placed] = useState(() =>
    head === undefined ? middleFrame(frameMm, photoSize) : placeFrame(head, rules, frameMm, photoSize),
  );
  const [crop, setCrop] = useState<IdCrop>(placed);
  const [evens, setEvens] = useState(true);
  const change = (next: Partial<IdCrop>) => setCrop(keepInside({ ...crop, ...next }, frameMm, photoSize));
  const making = useIdPhoto({ photo, crop, sizeMm: frameMm, background: evens ? rules.background : 'as-taken' });
  const percent = Math.round((100 * placed.width) / crop.width);

  return (
    <div className={styles.adjust}>
      <IdStage
        photo={photo}
        photoSize={photoSize}
        frameMm={frameMm}
        crop={crop}
        head={head}
        rules={rules}
        onChange={change}
      />
      <div className={styles.controls}>
        {head === undefined && <p className={styles.caution}>{t('faces.id.noHead')}</p>}
        {faces > 1 && <p className={styles.caution}>{t('faces.id.severalHeads')}</p>}
        <Slider
          label={t('faces.id.zoom')}
          value={Math.min(zoom.most, Math.max(zoom.least, percent))}
          min={zoom.least}
          max={zoom.most}
          step={1}
          onChange={(value) => change({ width: (100 * placed.width) / value })}
        />
        <Slider
          label={t('faces.id.tilt')}
          value={Math.round(crop.tiltDegrees * 2) / 2}
          min={-mostTilt}
          max={mostTilt}
          step={0.5}
          format={{ style: 'unit', unit: 'degree', unitDisplay: 'narrow' }}
          onChange={(tiltDegrees) => change({ tiltDegrees })}
        />
        {head !== undefined && <Measures head={head} crop={crop} frameMm={frameMm} rules={rules} />}
        <p className={styles.help}>
          {rules.publishedBy === undefined ? t('faces.id.noRule') : t('faces.id.rule', { office: rules.publishedBy })}
        </p>
        <div className={styles.ways}>
          <Button icon={RotateCcw} isDisabled={crop === placed} onPress={() => setCrop(placed)}>
            {t('faces.id.reset')}
          </Button>
          <Button onPress={onAgain}>{t('faces.id.again')}</Button>
        </div>
      </div>
      <IdResult making={making} size={size} frameMm={frameMm} evens={evens} onEvens={setEvens} onSaved={onSaved} />
    </div>
  );
}

interface MeasuresProps {
  readonly head: Head;
  readonly crop: IdCrop;
  readonly frameMm: Size;
  readonly rules: { readonly headMm: Range; readonly eyesMm: Range };
}

/** How large the head is, beside what it may be. Estimated: hair hides the crown. */
function Measures({ head, crop, frameMm, rules }: MeasuresProps) {
  const { t, i18n } = useTranslation();
  const { headMm, eyesMm } = measureHead(head, crop, frameMm);
  const mm = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  const line = (key: 'faces.id.head' | 'faces.id.eyes', value: number, range: Range) => {
    const isRight = isWithin(value, range);
    return (
      <li data-right={isRight || undefined}>
        {isRight ? <Check size={18} aria-hidden /> : <TriangleAlert size={18} aria-hidden />}
        <span>
          {t(key, { value: mm.format(value), least: mm.format(range.least), most: mm.format(range.most) })}{' '}
          {!isRight && t('faces.id.outside')}
        </span>
      </li>
    );
  };
  return (
    <ul className={styles.measures}>
      {line('faces.id.head', headMm, rules.headMm)}
      {line('faces.id.eyes', eyesMm, rules.eyesMm)}
    </ul>
  );
}
