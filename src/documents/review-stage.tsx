import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '#src/ui/controls/button.tsx';
import styles from './review-screen.module.css';

interface ReviewStageProps {
  /** The page's picture; undefined until there is one. */
  readonly picture: string | undefined;
  /** The same page before cleaning, shown in its place while the user compares. */
  readonly before: string | undefined;
  /** What is being done to the page, in words. */
  readonly status: string | undefined;
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** A finger that moves less than this has tapped. */
const swipePx = 60;

/** One page, large. Swiping and the arrows at its sides lead to its neighbours. */
export function ReviewStage({ picture, before, status, onPrevious, onNext }: ReviewStageProps) {
  const { t } = useTranslation();
  const swipe = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);

  function endSwipe(event: PointerEvent) {
    const start = swipe.current;
    swipe.current = undefined;
    if (start === undefined || event.pointerType === 'mouse') return;
    const across = event.clientX - start.x;
    if (Math.abs(across) < swipePx || Math.abs(across) < 2 * Math.abs(event.clientY - start.y)) return;
    if (across > 0) onPrevious?.();
    else onNext?.();
  }

  return (
    <div
      className={styles.stage}
      onPointerDown={({ isPrimary, clientX, clientY }) => {
        swipe.current = isPrimary ? { x: clientX, y: clientY } : undefined;
      }}
      onPointerUp={endSwipe}
      onPointerCancel={() => {
        swipe.current = undefined;
      }}
    >
      {picture !== undefined && (
        <img className={styles.page} src={picture} alt={t('review.page')} decoding="async" draggable={false} />
      )}
      {before !== undefined && (
        <img className={styles.before} src={before} alt={t('review.photo')} decoding="async" draggable={false} />
      )}
      <output className={styles.status} data-shown={status !== undefined || undefined}>
        {status}
      </output>
      {onPrevious !== undefined && (
        <IconButton
          icon={ChevronLeft}
          label={t('review.previous')}
          className={styles.previous ?? ''}
          onPress={onPrevious}
        />
      )}
      {onNext !== undefined && (
        <IconButton icon={ChevronRight} label={t('review.next')} className={styles.next ?? ''} onPress={onNext} />
      )}
    </div>
  );
}
