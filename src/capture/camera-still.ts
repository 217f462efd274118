/** Takes the best picture that a camera gives: a still of its own, or else the video's frame at full size. */
import { takesStills, type Camera } from './camera.ts';

/** Encodes a frame as JPEG away from the main thread; the frame is given away. */
export type FrameEncoder = (frame: ImageBitmap) => Promise<Blob>;

export interface Still {
  readonly photo: Blob;
  readonly source: 'still' | 'frame';
}

/**
 * More than this helps no page (A4 at 12 megapixels has 350 dots per inch) and costs seconds on the phones whose sensors
 * have 48 or more.
 */
const enoughPixels = 16_000_000;

/** Slow phones need 2 s for a still of their own; later than this the user has moved on. */
const stillTimeoutMs = 4000;

/** A camera that has shown its size but no picture yet gives its first one within this, or is not working. */
const firstFrameTimeoutMs = 4000;

/** Waits until the video has a picture to take: its size is known a moment before. */
export async function waitForFrame(video: HTMLVideoElement): Promise<void> {
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return;
  const shown = new Promise((resolve) => {
    video.addEventListener('loadeddata', resolve, { once: true });
  });
  await withTimeout(shown, firstFrameTimeoutMs);
}

/** Drivers that offer stills and then fail or hang cost the user nothing but the wait: the frame is always there. */
export async function takeStill(camera: Camera, video: HTMLVideoElement, encode: FrameEncoder): Promise<Still> {
  if (takesStills()) {
    const photo = await takeOwnStill(camera).catch(() => undefined);
    if (photo !== undefined && photo.size > 0) return { photo, source: 'still' };
  }
  const frame = await createImageBitmap(video);
  return { photo: await encode(frame), source: 'frame' };
}

async function takeOwnStill({ track }: Camera): Promise<Blob | undefined> {
  if (track.readyState !== 'live' || track.muted) return undefined;
  const capture = new ImageCapture(track);
  const settings = stillSettings(await capture.getPhotoCapabilities(), track.getSettings());
  // Where the camera's stills are no larger than its video, the frame on the screen is as good and comes at once.
  if (settings === undefined) return undefined;
  return withTimeout(capture.takePhoto(settings), stillTimeoutMs);
}

/**
 * The size to ask for, or undefined when a still is no larger than the video.
 *
 * @param video the size of the running video, in pixels
 */
export function stillSettings(
  { imageWidth, imageHeight }: PhotoCapabilities,
  video: { readonly width?: number; readonly height?: number },
): PhotoSettings | undefined {
  const widest = imageWidth?.max;
  const highest = imageHeight?.max;
  if (widest === undefined || highest === undefined || widest <= 0 || highest <= 0) return undefined;
  const videoPixels = (video.width ?? 0) * (video.height ?? 0);
  if (widest * highest <= videoPixels * 1.1) return undefined;
  const scale = Math.min(1, Math.sqrt(enoughPixels / (widest * highest)));
  return {
    imageWidth: onStep(widest * scale, imageWidth),
    imageHeight: onStep(highest * scale, imageHeight),
  };
}

function onStep(value: number, range: MediaSettingsRange | undefined): number {
  const step = range?.step === undefined || range.step <= 0 ? 1 : range.step;
  const least = range?.min ?? 0;
  return Math.max(least, least + Math.floor((value - least) / step) * step);
}

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no still within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
