import { beforeAll, describe, expect, it } from 'vitest';
import { countLiveMats, loadOpenCvInNode } from './opencv-in-node.ts';
import { matFromRgba, rgbaFromMat, withMats, type OpenCv } from './opencv.ts';

let cv: OpenCv;
let live: () => number;

beforeAll(async () => {
  ({ cv, live } = countLiveMats((await loadOpenCvInNode()).cv));
});

describe('withMats', () => {
  it('frees what it owns when the work returns', () => {
    const alive = withMats(cv, (own) => {
      own(new cv.Mat(4, 4, cv.CV_8UC1));
      own(new cv.MatVector());
      return live();
    });
    expect(alive).toBe(2);
    expect(live()).toBe(0);
  });

  it('frees what it owns when the work throws', () => {
    expect(() =>
      withMats(cv, (own) => {
        own(new cv.Mat());
        withMats(cv, (ownToo) => ownToo(new cv.Mat(2, 2, cv.CV_8UC4)));
        throw new RangeError('stop');
      }),
    ).toThrow(RangeError);
    expect(live()).toBe(0);
  });

  it('turns a C++ exception into an error with its message', () => {
    expect(() => withMats(cv, (own) => cv.cvtColor(own(new cv.Mat()), own(new cv.Mat()), cv.COLOR_RGBA2GRAY))).toThrow(
      /OpenCV.*empty/s,
    );
    expect(live()).toBe(0);
  });
});

it('carries a picture in and out unchanged', () => {
  const picture = { width: 3, height: 2, data: new Uint8ClampedArray(24).map((_, index) => index * 10) };
  const copy = withMats(cv, (own) => rgbaFromMat(own(matFromRgba(cv, picture))));
  expect(copy).toEqual(picture);
});
