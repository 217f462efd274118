import { beforeAll, describe, expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { countLiveMats, loadOpenCvInNode } from '#worker/vision/opencv-in-node.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { readFrame } from './read-frame.ts';
import { addGrain, blurPage, castLight, createPage, fillRectangle, writeLines } from './testing/draw-page.ts';

let opencv: { cv: OpenCv };
beforeAll(async () => {
  opencv = await loadOpenCvInNode();
});

function frameWithPage(): RgbaImage {
  const frame = createPage(448, 336, [70, 55, 45]);
  fillRectangle(frame, { left: 120, top: 40, right: 328, bottom: 300 }, [225, 225, 220]);
  writeLines(frame, { left: 135, top: 55, right: 313, bottom: 290 }, 6);
  addGrain(frame, 2);
  return frame;
}

describe('readFrame', () => {
  it('finds the page and says how much of the frame it covers', () => {
    const reading = readFrame(opencv.cv, frameWithPage());
    expect(reading.finding).toBeDefined();
    expect(reading.coverage).toBeCloseTo((208 * 260) / (448 * 336), 1);
  });

  it('measures sharpness that falls with blur and hardly with light', () => {
    const sharp = readFrame(opencv.cv, frameWithPage()).sharpness;
    const blurred = readFrame(opencv.cv, blurPage(frameWithPage(), 2)).sharpness;
    expect(blurred).toBeLessThan(0.3 * sharp);
    const dim = frameWithPage();
    castLight(dim, () => 0.6);
    const dimmed = readFrame(opencv.cv, dim);
    expect(dimmed.sharpness / sharp).toBeGreaterThan(0.7);
    expect(dimmed.brightness / readFrame(opencv.cv, frameWithPage()).brightness).toBeCloseTo(0.6, 1);
  });

  it('answers for an empty frame and for one of a pixel', () => {
    const empty = readFrame(opencv.cv, createPage(448, 336, [120, 120, 120]));
    expect(empty).toEqual({ finding: undefined, sharpness: 0, brightness: 120, coverage: 0 });
    expect(readFrame(opencv.cv, createPage(1, 1, [10, 10, 10])).coverage).toBe(0);
  });

  it('leaves no native memory behind', () => {
    const { cv, live } = countLiveMats(opencv.cv);
    readFrame(cv, frameWithPage());
    expect(live()).toBe(0);
  });
});
