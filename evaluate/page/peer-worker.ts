import createOpenCv from 'virtual:opencv-glue';
import { url as wasmUrl } from 'virtual:opencv-wasm';
import JScanify from 'jscanify-browser';
import { initialize, scanDocument } from 'scanic-browser';
import type { Point, Quad } from '../documents/quad-overlap.ts';
import type { Peer } from './peers.ts';

export interface PeerQuestion extends Peer {
  readonly bitmap: ImageBitmap;
}

export type PeerAnswer =
  | { readonly corners: Quad | null; readonly confidence: number | null; readonly ms: number }
  | { readonly error: string };

type Corners = readonly [Point, Point, Point, Point] | undefined;

/** Each library finds the page in a decoded picture; what it does to get at the pixels is part of its time, as of ours. */
const methods = {
  jscanify: { start: startJscanify, find: findByJscanify },
  scanic: { start: initialize, find: findByScanic },
} as const;

let started: Promise<unknown> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<PeerQuestion>) => {
  void answer(data).then((reply) => self.postMessage(reply));
});

async function answer({ bitmap, library, longSidePx }: PeerQuestion): Promise<PeerAnswer> {
  try {
    started ??= methods[library].start();
    await started;
    const startedAt = performance.now();
    const { corners, confidence } = await methods[library].find(bitmap, longSidePx);
    return { corners: corners ?? null, confidence, ms: performance.now() - startedAt };
  } catch (cause) {
    return { error: String(cause) };
  } finally {
    bitmap.close();
  }
}

/** The very OpenCV of the app, in the global that jscanify expects. */
async function startJscanify(): Promise<void> {
  const module = await WebAssembly.compileStreaming(fetch(wasmUrl));
  await new Promise<void>((resolve, reject) => {
    const created = createOpenCv({
      wasmMemory: new WebAssembly.Memory({ initial: 2048, maximum: 16_384 }),
      instantiateWasm(imports, receive) {
        WebAssembly.instantiate(module, imports).then(receive).catch(reject);
        return {};
      },
      onRuntimeInitialized() {
        Reflect.deleteProperty(created, 'then');
        Object.assign(globalThis, { cv: created });
        resolve();
      },
      onAbort: reject,
    });
  });
}

async function findByJscanify(
  bitmap: ImageBitmap,
  longSidePx: number,
): Promise<{ corners: Corners; confidence: null }> {
  const scale = Math.min(1, longSidePx / Math.max(bitmap.width, bitmap.height));
  const width = Math.round(bitmap.width * scale);
  const height = Math.round(bitmap.height * scale);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'medium';
  context.drawImage(bitmap, 0, 0, width, height);
  const picture = cv.matFromImageData(context.getImageData(0, 0, width, height));
  const scanner = new JScanify();
  const contour = scanner.findPaperContour(picture);
  picture.delete();
  if (!contour) return { corners: undefined, confidence: null };
  const found = scanner.getCornerPoints(contour);
  contour.delete();
  const points = [found.topLeftCorner, found.topRightCorner, found.bottomRightCorner, found.bottomLeftCorner];
  const [a, b, c, d] = points.map((point): Point | undefined => point && [point.x / scale, point.y / scale]);
  return { corners: a && b && c && d && [a, b, c, d], confidence: null };
}

async function findByScanic(
  bitmap: ImageBitmap,
  maxProcessingDimension: number,
): Promise<{ corners: Corners; confidence: number | null }> {
  const { success, corners, confidence } = await scanDocument(bitmap, {
    mode: 'detect',
    detector: 'classical',
    maxProcessingDimension,
  });
  if (!success || !corners) return { corners: undefined, confidence: null };
  const { topLeft, topRight, bottomRight, bottomLeft } = corners;
  return {
    corners: [pair(topLeft), pair(topRight), pair(bottomRight), pair(bottomLeft)],
    confidence: confidence ?? null,
  };
}

function pair({ x, y }: { readonly x: number; readonly y: number }): Point {
  return [x, y];
}
