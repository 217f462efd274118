import { useId } from 'react';

import { classNames } from '#src/ui/controls/class-names.ts';
import styles from './charts.module.css';

export interface HistogramBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

interface HistogramProps {
  /** From the lowest on, each beginning where the one before ends. */
  readonly bins: readonly HistogramBin[];
  /** What it shows, in words. */
  readonly label: string;
  /** In units of the bins; drawn as a dashed line. */
  readonly mean: number | undefined;
  /** Drawn lighter: below the pass mark. */
  readonly isBelow: (bin: HistogramBin) => boolean;
  readonly formatEdge: (edge: number) => string;
}

/* In units of the drawing, which is as wide as a column beside the table. */
const width = 340;
const height = 170;
const top = 18;
const bottom = 22;

export function Histogram({ bins, label, mean, isBelow, formatEdge }: HistogramProps) {
  const id = useId();
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const start = bins[0]?.from ?? 0;
  const end = bins.at(-1)?.to ?? 100;
  const place = (value: number) => ((value - start) / (end - start || 1)) * width;
  const floor = height - bottom;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn here, so no file that an img element could show
    <svg className={styles.svg} viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={id}>
      <title id={id}>{label}</title>
      {bins.map((bin) => {
        const { from, to, count } = bin;
        const high = (count / most) * (floor - top);
        return (
          <g key={from}>
            <rect
              className={classNames(isBelow(bin) ? styles.barFailed : styles.bar)}
              x={place(from) + 1.5}
              y={floor - high}
              width={Math.max(1, place(to) - place(from) - 3)}
              height={high}
              rx={2}
            />
            {count > 0 && (
              <text className={styles.count} x={(place(from) + place(to)) / 2} y={floor - high - 5}>
                {count}
              </text>
            )}
          </g>
        );
      })}
      <line className={styles.axis} x1={0} x2={width} y1={floor} y2={floor} />
      {mean !== undefined && (
        <line className={styles.mean} x1={place(mean)} x2={place(mean)} y1={top - 12} y2={floor} />
      )}
      {bins.map(({ from }, index) =>
        // Every second edge is named, so that three-digit ones do not touch.
        index % 2 === 0 && index > 0 ? (
          <text key={from} className={styles.tick} x={place(from)} y={height - 6}>
            {formatEdge(from)}
          </text>
        ) : null,
      )}
      <text className={styles.tick} x={0} y={height - 6} style={{ textAnchor: 'start' }}>
        {formatEdge(start)}
      </text>
      <text className={styles.tick} x={width} y={height - 6} style={{ textAnchor: 'end' }}>
        {formatEdge(end)}
      </text>
    </svg>
  );
}
