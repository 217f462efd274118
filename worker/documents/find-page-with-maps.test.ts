import { beforeAll, describe, expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import { quadIoU, type FourPoints } from '#worker/vision/geometry.ts';
import { loadOpenCvInNode } from '#worker/vision/opencv-in-node.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { findPage } from './find-page.ts';
import { addGrain, createPage, fillRectangle, writeLines, type Rectangle } from './testing/draw-page.ts';
import { drawMaps } from './testing/draw-maps.ts';

/* What the document detector adds to lines and colours: its maps are drawn here as a detector would give them. */

let cv: OpenCv;

beforeAll(async () => {
  ({ cv } = await loadOpenCvInNode());
});

const quadOf = ({ left, top, right, bottom }: Rectangle): FourPoints => [
  { x: left, y: top },
  { x: right, y: top },
  { x: right, y: bottom },
  { x: left, y: bottom },
];

const sheet = { left: 120, top: 60, right: 400, bottom: 330 };
/** A dark panel printed on the sheet from its left to its right margin: conspicuous sides that are no page's. */
const panel = { left: 140, top: 80, right: 380, bottom: 240 };

function drawFlyer(): RgbaImage {
  const photo = createPage(512, 384, [196, 192, 184]);
  fillRectangle(photo, sheet, [214, 212, 206]);
  fillRectangle(photo, panel, [60, 70, 120]);
  writeLines(photo, { left: 150, top: 250, right: 370, bottom: 320 }, 6);
  addGrain(photo, 2);
  return photo;
}

const overlap = (found: ReturnType<typeof findPage>, truth: Rectangle) =>
  found ? quadIoU(found.corners, quadOf(truth)) : 0;

describe('findPage with the maps of the document detector', () => {
  it('takes the sheet, not the panel printed on it', () => {
    const found = findPage(cv, drawFlyer(), 'photo', drawMaps([quadOf(sheet)], { width: 512, height: 384 }));
    expect(overlap(found, sheet)).toBeGreaterThan(0.99);
  });

  it('follows the maps to another page of the same picture', () => {
    const found = findPage(cv, drawFlyer(), 'photo', drawMaps([quadOf(panel)], { width: 512, height: 384 }));
    expect(overlap(found, panel)).toBeGreaterThan(0.98);
  });

  it('finds a page whose edges the picture hardly shows, from the maps alone', () => {
    const photo = createPage(512, 384, [220, 219, 216]);
    fillRectangle(photo, sheet, [221, 220, 217]);
    addGrain(photo, 3);
    expect(findPage(cv, photo, 'photo')).toBeUndefined();
    const found = findPage(cv, photo, 'photo', drawMaps([quadOf(sheet)], { width: 512, height: 384 }));
    expect(overlap(found, sheet)).toBeGreaterThan(0.93);
  });

  it('fits the corners closer than the maps can say', () => {
    const photo = createPage(512, 384, [90, 80, 70]);
    fillRectangle(photo, sheet, [230, 228, 224]);
    addGrain(photo, 2);
    // A map pixel is 8 x 6 pixels here; the maps are half of one off.
    const off = quadOf({ left: 124, top: 57, right: 396, bottom: 333 });
    const found = findPage(cv, photo, 'photo', drawMaps([off], { width: 512, height: 384 }));
    expect(overlap(found, sheet)).toBeGreaterThan(0.993);
  });

  it('says "no page" of a rectangle that the detector does not take for one', () => {
    const photo = createPage(512, 384, [120, 110, 100]);
    fillRectangle(photo, sheet, [190, 205, 225]);
    addGrain(photo, 2);
    expect(findPage(cv, photo, 'photo')).toBeDefined();
    expect(findPage(cv, photo, 'photo', drawMaps([], { width: 512, height: 384 }, 0.01))).toBeUndefined();
  });

  it('finds the page where the maps miss a part of it', () => {
    const photo = createPage(512, 384, [90, 80, 70]);
    fillRectangle(photo, sheet, [230, 228, 224]);
    addGrain(photo, 2);
    const maps = drawMaps([quadOf(sheet)], { width: 512, height: 384 });
    // A hand over the lower left quarter that the detector takes for ground.
    for (let y = 40; y < 56; y++) for (let x = 14; x < 28; x++) maps.page[y * 64 + x] = 0.1;
    expect(overlap(findPage(cv, photo, 'photo', maps), sheet)).toBeGreaterThan(0.99);
  });
});
