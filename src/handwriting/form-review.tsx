import { ArrowLeft, ArrowRight, Check, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { FormRecord } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { useKeys } from '#src/ui/use-keys.ts';
import { theFormFlow } from './flow.ts';
import styles from './form-review.module.css';
import { type FormDoubt, alphabetOf } from './form-rows.ts';
import { useFlatPage } from './use-forms.ts';

interface FormReviewProps {
  readonly form: FormRecord;
  readonly doubts: readonly FormDoubt[];
  readonly onClose: () => void;
}

const idOf = ({ page, key }: FormDoubt) => `${page.id} ${key}`;

/** Doubtful boxes one after the other: the crop, and a key for each character. */
export function FormReview({ form, doubts, onClose }: FormReviewProps) {
  const { t } = useTranslation();
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  // The store takes a moment to forget a doubt: a second key must not decide it twice.
  const [decided, setDecided] = useState<readonly FormDoubt[]>([]);
  const [said, setSaid] = useState('');
  const place = useRef<HTMLElement>(null);
  const done = new Set(decided.map(idOf));
  const open = doubts.filter((doubt) => !done.has(idOf(doubt)));
  const current = open.find((doubt) => !later.has(idOf(doubt)));
  const last = decided.at(-1);

  useEffect(() => place.current?.focus({ preventScroll: false }), []);

  function decide(value: string) {
    if (current === undefined) return;
    setDecided([...decided, current]);
    setSaid(`${current.row.name}: ${value === '' ? t('forms.blank') : value}`);
    void theFormFlow().correctBox(current.page.id, current.key, value);
  }

  function goBack() {
    if (last === undefined) return;
    setDecided(decided.slice(0, -1));
    void theFormFlow().correctBox(last.page.id, last.key, undefined);
  }

  const skip = () => current !== undefined && setLater(new Set([...later, idOf(current)]));
  const accept = () => (current === undefined || current.value === '' ? false : decide(current.value));

  useKeys(({ key }) => {
    if (current === undefined) return key === 'Escape' && onClose();
    const character = key.length === 1 ? key.toUpperCase() : '';
    if (character !== '' && alphabetOf(current.row).includes(character)) return decide(character);
    switch (key) {
      case ' ':
        return decide('');
      case 'Enter':
        return accept();
      case 'Backspace':
      case 'ArrowLeft':
        return goBack();
      case 'ArrowRight':
        return skip();
      case 'Escape':
        return onClose();
      default:
        return false;
    }
  });

  return (
    <section ref={place} className={styles.review} tabIndex={-1} aria-label={t('forms.reviewTitle')}>
      <header className={styles.head}>
        <h3>{t('forms.reviewTitle')}</h3>
        <span className={styles.quiet}>{t('forms.left', { count: open.length })}</span>
        <IconButton icon={X} label={t('controls.close')} onPress={onClose} />
      </header>
      {current === undefined && doubts.length > open.length ? (
        // What was decided is said to be only once it is kept.
        <div className={styles.end} aria-busy />
      ) : current === undefined ? (
        <div className={styles.end}>
          <p>{open.length === 0 ? t('forms.reviewDone') : t('forms.laterLeft', { count: open.length })}</p>
          {open.length > 0 && <Button onPress={() => setLater(new Set())}>{t('forms.laterNow')}</Button>}
          <Button kind="primary" onPress={onClose}>
            {t('controls.close')}
          </Button>
        </div>
      ) : (
        <>
          <p>
            <strong>{current.row.name}</strong>{' '}
            {t('forms.boxOf', { place: current.place + 1, page: current.pageNumber })}
          </p>
          <BoxCrop key={idOf(current)} form={form} doubt={current} />
          <p className={styles.quiet}>{sayReading(current)}</p>
          <input
            className={styles.type}
            aria-label={t('forms.type')}
            value={current.value}
            maxLength={2}
            inputMode={current.row.holds === 'digits' ? 'numeric' : 'text'}
            autoComplete="off"
            autoCapitalize="characters"
            onChange={({ target }) => {
              const typed = target.value.toUpperCase().replace(current.value, '').slice(-1) || target.value.slice(-1);
              if (alphabetOf(current.row).includes(typed.toUpperCase()) && typed !== '') decide(typed.toUpperCase());
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') accept();
            }}
          />
          <div className={styles.moves}>
            <Button icon={ArrowLeft} isDisabled={last === undefined} onPress={goBack}>
              {t('forms.previous')}
            </Button>
            <Button onPress={() => decide('')}>{t('forms.blank')}</Button>
            <Button icon={ArrowRight} onPress={skip}>
              {t('forms.later')}
            </Button>
            <Button kind="primary" icon={Check} isDisabled={current.value === ''} onPress={accept}>
              {t('forms.accept', { value: current.value || '–' })}
            </Button>
          </div>
          <p className={styles.quiet}>{t('forms.keys')}</p>
        </>
      )}
      <output className={styles.unseen}>{said}</output>
    </section>
  );

  function sayReading({ value, reading }: FormDoubt): string {
    if (reading?.seen === false && value === '') return t('forms.lost');
    if (reading?.reading.state === 'scribbled') return t('forms.scribbled');
    const share = Math.round(100 * (reading?.reading.probability ?? 0));
    return value === '' ? t('forms.readBlank') : t('forms.readAs', { value, share });
  }
}

/** The box with those beside it; a frame says which one is meant. */
function BoxCrop({ form, doubt }: { readonly form: FormRecord; readonly doubt: FormDoubt }) {
  const { t } = useTranslation();
  const url = useFlatPage(doubt.page.id);
  const corners = doubt.reading?.place ?? [];
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  if (!Number.isFinite(left)) return null;
  return (
    <svg
      className={styles.crop}
      viewBox={`${left - 3 * width} ${top - 0.6 * height} ${7 * width} ${2.2 * height}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a part of a picture with a frame over it
      role="img"
      aria-label={t('forms.crop')}
    >
      {url !== undefined && <image href={url} width={form.size.width} height={form.size.height} />}
      <polygon className={styles.frame} points={corners.map(({ x, y }) => `${x},${y}`).join(' ')} />
    </svg>
  );
}
