import { createRequire } from 'node:module';
import type { Mat, MatVector, OpenCv } from './opencv.ts';

// `require`, because Vitest awaits what `import` gives, and awaiting the module object never settles.
const module: OpenCv = createRequire(import.meta.url)('@techstark/opencv-js');

/**
 * OpenCV for tests and tools that run in plain Node. The module object has a `then` that never settles, so an async
 * function must not return it as it is: hence the wrapper.
 */
export async function loadOpenCvInNode(): Promise<{ cv: OpenCv }> {
  if (!('Mat' in module)) {
    await new Promise<void>((resolve) => {
      Reflect.set(module, 'onRuntimeInitialized', resolve);
    });
  }
  return { cv: module };
}

/** The same OpenCV, counting the Mats and vectors made through it that are not yet freed. */
export function countLiveMats(cv: OpenCv): { cv: OpenCv; live: () => number } {
  const alive = new Set<object>();
  const counted = <T extends { delete(): void }>(native: T): T => {
    alive.add(native);
    const free = native.delete.bind(native);
    native.delete = () => {
      alive.delete(native);
      free();
    };
    return native;
  };
  const Mat = new Proxy(cv.Mat, {
    construct: (target, args) => {
      const mat: Mat = Reflect.construct(target, args);
      return counted(mat);
    },
  });
  const MatVector = new Proxy(cv.MatVector, {
    construct: (target, args) => {
      const vector: MatVector = counted(Reflect.construct(target, args));
      const get = vector.get.bind(vector);
      vector.get = (index) => counted(get(index));
      return vector;
    },
  });
  const getStructuringElement: OpenCv['getStructuringElement'] = (shape, size) =>
    counted(cv.getStructuringElement(shape, size));
  return { cv: { ...cv, Mat, MatVector, getStructuringElement }, live: () => alive.size };
}
