import type { FaceBox, FrameLight } from '#contract/faces.ts';
import type { RgbaImage, Size } from '#contract/images.ts';

/**
 * Light and focus of a frame.
 *
 * @param frame scaled down or not
 * @param largest box of the largest face, in pixels of a frame of `frameSize`
 */
export function measureLight(frame: RgbaImage, frameSize: Size, largest: FaceBox | undefined): FrameLight {
  const scale = frame.width / frameSize.width;
  const whole = { left: 0, top: 0, right: frame.width, bottom: frame.height };
  const face = largest && scaleWindow(largest, scale, frame);
  if (face === undefined) {
    return {
      brightness: meanLuma(frame, whole),
      faceBrightness: undefined,
      faceUnevenness: undefined,
      sharpness: measureSharpness(frame, whole),
    };
  }
  const middle = Math.round((face.left + face.right) / 2);
  const left = meanLuma(frame, { ...face, right: middle });
  const right = meanLuma(frame, { ...face, left: middle });
  return {
    brightness: meanLuma(frame, whole),
    faceBrightness: (left + right) / 2,
    faceUnevenness: (left - right) / Math.max(1 / 255, left + right),
    sharpness: measureSharpness(frame, face),
  };
}

/** Whole pixels: left and top inside, right and bottom just outside. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `undefined` where there are too few pixels to say anything. */
function scaleWindow({ x, y, width, height }: FaceBox, scale: number, frame: Size): Window | undefined {
  const window = {
    left: Math.max(0, Math.round(scale * x)),
    top: Math.max(0, Math.round(scale * y)),
    right: Math.min(frame.width, Math.round(scale * (x + width))),
    bottom: Math.min(frame.height, Math.round(scale * (y + height))),
  };
  return window.right - window.left < 4 || window.bottom - window.top < 4 ? undefined : window;
}

/** ITU-R BT.601, 0 to 1. */
function lumaAt(data: Uint8ClampedArray, at: number): number {
  return (0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)) / 255;
}

function meanLuma({ width, data }: RgbaImage, { left, top, right, bottom }: Window): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += lumaAt(data, 4 * (y * width + x));
  }
  return sum / Math.max(1, (right - left) * (bottom - top));
}

/** Root mean square of differences between neighbours over the standard deviation: light and contrast drop out. */
function measureSharpness({ width, data }: RgbaImage, { left, top, right, bottom }: Window): number {
  let sum = 0;
  let squares = 0;
  let differences = 0;
  let count = 0;
  for (let y = top; y < bottom - 1; y++) {
    for (let x = left; x < right - 1; x++) {
      const at = 4 * (y * width + x);
      const luma = lumaAt(data, at);
      sum += luma;
      squares += luma * luma;
      differences += ((lumaAt(data, at + 4) - luma) ** 2 + (lumaAt(data, at + 4 * width) - luma) ** 2) / 2;
      count++;
    }
  }
  if (count === 0) return 0;
  const variance = squares / count - (sum / count) ** 2;
  // An even surface, such as a covered lens, has nothing to be sharp.
  return variance < 1e-5 ? 0 : Math.sqrt(differences / count / variance);
}
