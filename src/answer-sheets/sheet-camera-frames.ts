/** Hands the live camera's frames to the reader, the newest first, one at a time. */
import { type Failure, asFailure } from '#contract/failures.ts';
import type { JobOutput } from '#contract/jobs.ts';

export type LiveReading = JobOutput<'answer-sheets.read-frame'>;

export interface SheetFrameLoop {
  readonly video: HTMLVideoElement;
  /** Reads one frame, which is given away. */
  readonly read: (frame: ImageBitmap) => Promise<LiveReading>;
  /** Awaited before the next frame is taken. */
  readonly onReading: (reading: LiveReading) => Promise<void>;
  /** Frames cannot be read for now: the loop goes on, more slowly. */
  readonly onFailure: (failure: Failure) => void;
}

const pauseAfterFailureMs = 1000;

/** Runs until the returned function is called. */
export function readSheetFrames({ video, read, onReading, onFailure }: SheetFrameLoop): () => void {
  let hasEnded = false;
  let isBusy = false;
  let pausedUntilMs = 0;
  let pending = 0;

  const next = () => {
    pending = video.requestVideoFrameCallback(() => {
      void take();
      next();
    });
  };

  async function take() {
    if (isBusy || performance.now() < pausedUntilMs || video.videoWidth === 0) return;
    isBusy = true;
    try {
      // As large as it comes: marks are small.
      const frame = await createImageBitmap(video);
      if (hasEnded) return frame.close();
      const reading = await read(frame);
      if (!hasEnded) await onReading(reading);
    } catch (cause) {
      const failure = asFailure(cause);
      if (hasEnded || failure.code === 'cancelled') return;
      console.error(cause);
      pausedUntilMs = performance.now() + pauseAfterFailureMs;
      onFailure(failure);
    } finally {
      isBusy = false;
    }
  }

  next();
  return () => {
    hasEnded = true;
    video.cancelVideoFrameCallback(pending);
  };
}
