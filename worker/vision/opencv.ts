import type { RgbaImage, Size } from '#contract/images.ts';

/**
 * The port to OpenCV: only the calls that the rooms use, satisfied structurally by `@techstark/opencv-js`. The module
 * reaches every function as an argument, so the rooms run in plain Node and never load anything themselves.
 */

/** A matrix in OpenCV's own heap. The typed views are invalid after any call that may grow that heap: take them late. */
export interface Mat {
  readonly rows: number;
  readonly cols: number;
  readonly data: Uint8Array;
  readonly data16S: Int16Array;
  readonly data32S: Int32Array;
  readonly data32F: Float32Array;
  readonly data64F: Float64Array;
  delete(): void;
}

export interface MatVector {
  size(): number;
  /** A new header that the caller owns. */
  get(index: number): Mat;
  delete(): void;
}

/** What a scope can own: a Mat, a vector of them, any object of the binding that must be freed by hand. */
export interface Freeable {
  delete(): void;
}

/** A detector of ArUco marks. `corners` gets one 1 x 4 Mat of x, y each, clockwise from the mark's own top left. */
export interface ArucoDetector extends Freeable {
  detectMarkers(image: Mat, corners: MatVector, ids: Mat, rejected: MatVector): void;
}

/** Pixels across the squares whose means tell dark from bright, from the least to the most in steps of ten. */
export interface ArucoParameters extends Freeable {
  adaptiveThreshWinSizeMin: number;
  adaptiveThreshWinSizeMax: number;
}

export interface OpenCv {
  readonly DICT_4X4_50: number;
  getPredefinedDictionary(name: number): Freeable;
  readonly aruco_DetectorParameters: new () => ArucoParameters;
  readonly aruco_RefineParameters: new (least: number, correction: number, anyOrder: boolean) => Freeable;
  readonly aruco_ArucoDetector: new (dictionary: Freeable, detect: Freeable, refine: Freeable) => ArucoDetector;
  readonly CV_8UC1: number;
  readonly CV_8UC4: number;
  readonly COLOR_RGBA2GRAY: number;
  readonly RETR_LIST: number;
  readonly CHAIN_APPROX_SIMPLE: number;
  readonly MORPH_RECT: number;
  readonly TM_CCOEFF_NORMED: number;
  readonly INTER_AREA: number;
  readonly Size: new (width: number, height: number) => Size;
  readonly MatVector: new () => MatVector;
  cvtColor(source: Mat, target: Mat, code: number): void;
  GaussianBlur(source: Mat, target: Mat, kernel: Size, sigma: number): void;
  Canny(source: Mat, target: Mat, low: number, high: number): void;
  dilate(source: Mat, target: Mat, kernel: Mat): void;
  getStructuringElement(shape: number, size: Size): Mat;
  findContours(source: Mat, contours: MatVector, hierarchy: Mat, mode: number, method: number): void;
  convexHull(source: Mat, target: Mat): void;
  matchTemplate(source: Mat, template: Mat, result: Mat, method: number): void;
  resize(source: Mat, target: Mat, size: Size, scaleX: number, scaleY: number, interpolation: number): void;
  arcLength(curve: Mat, closed: boolean): number;
  approxPolyDP(source: Mat, target: Mat, epsilon: number, closed: boolean): void;
  readonly Mat: { new (): Mat; new (rows: number, cols: number, type: number): Mat };
  /** C++ exceptions surface as thrown numbers, pointers into the heap; this reads one. */
  exceptionFromPtr(pointer: number): unknown;
}

/** Hands a Mat to the scope, which frees it, and hands it back for use. */
export type Own = <T extends Freeable>(native: T) => T;

/**
 * Runs `work` with a scope for native memory: whatever was given to `own` is freed, newest first, when `work` returns
 * and when it throws. A result must be copied out of native memory before `work` returns.
 *
 * @throws what `work` throws; a C++ exception, which the binding throws as a bare number, becomes an `Error`.
 */
export function withMats<T>(cv: OpenCv, work: (own: Own) => T): T {
  const owned: Freeable[] = [];
  const own: Own = (native) => {
    owned.push(native);
    return native;
  };
  try {
    return work(own);
  } catch (cause) {
    if (typeof cause === 'number') throw new Error(readNativeError(cv, cause), { cause });
    throw cause;
  } finally {
    for (const native of owned.toReversed()) native.delete();
  }
}

/** Copies an RGBA picture into a new `CV_8UC4` Mat; the caller owns it. */
export function matFromRgba(cv: OpenCv, image: RgbaImage): Mat {
  const mat = new cv.Mat(image.height, image.width, cv.CV_8UC4);
  mat.data.set(image.data);
  return mat;
}

/** Copies a `CV_8UC4` Mat out of native memory. */
export function rgbaFromMat(mat: Mat): RgbaImage {
  return { width: mat.cols, height: mat.rows, data: new Uint8ClampedArray(mat.data) };
}

function readNativeError(cv: OpenCv, pointer: number): string {
  const exception = cv.exceptionFromPtr(pointer);
  if (typeof exception === 'object' && exception !== null && 'msg' in exception)
    return `OpenCV: ${String(exception.msg)}`;
  return `OpenCV threw ${pointer}`;
}
