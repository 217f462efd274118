import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { cropMatrix, type HeadRules, type IdCrop } from '#contract/id-photos.ts';
import { photoPoint, type PhotoPoint, type Size } from '#contract/images.ts';
import { useElementSize } from '#src/ui/use-element-size.ts';
import { measureHead, type Head } from './id-placement.ts';
import { usePictureUrl } from './picture-url.ts';
import styles from './id-photo.module.css';

interface IdStageProps {
  readonly photo: Blob;
  readonly photoSize: Size;
  readonly frameMm: Size;
  readonly crop: IdCrop;
  readonly head: Head | undefined;
  readonly rules: HeadRules;
  readonly onChange: (change: Pick<IdCrop, 'centre'>) => void;
}

const stepPx = 1;
const longStepPx = 10;

interface Drag {
  readonly pointerId: number;
  readonly x: number;
  readonly y: number;
  readonly centre: PhotoPoint;
}

/** The frame, with the photo moved below it: by dragging, or by the arrow keys. */
export function IdStage({ photo, photoSize, frameMm, crop, head, rules, onChange }: IdStageProps) {
  const { t } = useTranslation();
  const stage = useRef<HTMLButtonElement>(null);
  const room = useElementSize(stage);
  const url = usePictureUrl(photo);
  const [drag, setDrag] = useState<Drag>();

  /** The frame's middle after the photo was moved by so many pixels of the screen. */
  function movedBy(from: PhotoPoint, x: number, y: number): PhotoPoint {
    const perPx = crop.width / Math.max(1, room?.width ?? 1);
    const angle = (crop.tiltDegrees * Math.PI) / 180;
    return photoPoint(
      from.x - (x * Math.cos(angle) - y * Math.sin(angle)) * perPx,
      from.y - (x * Math.sin(angle) + y * Math.cos(angle)) * perPx,
    );
  }

  function start(event: PointerEvent<HTMLElement>) {
    if (!event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ pointerId: event.pointerId, x: event.clientX, y: event.clientY, centre: crop.centre });
  }

  function goOn(event: PointerEvent) {
    if (drag === undefined || event.pointerId !== drag.pointerId) return;
    onChange({ centre: movedBy(drag.centre, event.clientX - drag.x, event.clientY - drag.y) });
  }

  function step(event: KeyboardEvent) {
    const [x, y] = arrows[event.key] ?? [0, 0];
    if (x === 0 && y === 0) return;
    event.preventDefault();
    const distance = event.shiftKey ? longStepPx : stepPx;
    onChange({ centre: movedBy(crop.centre, x * distance, y * distance) });
  }

  return (
    <button
      ref={stage}
      type="button"
      className={styles.stage}
      style={{ aspectRatio: `${frameMm.width} / ${frameMm.height}` }}
      aria-label={t('faces.id.move')}
      onPointerDown={start}
      onPointerMove={goOn}
      onPointerUp={() => setDrag(undefined)}
      onPointerCancel={() => setDrag(undefined)}
      onKeyDown={step}
    >
      {room !== undefined && url !== undefined && (
        <img
          src={url}
          alt=""
          draggable={false}
          style={{
            width: photoSize.width,
            height: photoSize.height,
            transform: `matrix(${cropMatrix(crop, room).join(',')})`,
          }}
        />
      )}
      <Guides
        frameMm={frameMm}
        rules={rules}
        measures={head === undefined ? undefined : measureHead(head, crop, frameMm)}
        head={head}
      />
    </button>
  );
}

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface GuidesProps {
  readonly frameMm: Size;
  readonly rules: HeadRules;
  readonly measures: { readonly headMm: number; readonly eyesMm: number } | undefined;
  readonly head: Head | undefined;
}

/** The band that the eyes belong in, the middle, and where crown and chin seem to be. In millimetres of the frame. */
function Guides({ frameMm: { width, height }, rules: { eyesMm }, measures, head }: GuidesProps) {
  const chin = measures && head && height - measures.eyesMm + (measures.headMm * head.chinToEyes) / head.height;
  const crown = measures && chin !== undefined ? chin - measures.headMm : undefined;
  return (
    <svg className={styles.overlay} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <rect className={styles.band} x={0} y={height - eyesMm.most} width={width} height={eyesMm.most - eyesMm.least} />
      <path className={styles.middle} d={`M${width / 2} 0V${height}`} />
      {crown !== undefined && <path className={styles.level} d={`M0 ${crown}H${width}`} />}
      {chin !== undefined && <path className={styles.level} d={`M0 ${chin}H${width}`} />}
    </svg>
  );
}
