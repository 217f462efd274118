import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { photoPoint, type Quad, type Size } from '#contract/images.ts';
import type { EdgeLine, Turns } from '#contract/pages.ts';
import { useElementSize } from '#src/ui/use-element-size.ts';
import {
  cornerIndices,
  moveCorner,
  moveSide,
  nextIndex,
  outwardNormal,
  sideMiddle,
  topLeftIndex,
  type CornerIndex,
} from './crop-geometry.ts';
import { cornerNames, CropHandle, sideNames } from './crop-handle.tsx';
import { CropMagnifier } from './crop-magnifier.tsx';
import { PhotoPicture } from './crop-photo.tsx';
import { snapCorner, snapSide } from './crop-snapping.ts';
import { fitPhoto, shareOfPhoto, toPhoto, toStage, type CropView, type StagePoint } from './crop-view.ts';
import styles from './crop-editor.module.css';

interface CropStageProps {
  readonly photo: Size;
  /** The address of the photo; undefined until it is read. */
  readonly picture: string | undefined;
  readonly corners: Quad;
  readonly turns: Turns;
  readonly lines: readonly EdgeLine[];
  /** Changes with the same `gesture` are one step to undo. */
  readonly onMove: (corners: Quad, gesture: string) => void;
  /** The gesture has ended. */
  readonly onMoved: () => void;
}

/** Half a touch target: a handle at the photo's very edge stays on the stage. */
const marginPx = 26;
/** How near, in stage pixels, a dragged handle must come to an edge to snap to it. */
const snapReachPx = 10;
const stepPx = 1;
const longStepPx = 10;

type Handle = { readonly kind: 'corner' | 'side'; readonly index: CornerIndex };

interface Drag {
  readonly handle: Handle;
  readonly pointerId: number;
  /** The crop when the drag began: each move starts from it, so that a stop on the way leaves no trace. */
  readonly from: Quad;
  /** From the pointer to the handle, so that a touch beside its middle does not move it. */
  readonly offset: StagePoint;
}

/** The photo with the crop on it: eight handles to drag or to move with the arrow keys. */
export function CropStage({ photo, picture, corners, turns, lines, onMove, onMoved }: CropStageProps) {
  const { t } = useTranslation();
  const stage = useRef<HTMLElement>(null);
  const size = useElementSize(stage);
  const [drag, setDrag] = useState<Drag>();
  const [focused, setFocused] = useState<Handle>();
  const view = fitPhoto(photo, turns, size ?? { width: 1, height: 1 }, marginPx);
  const seen = corners.map((corner) => toStage(view, corner));
  const nameOf = nameHandles(seen);
  const active = drag?.handle ?? focused;

  function pointerAt({ clientX, clientY }: PointerEvent): StagePoint {
    const box = stage.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  }

  function startDrag(handle: Handle, event: PointerEvent<HTMLElement>) {
    if (!event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = handlePosition(view, corners, handle);
    const pointer = pointerAt(event);
    setDrag({
      handle,
      pointerId: event.pointerId,
      from: corners,
      offset: { x: at.x - pointer.x, y: at.y - pointer.y },
    });
  }

  function continueDrag(event: PointerEvent) {
    if (drag === undefined || event.pointerId !== drag.pointerId) return;
    const pointer = pointerAt(event);
    const target = toPhoto(view, { x: pointer.x + drag.offset.x, y: pointer.y + drag.offset.y });
    onMove(moveTo(drag.from, drag.handle, target, photo, lines, snapReachPx / view.scale), gestureOf(drag.handle));
  }

  function endDrag() {
    if (drag === undefined) return;
    setDrag(undefined);
    onMoved();
  }

  function step(handle: Handle, event: KeyboardEvent) {
    const [x, y] = arrows[event.key] ?? [0, 0];
    if (x === 0 && y === 0) return;
    event.preventDefault();
    const distance = event.shiftKey ? longStepPx : stepPx;
    const at = handlePosition(view, corners, handle);
    const target = toPhoto(view, { x: at.x + x * distance, y: at.y + y * distance });
    onMove(moveTo(corners, handle, target, photo, [], 0), gestureOf(handle));
  }

  return (
    <section ref={stage} className={styles.stage} aria-label={t('crop.stage')}>
      {size !== undefined && (
        <>
          <PhotoPicture picture={picture} view={view} />
          <svg className={styles.overlay} width={size.width} height={size.height} aria-hidden>
            <path className={styles.outside} fillRule="evenodd" d={`${pathOf(frameOf(view))} ${pathOf(seen)}`} />
            <path className={styles.casing} d={pathOf(seen)} />
            <path className={styles.outline} d={pathOf(seen)} />
          </svg>
          {cornerIndices.flatMap((index) =>
            (['corner', 'side'] as const).map((kind) => {
              const handle: Handle = { kind, index };
              return (
                <CropHandle
                  key={gestureOf(handle)}
                  kind={kind}
                  name={nameOf(index)[kind]}
                  at={handlePosition(view, corners, handle)}
                  share={shareOfPhoto(view, handlePhotoPoint(corners, handle))}
                  onDragStart={(event) => startDrag(handle, event)}
                  onDrag={continueDrag}
                  onDragEnd={endDrag}
                  onStep={(event) => step(handle, event)}
                  onFocus={() => setFocused(handle)}
                  onBlur={() => {
                    setFocused(undefined);
                    onMoved();
                  }}
                />
              );
            }),
          )}
          {active !== undefined && (drag !== undefined || isFocusVisible()) && (
            <CropMagnifier
              picture={picture}
              view={view}
              outline={seen}
              at={handlePosition(view, corners, active)}
              stage={size}
            />
          )}
        </>
      )}
    </section>
  );
}

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function gestureOf({ kind, index }: Handle): string {
  return `${kind}-${index}`;
}

/** A handle that was clicked with a mouse keeps the focus; only the keyboard's shows the magnifier. */
function isFocusVisible(): boolean {
  return document.activeElement?.matches(':focus-visible') === true;
}

function handlePhotoPoint(corners: Quad, { kind, index }: Handle) {
  return kind === 'corner' ? corners[index] : sideMiddle(corners, index);
}

function handlePosition(view: CropView, corners: Quad, handle: Handle): StagePoint {
  return toStage(view, handlePhotoPoint(corners, handle));
}

/** The crop after its handle was moved to `target`, snapped where there are lines in reach. */
function moveTo(
  from: Quad,
  { kind, index }: Handle,
  target: StagePoint,
  photo: Size,
  lines: readonly EdgeLine[],
  reachPx: number,
): Quad {
  const point = photoPoint(target.x, target.y);
  if (kind === 'corner') return moveCorner(from, index, snapCorner(point, lines, reachPx)?.point ?? point, photo);
  const middle = sideMiddle(from, index);
  const normal = outwardNormal(from[index], from[nextIndex(index)]);
  const offset = (point.x - middle.x) * normal.x + (point.y - middle.y) * normal.y;
  const moved = moveSide(from, index, offset, photo);
  return snapSide(moved, index, lines, reachPx, photo) ?? moved;
}

/** What each corner and side is called as it is seen now, whatever their order in the photo. */
function nameHandles(seen: readonly StagePoint[]) {
  const start = topLeftIndex(seen);
  return (index: CornerIndex) => {
    const place = cornerIndices[(index - start + 4) % 4] ?? 0;
    return { corner: cornerNames[place], side: sideNames[place] };
  };
}

function frameOf(view: CropView): readonly StagePoint[] {
  const { width, height } = view.photo;
  return [photoPoint(0, 0), photoPoint(width, 0), photoPoint(width, height), photoPoint(0, height)].map((corner) =>
    toStage(view, corner),
  );
}

function pathOf(points: readonly StagePoint[]): string {
  return `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
}
