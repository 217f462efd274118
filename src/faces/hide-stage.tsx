import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';

import type { FaceBox } from '#contract/faces.ts';
import type { Size } from '#contract/images.ts';
import { useElementSize } from '#src/ui/use-element-size.ts';
import {
  drawnOutline,
  moveBox,
  outlineCorners,
  resizeBox,
  toggled,
  withBox,
  without,
  type Outline,
  type OutlineCorner,
} from './hide-outlines.ts';
import { HideOutline } from './hide-outline.tsx';
import { usePictureUrl } from './picture-url.ts';
import styles from './hide-stage.module.css';

interface HideStageProps {
  readonly photo: Blob;
  readonly photoSize: Size;
  readonly outlines: readonly Outline[];
  /** 1 fits the photo into the stage. */
  readonly zoom: number;
  readonly selectedId: string | undefined;
  /** The id of the outline that a drag over the photo draws; `undefined` while none is drawn. */
  readonly drawsAs: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onDrawn: (outline: Outline | undefined) => void;
  /** Changes with the same `gesture` are one step to undo. */
  readonly onChange: (outlines: readonly Outline[], gesture?: string) => void;
  readonly onSettle: () => void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a pointer does from going down to going up; pixels of the photo. */
type Drag =
  | { readonly does: 'draw'; readonly from: Point; readonly to: Point }
  | { readonly does: 'move'; readonly id: string; readonly box: FaceBox; readonly from: Point }
  | {
      readonly does: 'resize';
      readonly id: string;
      readonly corner: OutlineCorner;
      readonly box: FaceBox;
      readonly from: Point;
    };

/** A hand that trembles this little, in pixels of the screen, has pressed and not dragged. */
const tremblePx = 5;
const stepPx = 2;
const longStepPx = 12;

/** The photo with its outlines: press to choose and to switch, drag to move, corners to resize; all of it by keys too. */
export function HideStage({
  photo,
  photoSize,
  outlines,
  zoom,
  selectedId,
  drawsAs,
  onSelect,
  onDrawn,
  onChange,
  onSettle,
}: HideStageProps) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const room = useElementSize(stage);
  const url = usePictureUrl(photo);
  const [drag, setDrag] = useState<Drag>();
  /** The pointer that was down last has dragged: the click that follows is no press. */
  const hasDragged = useRef(false);
  const scale =
    room === undefined ? 0 : zoom * Math.min(1, room.width / photoSize.width, room.height / photoSize.height) || 0;
  const selected = outlines.find(({ id }) => id === selectedId);

  function photoPointAt({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
    const box = picture.current?.getBoundingClientRect();
    return { x: (clientX - (box?.left ?? 0)) / scale, y: (clientY - (box?.top ?? 0)) / scale };
  }

  function startDrawing(event: PointerEvent<HTMLElement>) {
    if (drawsAs === undefined || !event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = photoPointAt(event);
    setDrag({ does: 'draw', from, to: from });
  }

  function startMoving({ id, area }: Outline, event: PointerEvent<HTMLElement>) {
    hasDragged.current = false;
    // A finger on an outline that is not chosen scrolls the photo.
    if (!event.isPrimary || event.button !== 0 || (event.pointerType !== 'mouse' && id !== selectedId)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ does: 'move', id, box: area.box, from: photoPointAt(event) });
  }

  function startResizing(corner: OutlineCorner, event: PointerEvent<HTMLElement>) {
    if (selected === undefined || !event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ does: 'resize', id: selected.id, corner, box: selected.area.box, from: photoPointAt(event) });
  }

  function goOn(event: PointerEvent) {
    if (drag === undefined) return;
    const to = photoPointAt(event);
    const by = { x: to.x - drag.from.x, y: to.y - drag.from.y };
    if (drag.does === 'draw') {
      setDrag({ ...drag, to });
    } else if (drag.does === 'resize') {
      onChange(withBox(outlines, drag.id, resizeBox(drag.box, drag.corner, by)), `resize ${drag.id}`);
    } else if (hasDragged.current || Math.hypot(by.x, by.y) * scale > tremblePx) {
      hasDragged.current = true;
      onChange(withBox(outlines, drag.id, moveBox(drag.box, by, photoSize)), `move ${drag.id}`);
    }
  }

  function end() {
    if (drag === undefined) return;
    if (drag.does === 'draw') onDrawn(drawnOutline(drawsAs ?? 'drawn', drag.from, drag.to, photoSize));
    else onSettle();
    setDrag(undefined);
  }

  function press(outline: Outline, wasSelected: boolean) {
    if (hasDragged.current) hasDragged.current = false;
    else if (wasSelected) onChange(toggled(outlines, outline.id));
    else onSelect(outline.id);
  }

  function step(outline: Outline, event: KeyboardEvent) {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      onChange(without(outlines, outline.id));
      return;
    }
    const [x, y] = arrows[event.key] ?? [0, 0];
    if (x === 0 && y === 0) return;
    event.preventDefault();
    const distance = (event.ctrlKey ? longStepPx : stepPx) / scale;
    const by = { x: x * distance, y: y * distance };
    const { box } = outline.area;
    if (event.shiftKey)
      onChange(withBox(outlines, outline.id, resizeBox(box, 'bottomRight', by)), `resize ${outline.id}`);
    else onChange(withBox(outlines, outline.id, moveBox(box, by, photoSize)), `move ${outline.id}`);
  }

  return (
    <div ref={stage} className={styles.stage}>
      {room !== undefined && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- drawing with a pointer; keys have the button "Add"
        <div
          ref={picture}
          className={styles.picture}
          data-drawing={drawsAs !== undefined || undefined}
          style={{ width: photoSize.width * scale, height: photoSize.height * scale }}
          onPointerDown={startDrawing}
          onPointerMove={goOn}
          onPointerUp={end}
          onPointerCancel={end}
        >
          {url !== undefined && (
            <img className={styles.photo} src={url} alt={t('faces.hide.photo')} draggable={false} />
          )}
          {outlines.map((outline, index) => (
            <HideOutline
              key={outline.id}
              outline={outline}
              number={index + 1}
              scale={scale}
              isSelected={outline.id === selectedId}
              onPointerDown={(event) => startMoving(outline, event)}
              onPress={(wasSelected) => press(outline, wasSelected)}
              onSelect={() => onSelect(outline.id)}
              onKeyDown={(event) => step(outline, event)}
              onBlur={onSettle}
            />
          ))}
          {selected !== undefined &&
            drawsAs === undefined &&
            outlineCorners.map((corner) => (
              <span
                key={corner}
                className={styles.corner}
                data-corner={corner}
                style={cornerPlace(selected.area.box, corner, scale)}
                onPointerDown={(event) => startResizing(corner, event)}
                aria-hidden
              />
            ))}
          {drag?.does === 'draw' && <span className={styles.drawn} style={drawnPlace(drag.from, drag.to, scale)} />}
        </div>
      )}
    </div>
  );
}

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function cornerPlace({ x, y, width, height }: FaceBox, corner: OutlineCorner, scale: number) {
  const isLeft = corner === 'topLeft' || corner === 'bottomLeft';
  const isTop = corner === 'topLeft' || corner === 'topRight';
  return { left: (isLeft ? x : x + width) * scale, top: (isTop ? y : y + height) * scale };
}

function drawnPlace(from: Point, to: Point, scale: number) {
  return {
    left: Math.min(from.x, to.x) * scale,
    top: Math.min(from.y, to.y) * scale,
    width: Math.abs(from.x - to.x) * scale,
    height: Math.abs(from.y - to.y) * scale,
  };
}
