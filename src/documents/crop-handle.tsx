import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { StagePoint } from './crop-view.ts';
import styles from './crop-editor.module.css';

/** What corners and sides are called as they are seen, clockwise from the top left. */
export const cornerNames = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'] as const;
export const sideNames = ['top', 'right', 'bottom', 'left'] as const;

interface CropHandleProps {
  readonly kind: 'corner' | 'side';
  readonly name: (typeof cornerNames)[number] | (typeof sideNames)[number];
  readonly at: StagePoint;
  /** Where it lies in the photo as it is seen, 0 to 1 each way. */
  readonly share: StagePoint;
  readonly onDragStart: (event: PointerEvent<HTMLElement>) => void;
  readonly onDrag: (event: PointerEvent) => void;
  readonly onDragEnd: () => void;
  readonly onStep: (event: KeyboardEvent) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/** A touch target with a knob in it: a round one for a corner, a bar for a side. */
export function CropHandle({ kind, name, at, share, ...events }: CropHandleProps) {
  const { t } = useTranslation();
  const label = labelOf(name);
  const movesAcross = name === 'left' || name === 'right';
  const value = kind === 'side' && !movesAcross ? share.y : share.x;
  return (
    <div
      className={kind === 'corner' ? styles.corner : styles.side}
      data-upright={movesAcross || undefined}
      style={{ left: at.x, top: at.y }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a native range input moves along one axis only
      role="slider"
      tabIndex={0}
      aria-label={t(label)}
      aria-orientation={kind === 'side' && !movesAcross ? 'vertical' : 'horizontal'}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 100)}
      aria-valuetext={t('crop.position', { across: percent(share.x), down: percent(share.y) })}
      onPointerDown={events.onDragStart}
      onPointerMove={events.onDrag}
      onPointerUp={events.onDragEnd}
      onPointerCancel={events.onDragEnd}
      onKeyDown={events.onStep}
      onFocus={events.onFocus}
      onBlur={events.onBlur}
    />
  );
}

function labelOf(name: CropHandleProps['name']) {
  switch (name) {
    case 'top':
    case 'right':
    case 'bottom':
    case 'left':
      return `crop.side.${name}` as const;
    default:
      return `crop.corner.${name}` as const;
  }
}

function percent(share: number): string {
  return share.toLocaleString(document.documentElement.lang || undefined, {
    style: 'percent',
    maximumFractionDigits: 0,
  });
}
