import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { useFormats } from '#src/ui/use-formats.ts';
import type { Bar } from './ops-figures.ts';
import styles from './ops-screen.module.css';

interface OpsBarsProps {
  readonly bars: readonly Bar[];
  /** How many, with those that did not work at the bottom; or the largest p95 in ms. */
  readonly shows: 'count' | 'slowest';
  readonly timeOf: (at: number) => string;
}

/** Units of the drawing, which is scaled to the room it has. */
const size = { width: 600, height: 160 };
const gap = 3;

/** A bar for each bucket. Screen readers hear what it is of and how high it goes; a table has the figures. */
export function OpsBars({ bars, shows, timeOf }: OpsBarsProps) {
  const { t, i18n } = useTranslation();
  const { milliseconds } = useFormats();
  const id = useId();
  const numbers = new Intl.NumberFormat(i18n.language);
  const valueOf = ({ figures }: Bar) => (shows === 'count' ? figures?.count : figures?.p95.most) ?? 0;
  const format = (value: number) => (shows === 'count' ? numbers.format(value) : milliseconds(value));
  const most = Math.max(1, ...bars.map(valueOf));
  const step = size.width / Math.max(1, bars.length);
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;
  const ends = { from: timeOf(first.at), to: timeOf(last.at), most: format(most) };

  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption id={id}>
        <strong>{t(shows === 'count' ? 'telemetry.ops.countChart' : 'telemetry.ops.slowChart')}</strong>
        {shows === 'count' && (
          <span className={styles.legend}>
            <span className={styles.goodSign} aria-hidden /> {t('telemetry.ops.good')}
            <span className={styles.badSign} aria-hidden /> {t('telemetry.ops.bad')}
          </span>
        )}
      </figcaption>
      <p className={styles.scale} aria-hidden>
        {ends.most}
      </p>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an svg with bars of its own is no img
        role="img"
        aria-label={t(shows === 'count' ? 'telemetry.ops.countChartLabel' : 'telemetry.ops.slowChartLabel', ends)}
        className={styles.bars}
      >
        {bars.map((bar, index) => {
          const value = valueOf(bar);
          const height = (value / most) * size.height;
          const badHeight = shows === 'count' ? height * (bar.figures?.failureRate ?? 0) : 0;
          const place = { x: index * step + gap / 2, width: Math.max(1, step - gap) };
          return (
            <g key={bar.at}>
              <title>{t('telemetry.ops.bar', { time: timeOf(bar.at), value: format(value) })}</title>
              <rect {...place} y={size.height - height} height={height - badHeight} className={styles.good} />
              <rect {...place} y={size.height - badHeight} height={badHeight} className={styles.bad} />
            </g>
          );
        })}
      </svg>
      <p className={styles.ends} aria-hidden>
        <span>{ends.from}</span>
        <span>{ends.to}</span>
      </p>
    </figure>
  );
}
