import { EyeOff } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { Outline } from './hide-outlines.ts';
import styles from './hide-stage.module.css';

interface HideOutlineProps {
  readonly outline: Outline;
  readonly number: number;
  /** Pixels of the screen per pixel of the photo. */
  readonly scale: number;
  readonly isSelected: boolean;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  /** @param wasSelected whether it was chosen before the pointer came, or by the keys that press it. */
  readonly onPress: (wasSelected: boolean) => void;
  readonly onSelect: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

/** Below this many pixels an icon would only cover what it is about. */
const leastForIconPx = 40;

/** One outline. Chosen first, switched by the next press, so that a face is not shown by a slip of the finger. */
export function HideOutline({
  outline: { id, area, isHidden, isFound },
  number,
  scale,
  isSelected,
  onPointerDown,
  onPress,
  onSelect,
  onKeyDown,
  onBlur,
}: HideOutlineProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const wasSelected = useRef(false);
  const { x, y, width, height } = area.box;
  // What was just drawn, or chosen from elsewhere, takes the keys.
  useEffect(() => {
    if (isSelected) button.current?.focus({ preventScroll: true });
  }, [isSelected]);

  return (
    <button
      ref={button}
      type="button"
      data-outline={id}
      className={styles.outline}
      aria-pressed={isHidden}
      aria-label={isFound ? t('faces.hide.face', { number }) : t('faces.hide.area', { number })}
      data-shape={area.shape}
      data-selected={isSelected || undefined}
      style={{ left: x * scale, top: y * scale, width: width * scale, height: height * scale }}
      onPointerDown={(event) => {
        wasSelected.current = isSelected;
        onPointerDown(event);
      }}
      onClick={({ detail }) => {
        // 0: pressed by a key or by a screen reader, which has chosen it by its focus.
        onPress(detail === 0 || wasSelected.current);
      }}
      onFocus={onSelect}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
    >
      {isHidden && Math.min(width, height) * scale >= leastForIconPx && <EyeOff size={20} aria-hidden />}
    </button>
  );
}
