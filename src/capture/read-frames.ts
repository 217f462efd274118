/** Hands the camera's frames to the engine, the newest first, as many as it can read. */
import { asFailure, type Failure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { countFrames, noFrames, type FrameCount } from './frame-count.ts';

export interface AnalysedFrame<Reading> {
  readonly reading: Reading;
  /** The frame that the reading's coordinates are pixels of. */
  readonly frame: Size;
  /** Of `performance.now()`, when the frame was taken from the video. */
  readonly takenAtMs: number;
  /** Analysed frames a second over the last two seconds. */
  readonly framesPerSecond: number;
}

export interface FrameLoop<Reading> {
  readonly video: HTMLVideoElement;
  /** Reads one frame, which is given away. A newer frame may reject an older one's reading as `cancelled`. */
  readonly read: (frame: ImageBitmap) => Promise<Reading>;
  readonly onFrame: (frame: AnalysedFrame<Reading>) => void;
  /** The frames cannot be read for now: the loop goes on, more slowly. */
  readonly onFailure: (failure: Failure) => void;
}

/**
 * Enough for finders of pages and faces, which look at fewer pixels still; the worker scales the rest of the way. Scaling here, where the
 * frame is converted to RGB anyway, spares the main thread and the transfer 3 MB a frame.
 */
const frameLongSidePx = 640;

/** One frame is read while the next waits: more would only grow old. */
const mostUnderWay = 2;
const pauseAfterFailureMs = 1000;

/** Runs until the returned function is called. */
export function readFrames<Reading>({ video, read, onFrame, onFailure }: FrameLoop<Reading>): () => void {
  let hasEnded = false;
  let underWay = 0;
  let pausedUntilMs = 0;
  let count: FrameCount = noFrames;
  let pending = 0;

  const next = () => {
    pending = video.requestVideoFrameCallback(() => {
      void take();
      next();
    });
  };

  async function take() {
    const takenAtMs = performance.now();
    if (underWay >= mostUnderWay || takenAtMs < pausedUntilMs || video.videoWidth === 0) return;
    underWay += 1;
    try {
      const bitmap = await createImageBitmap(video, scaledDown(video));
      if (hasEnded) return bitmap.close();
      const frame = { width: bitmap.width, height: bitmap.height };
      const reading = await read(bitmap);
      if (hasEnded) return;
      count = countFrames(count, performance.now());
      if (count.isFullSecond) markRate(count);
      onFrame({ reading, frame, takenAtMs, framesPerSecond: count.perSecond });
    } catch (cause) {
      const failure = asFailure(cause);
      if (hasEnded || failure.code === 'cancelled') return;
      pausedUntilMs = performance.now() + pauseAfterFailureMs;
      onFailure(failure);
    } finally {
      underWay -= 1;
    }
  }

  next();
  return () => {
    hasEnded = true;
    video.cancelVideoFrameCallback(pending);
  };
}

function scaledDown({ videoWidth, videoHeight }: HTMLVideoElement): ImageBitmapOptions {
  const scale = Math.min(1, frameLongSidePx / Math.max(videoWidth, videoHeight));
  // Browsers that do not know the options give the frame as it is, which the worker scales too.
  return {
    resizeWidth: Math.round(videoWidth * scale),
    resizeHeight: Math.round(videoHeight * scale),
    resizeQuality: 'low',
  };
}

/** Leaves the rate where developer tools and the measurement in evaluate/ find it; only the last, as there are many. */
function markRate({ perSecond, atMs }: FrameCount) {
  performance.clearMarks('camera.frames-per-second');
  performance.mark('camera.frames-per-second', { startTime: atMs, detail: { perSecond } });
}
