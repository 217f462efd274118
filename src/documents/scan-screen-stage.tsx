import { useEffect, useImperativeHandle, useRef, useState, type PointerEvent, type Ref, type RefObject } from 'react';
import { focusAt, type Camera } from '#src/capture/camera.ts';
import { engine } from '#src/engine/engine.ts';
import { OutlineOverlay, type OutlinePainter } from './outline-overlay.tsx';
import type { CountdownRing } from './scan-screen-shutter.tsx';
import { startViewfinder, type Viewfinder, type ViewfinderState } from './scan-screen-viewfinder.ts';
import styles from './scan-screen.module.css';

export interface StageHandle {
  readonly video: HTMLVideoElement | undefined;
  /** Shows that the picture is taken. */
  flash(): void;
  /** This page was taken: it is not taken again by itself. */
  noteCapture(): void;
}

interface ScanStageProps {
  readonly ref: Ref<StageHandle>;
  readonly camera: Camera;
  readonly ring: RefObject<CountdownRing | null>;
  readonly mayFire: boolean;
  readonly onChange: (state: ViewfinderState) => void;
  readonly onFire: () => void;
}

/** The camera's picture with the outline over it. */
export function ScanStage({ ref, camera, ring, mayFire, onChange, onFire }: ScanStageProps) {
  const video = useRef<HTMLVideoElement>(null);
  const painter = useRef<OutlinePainter>(null);
  const flash = useRef<HTMLDivElement>(null);
  const viewfinder = useRef<Viewfinder>(undefined);
  const [focus, setFocus] = useState<{ readonly left: number; readonly top: number; readonly id: number }>();
  // The viewfinder runs as long as the camera does; what the screen wants of it changes with every render.
  const wishes = useRef({ mayFire, onChange, onFire });
  useEffect(() => {
    wishes.current = { mayFire, onChange, onFire };
  });

  useImperativeHandle(
    ref,
    () => ({
      get video() {
        return video.current ?? undefined;
      },
      flash() {
        flash.current?.animate([{ opacity: 0.85 }, { opacity: 0 }], { duration: 180, easing: 'ease-out' });
      },
      noteCapture: () => viewfinder.current?.noteCapture(),
    }),
    [],
  );

  useEffect(() => {
    const element = video.current;
    if (element === null || painter.current === null) return undefined;
    element.srcObject = camera.stream;
    // Refused only when the element has gone again meanwhile.
    element.play().catch(() => undefined);
    const started = startViewfinder({
      video: element,
      painter: painter.current,
      start: () => engine.run('engine.start', {}, { priority: 'live' }),
      read: (frame) => engine.run('documents.read-frame', { frame }, { priority: 'live' }),
      showCountdown: (share) => ring.current?.show(share),
      mayFire: () => wishes.current.mayFire,
      onChange: (state) => wishes.current.onChange(state),
      onFire: () => wishes.current.onFire(),
    });
    viewfinder.current = started;
    return () => {
      started.stop();
      viewfinder.current = undefined;
      element.srcObject = null;
    };
  }, [camera, ring]);

  function tapToFocus(event: PointerEvent<HTMLVideoElement>) {
    if (!camera.hasTapToFocus) return;
    const point = positionInPicture(event.currentTarget, event.nativeEvent);
    if (point === undefined) return;
    setFocus({ left: event.nativeEvent.offsetX, top: event.nativeEvent.offsetY, id: event.timeStamp });
    // Drivers that refuse leave the focus as it was.
    focusAt(camera, point).catch(() => undefined);
  }

  return (
    <div className={styles.picture} data-mirrored={camera.facesUser || undefined}>
      <video ref={video} className={styles.video} autoPlay muted playsInline onPointerDown={tapToFocus} />
      <OutlineOverlay ref={painter} />
      {focus !== undefined && (
        <span key={focus.id} className={styles.focus} style={{ left: focus.left, top: focus.top }} aria-hidden />
      )}
      <div ref={flash} className={styles.flash} aria-hidden />
    </div>
  );
}

/**
 * Where in the picture a pointer is, 0 to 1 each way; undefined beside the picture, which `contain` fits in. Offsets are
 * in the element's own coordinates, so a mirrored picture needs no care.
 */
function positionInPicture(
  { videoWidth, videoHeight, clientWidth, clientHeight }: HTMLVideoElement,
  { offsetX, offsetY }: { readonly offsetX: number; readonly offsetY: number },
): { readonly x: number; readonly y: number } | undefined {
  if (videoWidth === 0) return undefined;
  const scale = Math.min(clientWidth / videoWidth, clientHeight / videoHeight);
  const x = (offsetX - (clientWidth - videoWidth * scale) / 2) / (videoWidth * scale);
  const y = (offsetY - (clientHeight - videoHeight * scale) / 2) / (videoHeight * scale);
  return x < 0 || x > 1 || y < 0 || y > 1 ? undefined : { x, y };
}
