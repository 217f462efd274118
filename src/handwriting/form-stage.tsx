import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Size } from '#contract/images.ts';
import type { Position, SheetRectangle } from '#contract/sheets.ts';
import type { FormRow } from '#src/store/records.ts';
import { boxesOf, rectangleBetween } from './form-rows.ts';
import styles from './form-stage.module.css';

interface FormStageProps {
  readonly picture: string | undefined;
  readonly size: Size;
  readonly rows: readonly FormRow[];
  readonly selectedId: string | undefined;
  /** A drag draws a new row. */
  readonly isDrawing: boolean;
  readonly onDraw: (place: SheetRectangle) => void;
  readonly onSelect: (id: string) => void;
  /** Once, when a drag ends. */
  readonly onMove: (row: FormRow, place: SheetRectangle) => void;
}

type Drag =
  | { readonly is: 'drawing'; readonly from: Position; readonly to: Position }
  | { readonly is: 'moving'; readonly row: FormRow; readonly from: Position; readonly to: Position }
  | { readonly is: 'pulling'; readonly row: FormRow; readonly fixed: Position; readonly to: Position };

const arrows: Readonly<Record<string, Position>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The form's flat picture with its rows of boxes over it, in the picture's own pixels. */
export function FormStage({ picture, size, rows, selectedId, isDrawing, onDraw, onSelect, onMove }: FormStageProps) {
  const { t } = useTranslation();
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<Drag>();
  const selected = rows.find(({ id }) => id === selectedId);

  const locate = (event: PointerEvent): Position => {
    const box = svg.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return { x: 0, y: 0 };
    return {
      x: ((event.clientX - box.left) * size.width) / box.width,
      y: ((event.clientY - box.top) * size.height) / box.height,
    };
  };

  const begin = (event: PointerEvent, next: Drag) => {
    event.stopPropagation();
    svg.current?.setPointerCapture(event.pointerId);
    setDrag(next);
  };

  const end = () => {
    const place = drag === undefined ? undefined : placeOf(drag, size);
    setDrag(undefined);
    if (drag === undefined || place === undefined) return;
    if (drag.is === 'drawing') onDraw(place);
    else onMove(drag.row, place);
  };

  const step = (event: KeyboardEvent, row: FormRow, pulls: boolean) => {
    const arrow = Object.hasOwn(arrows, event.key) ? arrows[event.key] : undefined;
    if (arrow === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 10 : 1;
    const { left, top, width, height } = row.place;
    const from = pulls ? { x: left, y: top } : { x: left + arrow.x * far, y: top + arrow.y * far };
    const to = { x: left + width + arrow.x * far, y: top + height + arrow.y * far };
    const place = rectangleBetween(from, to, size);
    if (place !== undefined) onMove(row, place);
  };

  return (
    <div className={styles.sheet} style={{ aspectRatio: `${size.width} / ${size.height}` }}>
      {picture !== undefined && <img src={picture} alt={t('forms.pictureAlt')} draggable={false} />}
      <svg
        ref={svg}
        viewBox={`0 0 ${size.width} ${size.height}`}
        className={styles.overlay}
        data-drawing={isDrawing || undefined}
        onPointerDown={(event) => {
          if (!isDrawing) return;
          const at = locate(event);
          begin(event, { is: 'drawing', from: at, to: at });
        }}
        onPointerMove={(event) => {
          if (drag !== undefined) setDrag({ ...drag, to: locate(event) });
        }}
        onPointerUp={end}
        onPointerCancel={() => setDrag(undefined)}
      >
        {rows.map((row) => (
          <g
            key={row.id}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a button element cannot stand in an SVG
            role="button"
            tabIndex={0}
            aria-label={t('forms.rowOf', { name: row.name })}
            aria-pressed={row.id === selectedId}
            className={styles.row}
            data-selected={row.id === selectedId || undefined}
            onPointerDown={(event) => {
              if (isDrawing) return;
              onSelect(row.id);
              const at = locate(event);
              begin(event, { is: 'moving', row, from: at, to: at });
            }}
            onFocus={() => onSelect(row.id)}
            onKeyDown={(event) => step(event, row, false)}
          >
            {boxesOf({ ...row, place: shownPlace(row, drag, size) }).map(({ left, top, width, height }, at) => (
              // Boxes have no names: their place in the row is all that tells them apart.
              // eslint-disable-next-line react/no-array-index-key
              <rect key={at} x={left} y={top} width={width} height={height} />
            ))}
          </g>
        ))}
        {selected !== undefined && !isDrawing && (
          <Corner
            place={shownPlace(selected, drag, size)}
            size={size}
            onPointerDown={(event) => {
              const { left, top } = selected.place;
              begin(event, { is: 'pulling', row: selected, fixed: { x: left, y: top }, to: locate(event) });
            }}
            onKeyDown={(event) => step(event, selected, true)}
          />
        )}
        {drag?.is === 'drawing' && <Drawn place={placeOf(drag, size)} />}
      </svg>
    </div>
  );
}

function shownPlace(row: FormRow, drag: Drag | undefined, size: Size): SheetRectangle {
  if (drag === undefined || drag.is === 'drawing' || drag.row.id !== row.id) return row.place;
  return placeOf(drag, size) ?? row.place;
}

function placeOf(drag: Drag, size: Size): SheetRectangle | undefined {
  if (drag.is === 'drawing') return rectangleBetween(drag.from, drag.to, size);
  if (drag.is === 'pulling') return rectangleBetween(drag.fixed, drag.to, size);
  const { left, top, width, height } = drag.row.place;
  const [x, y] = [drag.to.x - drag.from.x, drag.to.y - drag.from.y];
  // A tap chooses a row and moves nothing.
  if (Math.hypot(x, y) < 3) return undefined;
  return rectangleBetween({ x: left + x, y: top + y }, { x: left + x + width, y: top + y + height }, size);
}

interface CornerProps {
  readonly place: SheetRectangle;
  readonly size: Size;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The corner at the end of a row, to make it fit. */
function Corner({ place: { left, top, width, height }, size, onPointerDown, onKeyDown }: CornerProps) {
  const { t } = useTranslation();
  const x = left + width;
  const y = top + height;
  return (
    <circle
      className={styles.corner}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input moves along one axis only
      role="slider"
      tabIndex={0}
      aria-label={t('forms.corner')}
      aria-valuemin={0}
      aria-valuemax={size.width}
      aria-valuenow={x}
      aria-valuetext={t('forms.at', { x, y })}
      cx={x}
      cy={y}
      r={size.width / 60}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}

function Drawn({ place }: { readonly place: SheetRectangle | undefined }) {
  if (place === undefined) return null;
  const { left, top, width, height } = place;
  return <rect className={styles.drawn} x={left} y={top} width={width} height={height} />;
}
