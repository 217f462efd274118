import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { SheetRectangle } from '#contract/sheets.ts';
import type { FieldPlace } from './review-crop.ts';
import styles from './review-field-picture.module.css';
import type { FlatState } from './review-pictures.ts';

interface CropProps {
  readonly flat: FlatState;
  /** Undefined where the field has no place on the sheet. */
  readonly crop: SheetRectangle | undefined;
  readonly label: string;
  readonly children?: ReactNode;
}

/** A part of the flattened sheet, as large as there is room. */
export function SheetCrop({ flat, crop, label, children }: CropProps) {
  const { t } = useTranslation();
  const isThere = flat.phase === 'there' && crop !== undefined;
  return (
    <div className={styles.stage} data-coming={flat.phase === 'coming' || undefined}>
      {isThere ? (
        <svg
          className={styles.crop}
          viewBox={`${crop.left} ${crop.top} ${crop.width} ${crop.height}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a part of a picture with marks over it
          role="img"
          aria-label={label}
        >
          <image href={flat.picture.url} width={flat.picture.size.width} height={flat.picture.size.height} />
          {children}
        </svg>
      ) : (
        <p className={styles.words}>
          {flat.phase === 'coming' ? t('sheets.review.cropComing') : t('sheets.review.cropFailed')}
        </p>
      )}
    </div>
  );
}

interface FieldPictureProps {
  readonly flat: FlatState;
  readonly place: FieldPlace | undefined;
  /** For each bubble, whether it counts as marked. */
  readonly marked: readonly boolean[];
  /** By a person; before that it is only what was read. */
  readonly isDecided: boolean;
}

/** The bubbles of a field with their neighbours; a frame says which field is meant, rings what was read. */
export function FieldPicture({ flat, place, marked, isDecided }: FieldPictureProps) {
  const { t } = useTranslation();
  return (
    <SheetCrop flat={flat} crop={place?.crop} label={t('sheets.review.crop')}>
      {place !== undefined && (
        <>
          <Around inside={place.bounds} />
          <rect
            className={styles.frame}
            x={place.bounds.left}
            y={place.bounds.top}
            width={place.bounds.width}
            height={place.bounds.height}
            rx={place.radius}
          />
          {place.centers.map(
            ({ x, y }, index) =>
              marked[index] === true && (
                <circle
                  key={`${x} ${y}`}
                  className={styles.ring}
                  data-decided={isDecided || undefined}
                  cx={x}
                  cy={y}
                  r={1.3 * place.radius}
                />
              ),
          )}
        </>
      )}
    </SheetCrop>
  );
}

/** Veils everything but what is meant. The picture fills its place, whatever shape that has, and so shows more than the crop. */
export function Around({ inside }: { readonly inside: SheetRectangle }) {
  const { left, top, width, height } = inside;
  const far = 20 * Math.max(width, height);
  const everything = { left: left - far, top: top - far, width: width + 2 * far, height: height + 2 * far };
  return <path className={styles.around} fillRule="evenodd" d={drawBox(everything) + drawBox(inside)} />;
}

function drawBox({ left, top, width, height }: SheetRectangle): string {
  return `M${left} ${top}h${width}v${height}h${-width}z`;
}
