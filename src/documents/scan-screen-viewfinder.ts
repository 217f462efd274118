/**
 * What the camera screen sees: reads the video's frames, follows the page, gives advice, draws the outline and decides when
 * the picture is taken by itself. Joins the pure parts to the video; React hears of it only when a word changes.
 */
import type { Quad, Size } from '#contract/images.ts';
import type { FrameReading } from '#contract/pages.ts';
import { readFrames, type AnalysedFrame } from '#src/capture/read-frames.ts';
import { afterCapture, countdownShare, watchFrame, watching, type AutoCapture, type Sighting } from './auto-capture.ts';
import type { OutlinePainter } from './outline-overlay.tsx';
import { followOutline, glide, noOutline, trackAt, type OutlineTracker } from './outline-tracker.ts';
import { adviseOn, isReady, noHints, type ScanHint, type ScanHints } from './scan-screen-hints.ts';

export interface ViewfinderState {
  readonly hint: ScanHint;
  readonly isCounting: boolean;
  /** The page that lies there was taken. */
  readonly isTaken: boolean;
  /** The frames cannot be read: no outline, no advice, but the shutter works. */
  readonly isBlind: boolean;
}

export const firstSight: ViewfinderState = { hint: 'starting', isCounting: false, isTaken: false, isBlind: false };

export interface ViewfinderPorts {
  readonly video: HTMLVideoElement;
  readonly painter: OutlinePainter;
  /** Makes ready what reads the frames; the first time over a slow network that takes longer than any frame may. */
  readonly start: () => Promise<unknown>;
  readonly read: (frame: ImageBitmap) => Promise<FrameReading>;
  /** Shows how much of the countdown has run, 0 to 1, on every display frame; undefined when none runs. */
  readonly showCountdown: (share: number | undefined) => void;
  readonly onChange: (state: ViewfinderState) => void;
  /** The countdown has run out. */
  readonly onFire: () => void;
  /** True while the picture may be taken by itself. */
  readonly mayFire: () => boolean;
}

export interface Viewfinder {
  /** A picture was taken: this page is not taken again by itself. */
  noteCapture(): void;
  stop(): void;
}

/** Without its runtime the camera works, only blindly; a network that comes back is noticed after this. */
const retryStartMs = 5000;

export function startViewfinder(ports: ViewfinderPorts): Viewfinder {
  let tracker: OutlineTracker = noOutline;
  let hints: ScanHints = noHints;
  let auto: AutoCapture = watching;
  let lastSighting: Sighting | undefined;
  let shown = firstSight;
  let drawn: { readonly trackId: number; readonly corners: Quad } | undefined;
  let drawnAtMs = 0;
  let frameSize: Size = { width: 1, height: 1 };
  let animation = 0;

  function show(next: ViewfinderState) {
    const isSame =
      next.hint === shown.hint &&
      next.isCounting === shown.isCounting &&
      next.isTaken === shown.isTaken &&
      next.isBlind === shown.isBlind;
    if (isSame) return;
    shown = next;
    ports.onChange(next);
  }

  function onFrame({ reading, frame, takenAtMs }: AnalysedFrame<FrameReading>) {
    frameSize = frame;
    tracker = followOutline(tracker, { finding: reading.finding, frame, timeMs: takenAtMs });
    const track = trackAt(tracker, takenAtMs);
    const { brightness, sharpness, coverage } = reading;
    hints = adviseOn(hints, { timeMs: takenAtMs, frame, track, brightness, sharpness, coverage });
    lastSighting = {
      timeMs: takenAtMs,
      frame,
      page: track,
      sharpness,
      ready: isReady(hints) && ports.mayFire(),
    };
    const next = watchFrame(auto, lastSighting);
    auto = next.state;
    show({ hint: hints.hint, isCounting: auto.phase === 'counting', isTaken: auto.phase === 'taken', isBlind: false });
    if (next.fire) ports.onFire();
  }

  function draw(nowMs: number) {
    animation = requestAnimationFrame(draw);
    const elapsedMs = nowMs - drawnAtMs;
    drawnAtMs = nowMs;
    const track = trackAt(tracker, nowMs);
    // Another page is not glided to: an outline that flies across the desk tells nobody anything.
    const from = drawn !== undefined && drawn.trackId === track?.id ? drawn.corners : track?.corners;
    if (track === undefined || from === undefined) {
      drawn = undefined;
      ports.painter.paint(undefined, frameSize);
    } else {
      drawn = { trackId: track.id, corners: glide(from, track.corners, elapsedMs, frameSize) };
      const { cornerConfidence } = track;
      ports.painter.paint(
        { corners: drawn.corners, cornerConfidence, isCounting: auto.phase === 'counting' },
        frameSize,
      );
    }
    ports.showCountdown(countdownShare(auto, nowMs));
  }

  function goBlind() {
    tracker = noOutline;
    auto = watching;
    show({ ...shown, isCounting: false, isTaken: false, isBlind: true });
  }

  let stopReading: (() => void) | undefined;
  let restart: ReturnType<typeof setTimeout> | undefined;
  let hasEnded = false;

  async function startReading() {
    try {
      await ports.start();
    } catch {
      if (hasEnded) return;
      goBlind();
      restart = setTimeout(() => void startReading(), retryStartMs);
      return;
    }
    if (!hasEnded) stopReading = readFrames({ video: ports.video, read: ports.read, onFrame, onFailure: goBlind });
  }

  void startReading();
  animation = requestAnimationFrame(draw);

  return {
    noteCapture() {
      if (lastSighting !== undefined) auto = afterCapture(lastSighting);
      show({ ...shown, isCounting: false, isTaken: auto.phase === 'taken' });
    },
    stop() {
      hasEnded = true;
      clearTimeout(restart);
      stopReading?.();
      cancelAnimationFrame(animation);
      ports.showCountdown(undefined);
      ports.painter.paint(undefined, frameSize);
    },
  };
}
