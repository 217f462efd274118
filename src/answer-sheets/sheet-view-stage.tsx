import { type MouseEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Size } from '#contract/images.ts';
import type { Position } from '#contract/sheets.ts';
import { SheetOverlay, type SignedField, measureSpacing } from './sheet-overlay.tsx';
import { findPressed, findTurns, shareOf, turnPhoto } from './sheet-view-turn.ts';
import type { ListedSheet } from '#src/store/records.ts';
import styles from './sheet-view.module.css';

export interface SheetStageHandle {
  toggleZoom(): void;
}

interface SheetViewStageProps {
  readonly ref: Ref<SheetStageHandle>;
  readonly sheet: ListedSheet;
  readonly photo: string | undefined;
  readonly size: Size;
  readonly fields: readonly SignedField[];
  readonly selected: string | undefined;
  readonly onPress: (label: string, value: string) => void;
  readonly onZoom: (isZoomed: boolean) => void;
}

/** How much larger than the whole sheet, at least as wide as there is room. */
const zoomFactor = 2.5;
/** Bubbles that are closer together than this on the screen are not told apart by a finger: the first tap comes closer. */
const leastSpacingCssPx = 15;

interface Zoom {
  readonly widthPx: number;
  /** What stays in the middle, as shares of the picture. */
  readonly at: Position;
}

/** The photo, the right way up, with the signs on it. A tap on a bubble corrects it; between them it comes closer. */
export function SheetViewStage(props: SheetViewStageProps) {
  const { ref, sheet, photo, size, fields, selected, onPress, onZoom } = props;
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const group = useRef<SVGGElement>(null);
  const [zoom, setZoom] = useState<Zoom>();
  const turns = sheet.reading?.found === true ? findTurns(sheet.reading.corners) : 0;
  const { transform, view } = turnPhoto(turns, size);
  const spacing = measureSpacing(fields.map(({ reading }) => reading));

  function zoomTo(at: Position | undefined) {
    const place = stage.current;
    if (place === null) return;
    if (at === undefined) setZoom(undefined);
    else {
      const fitting = Math.min(place.clientWidth, (place.clientHeight * view.width) / view.height);
      setZoom({ widthPx: Math.max(place.clientWidth, zoomFactor * fitting), at });
    }
    onZoom(at !== undefined);
  }

  /** The field that is being looked at, else about where answers begin. */
  function placeToSee(): Position {
    const shown = fields.find(({ reading }) => reading.label === selected)?.reading;
    const middle = shown?.written?.corners[0] ?? shown?.bubbles[shown.bubbles.length >> 1]?.center;
    return middle === undefined ? { x: 0.5, y: 0.4 } : shareOf(middle, turns, size);
  }

  useImperativeHandle(ref, () => ({
    toggleZoom: () => zoomTo(zoom === undefined ? placeToSee() : undefined),
  }));

  useLayoutEffect(() => {
    const place = stage.current;
    if (place === null || zoom === undefined) return;
    place.scrollLeft = zoom.at.x * place.scrollWidth - place.clientWidth / 2;
    place.scrollTop = zoom.at.y * place.scrollHeight - place.clientHeight / 2;
  }, [zoom]);

  function press(event: MouseEvent<SVGSVGElement>) {
    const toScreen = group.current?.getScreenCTM();
    if (toScreen === null || toScreen === undefined) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(toScreen.inverse());
    const isNear = spacing * Math.hypot(toScreen.a, toScreen.b) >= leastSpacingCssPx;
    const pressed = findPressed(
      fields.map(({ reading }) => reading),
      { x, y },
      0.7 * spacing,
    );
    if (isNear && pressed !== undefined) return onPress(pressed.label, pressed.value);
    if (zoom !== undefined) return;
    const box = event.currentTarget.getBoundingClientRect();
    const scale = Math.min(box.width / view.width, box.height / view.height);
    zoomTo({
      x: 0.5 + (event.clientX - box.left - box.width / 2) / (view.width * scale),
      y: 0.5 + (event.clientY - box.top - box.height / 2) / (view.height * scale),
    });
  }

  return (
    <div ref={stage} className={styles.stage} data-zoomed={zoom !== undefined || undefined}>
      {/* The keyboard's way is the list of answers beside it. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
      <svg
        className={styles.photo}
        viewBox={`0 0 ${view.width} ${view.height}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a photo with signs over it
        role="img"
        aria-label={t('sheets.view.photo')}
        onClick={press}
        {...(zoom === undefined
          ? {}
          : { style: { width: zoom.widthPx, height: (zoom.widthPx * view.height) / view.width } })}
      >
        <g ref={group} transform={transform}>
          {photo !== undefined && (
            <image href={photo} width={size.width} height={size.height} preserveAspectRatio="none" />
          )}
          <SheetOverlay fields={fields} spacing={spacing} selected={selected} />
        </g>
      </svg>
    </div>
  );
}
