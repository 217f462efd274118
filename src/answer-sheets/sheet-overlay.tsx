import { memo } from 'react';

import type { FieldReading, Position } from '#contract/sheets.ts';
import { type FieldSign, signBox } from './sheet-overlay-signs.ts';
import styles from './sheet-overlay.module.css';

export interface SignedField {
  readonly reading: FieldReading;
  readonly signs: readonly (FieldSign | undefined)[];
}

/** Bubbles of fields lie this far apart, in pixels of the photo; the middle of all, as a tilted photo has many sizes. */
export function measureSpacing(fields: readonly Pick<FieldReading, 'bubbles'>[]): number {
  const distances = fields
    .flatMap(({ bubbles }) =>
      bubbles.slice(1).map(({ center }, index) => {
        const before = bubbles[index]?.center ?? center;
        return Math.hypot(center.x - before.x, center.y - before.y);
      }),
    )
    .toSorted((a, b) => a - b);
  return distances[distances.length >> 1] ?? 30;
}

interface SheetOverlayProps {
  readonly fields: readonly SignedField[];
  /** Of bubbles, in pixels of the photo. */
  readonly spacing: number;
  /** The field that is being looked at. */
  readonly selected: string | undefined;
}

/** Signs over the bubbles of a photo, in its pixels. Told apart by their form, not by colour alone. */
export const SheetOverlay = memo(function SheetOverlay({ fields, spacing, selected }: SheetOverlayProps) {
  const radius = 0.42 * spacing;
  const shown = fields.find(({ reading }) => reading.label === selected);
  return (
    <g>
      {shown !== undefined && (
        <polyline
          className={styles.selected}
          strokeWidth={1.1 * spacing}
          points={say(shown.reading.bubbles.map(({ center }) => center))}
        />
      )}
      {shown?.reading.written !== undefined && (
        <polygon className={styles.selected} strokeWidth={0.3 * spacing} points={say(shown.reading.written.corners)} />
      )}
      {fields.map(({ reading: { label, written }, signs }) => {
        const sign = signBox(signs);
        if (written === undefined || sign === undefined) return null;
        // Beside the character, not over it.
        const [{ x: right, y: top }, corner] = [written.corners[1], written.corners[2]];
        const size = Math.hypot(corner.x - right, corner.y - top);
        return (
          <g key={label} transform={`translate(${corner.x} ${corner.y}) scale(${0.24 * size})`}>
            <BubbleSign sign={sign} />
          </g>
        );
      })}
      {fields.flatMap(({ reading, signs }) =>
        reading.bubbles.map(({ center: { x, y }, value }, index) => {
          const sign = signs[index];
          return sign === undefined ? null : (
            <g key={`${reading.label} ${value}`} transform={`translate(${x} ${y}) scale(${radius})`}>
              <BubbleSign sign={sign} />
            </g>
          );
        }),
      )}
    </g>
  );
});

function say(points: readonly Position[]): string {
  return points.map(({ x, y }) => `${x},${y}`).join(' ');
}

/** About the origin, in radii of a bubble. Each line is drawn twice: light below, so that it is seen on a filled bubble. */
export function BubbleSign({ sign }: { readonly sign: FieldSign }) {
  const path = paths[sign];
  return (
    <g className={styles[sign]}>
      <path className={styles.halo} d={path} />
      <path className={styles.line} d={path} />
    </g>
  );
}

const ring = 'M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0';

const paths: Readonly<Record<FieldSign, string>> = {
  right: `${ring}M-0.45 0.05L-0.12 0.4L0.5 -0.35`,
  wrong: 'M-0.8 -0.8L0.8 0.8M0.8 -0.8L-0.8 0.8',
  missed: ring,
  open: `${ring}M-0.3 -0.3a0.32 0.32 0 1 1 0.42 0.32q-0.12 0.05 -0.12 0.22M0 0.55v0.02`,
  marked: ring,
};
