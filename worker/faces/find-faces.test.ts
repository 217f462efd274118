import { expect, it } from 'vitest';
import type { HiddenArea } from '#contract/faces.ts';
import type { RgbaImage, Size } from '#contract/images.ts';
import { shrinkImage } from '#worker/vision/shrink-image.ts';
import { findAgain } from './find-again.ts';
import { findFaces, findFacesLive } from './find-faces.ts';
import type { FaceNetwork, ReadPicture } from './face-network.ts';

/*
 * A network of YuNet's form that takes for a face what has a red half above a green one, and for its eyes the corners of the
 * red one. So a face that lies on its side is none.
 */
function fakeNetwork(): FaceNetwork & { readonly sizes: Size[] } {
  const sizes: Size[] = [];
  return {
    family: 'yunet',
    detector: 'fake 1',
    sizes,
    run: async (input, size) => {
      sizes.push(size);
      const outputs: Record<string, Float32Array> = {};
      for (const cellPx of [8, 16, 32]) {
        const cells = (size.width / cellPx) * (size.height / cellPx);
        outputs[`scores-${cellPx}`] = new Float32Array(2 * cells);
        outputs[`places-${cellPx}`] = new Float32Array(14 * cells);
      }
      const red = boundsOf(input, size, 0);
      const green = boundsOf(input, size, 1);
      if (red && green && red.bottom <= green.top + 2 && Math.abs(red.left - green.left) < 4) {
        const column = Math.floor(red.left / 8);
        const row = Math.floor(red.top / 8);
        const cell = row * (size.width / 8) + column;
        outputs['scores-8']?.set([0.97, 0.97], 2 * cell);
        const width = red.right - red.left;
        const height = green.bottom - red.top;
        const place = (x: number, y: number) => [x / 8 - column, y / 8 - row];
        outputs['places-8']?.set(
          [
            ...place(red.left + width / 2, red.top + height / 2),
            Math.log(width / 8),
            Math.log(height / 8),
            ...place(red.left, red.top),
            ...place(red.right, red.top),
            ...place(red.left + width / 2, green.top),
          ],
          14 * cell,
        );
      }
      return outputs;
    },
  };
}

function boundsOf(input: Float32Array, { width, height }: Size, channel: number) {
  const found = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      if ((input[at + channel] ?? 0) < 0.5 || (input[at + 2] ?? 0) > 0.5) continue;
      found.left = Math.min(found.left, x);
      found.top = Math.min(found.top, y);
      found.right = Math.max(found.right, x + 1);
      found.bottom = Math.max(found.bottom, y + 1);
    }
  }
  return found.right < 0 ? undefined : found;
}

/** Black, with a face of 80 x 120 pixels at (x, y), upright or with its top to the right. */
function drawPhoto(size: Size, x: number, y: number, isTurned = false): RgbaImage {
  const data = new Uint8ClampedArray(4 * size.width * size.height);
  const [width, height] = isTurned ? [120, 80] : [80, 120];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const isRed = isTurned ? column >= width / 2 : row < height / 2;
      if (y + row < 0 || x + column < 0) continue;
      data.set(isRed ? [255, 0, 0, 255] : [0, 255, 0, 255], 4 * ((y + row) * size.width + x + column));
    }
  }
  return { ...size, data };
}

/** By whole factors, as the host would. */
const reader =
  (photo: RgbaImage): ReadPicture =>
  (longSidePx) =>
    shrinkImage(photo, Math.max(1, Math.ceil(Math.max(photo.width, photo.height) / longSidePx)));

const large = { width: 1152, height: 864 };

it('tells of faces in pixels of the photo, whatever size the network saw', async () => {
  const network = fakeNetwork();
  const photo = drawPhoto(large, 400, 300);
  const [face, ...more] = await findFaces(network, large, reader(photo), 'count');
  expect(more).toEqual([]);
  expect(network.sizes).toEqual([{ width: 576, height: 448 }]);
  expect(face?.box.x).toBeCloseTo(400, 0);
  expect(face?.box.y).toBeCloseTo(300, 0);
  expect(face?.box.width).toBeCloseTo(80, 0);
  expect(face?.box.height).toBeCloseTo(120, 0);
  expect(face?.pose.tiltDegrees).toBeCloseTo(0);
  expect(face?.pose.sideTurn).toBeCloseTo(0);
});

it('gives networks multiples of 32 pixels, without stretching what they see', async () => {
  const network = fakeNetwork();
  const size = { width: 401, height: 300 };
  const [face] = await findFaces(network, size, reader(drawPhoto(size, 100, 90)), 'count');
  expect(network.sizes).toEqual([{ width: 416, height: 320 }]);
  expect(face?.box.x).toBeCloseTo(100, 0);
  expect(face?.box.width).toBeCloseTo(80, 0);
});

it('hides with a margin, looks closer for it, and stays inside of the photo', async () => {
  const network = fakeNetwork();
  const photo = drawPhoto(large, 400, 4);
  const [face] = await findFaces(network, large, reader(photo), 'hide');
  expect(network.sizes.map(({ width }) => width)).toEqual([576, 1152]);
  expect(face?.box.x).toBeLessThan(395);
  expect(face?.box.y).toBe(0);
  expect((face?.box.y ?? 0) + (face?.box.height ?? 0)).toBeGreaterThan(130);
});

it('looks at a photo in which it finds nothing as if it lay on its side', async () => {
  const network = fakeNetwork();
  const [face] = await findFaces(network, large, reader(drawPhoto(large, 900, 100, true)), 'count');
  expect(face?.box.x).toBeCloseTo(900, -1);
  expect(face?.box.y).toBeCloseTo(100, -1);
  expect(face?.box.width).toBeCloseTo(120, -1);
  expect(face?.box.height).toBeCloseTo(80, -1);
  expect(face?.pose.tiltDegrees).toBeCloseTo(90);
});

it('finds none where there is none, and in a photo of one pixel', async () => {
  const photo: RgbaImage = { ...large, data: new Uint8ClampedArray(4 * large.width * large.height) };
  expect(await findFaces(fakeNetwork(), large, reader(photo), 'count')).toEqual([]);
  const dot: RgbaImage = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
  expect(await findFaces(fakeNetwork(), dot, () => dot, 'hide')).toEqual([]);
});

it('reads a frame of the camera in one small pass', async () => {
  const network = fakeNetwork();
  const size = { width: 640, height: 480 };
  const frame = shrinkImage(drawPhoto(size, 200, 100), 2);
  const [face] = await findFacesLive(network, frame, size);
  expect(network.sizes).toEqual([{ width: 320, height: 256 }]);
  expect(face?.box.x).toBeCloseTo(200, 0);
  expect(face?.box.height).toBeCloseTo(120, 0);
});

it('tells which hidden areas still pass for a face, and leaves out what lies elsewhere', async () => {
  const photo = drawPhoto(large, 400, 300);
  const still: HiddenArea = { shape: 'ellipse', box: { x: 390, y: 280, width: 105, height: 150 } };
  const elsewhere: HiddenArea = { shape: 'ellipse', box: { x: 700, y: 300, width: 100, height: 140 } };
  expect(await findAgain(fakeNetwork(), large, reader(photo), [elsewhere, still])).toEqual([still]);
  const network = fakeNetwork();
  expect(await findAgain(network, large, reader(photo), [])).toEqual([]);
  expect(network.sizes).toEqual([]);
});
