import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { classNames } from '#src/ui/controls/class-names.ts';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { listPointKeys } from './hand-marking-queue.ts';
import choices from './review-choices.module.css';
import { useKeys } from '#src/ui/use-keys.ts';
import styles from './review-step.module.css';

interface PointKeysProps {
  /** Of the question. */
  readonly most: number;
  readonly given: number | undefined;
  readonly onPoints: (points: number) => void;
}

/** Points by one key; where the question has more than one digit can say, they are typed. */
export function PointKeys({ most, given, onPoints }: PointKeysProps) {
  const keys = listPointKeys(most);
  return keys === undefined ? (
    <TypedPoints most={most} given={given} onPoints={onPoints} />
  ) : (
    <OneKeyPoints keys={keys} most={most} given={given} onPoints={onPoints} />
  );
}

function OneKeyPoints({ keys, most, given, onPoints }: PointKeysProps & { readonly keys: readonly number[] }) {
  const { t } = useTranslation();
  const [addsHalf, setAddsHalf] = useState(false);
  const worth = (points: number) => Math.min(most, points + (addsHalf ? 0.5 : 0));

  useKeys(({ key }) => {
    if (key === '.' || key === ',') return setAddsHalf(!addsHalf);
    const points = /^\d$/.test(key) ? Number(key) : undefined;
    return points !== undefined && points <= most && onPoints(worth(points));
  });

  return (
    <>
      <PointsLine most={most} given={given} />
      <fieldset className={choices.choices} aria-label={t('sheets.hand.points')}>
        {keys.map((points) => (
          <Button
            key={points}
            aria-pressed={given === worth(points)}
            className={classNames(choices.choice, given === worth(points) && choices.marked)}
            onPress={() => onPoints(worth(points))}
          >
            {worth(points)}
          </Button>
        ))}
        <Button
          aria-pressed={addsHalf}
          aria-label={t('sheets.hand.halfLabel')}
          className={classNames(choices.choice, choices.blank, addsHalf && choices.marked)}
          onPress={() => setAddsHalf(!addsHalf)}
        >
          {t('sheets.hand.half')}
        </Button>
      </fieldset>
    </>
  );
}

function PointsLine({ most, given }: Pick<PointKeysProps, 'most' | 'given'>) {
  const { t, i18n } = useTranslation();
  return (
    <p className={styles.read}>
      <strong>{t('sheets.hand.points')}</strong>{' '}
      <span className={styles.quiet}>
        {t('sheets.hand.pointsOf', { count: most })}
        {given !== undefined &&
          ` · ${t('sheets.hand.given', { points: new Intl.NumberFormat(i18n.language).format(given) })}`}
      </span>
    </p>
  );
}

function TypedPoints({ most, given, onPoints }: PointKeysProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(given === undefined ? '' : String(given));
  const points = typed.trim() === '' ? NaN : Number(typed.replace(',', '.'));
  const isFine = points >= 0 && points <= most;
  return (
    <form
      className={styles.typed}
      onSubmit={(event) => {
        event.preventDefault();
        if (isFine) onPoints(points);
      }}
    >
      <TextField
        label={`${t('sheets.hand.points')} ${t('sheets.hand.pointsOf', { count: most })}`}
        value={typed}
        inputMode="decimal"
        onChange={setTyped}
      />
      <Button kind="primary" type="submit" isDisabled={!isFine}>
        {t('sheets.hand.give')}
      </Button>
    </form>
  );
}
