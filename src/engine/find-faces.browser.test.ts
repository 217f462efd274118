import { describe, expect, it } from 'vitest';
import { CodedFailure } from '#contract/failures.ts';
import { hidingStyles, type FaceBox, type FacePurpose } from '#contract/faces.ts';
import { engine } from './engine.ts';
import { drawFace, type DrawnFace } from './testing/draw-face.ts';

/* Faces as the app finds and hides them: a real worker, tfjs and the shipped network, in Chromium. */

const size = { width: 800, height: 600 };
const faces: readonly DrawnFace[] = [
  { x: 120, y: 160, width: 120, height: 156 },
  { x: 480, y: 220, width: 100, height: 130 },
];

function draw(shown: readonly DrawnFace[], { width, height } = size, degrees = 0): OffscreenCanvas {
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('no canvas');
  const wall = context.createLinearGradient(0, 0, width, height);
  wall.addColorStop(0, '#c9d3cf');
  wall.addColorStop(1, '#8f9c9a');
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  for (const face of shown) drawFace(context, face, degrees);
  return context.canvas;
}

const jpegOf = (canvas: OffscreenCanvas) => canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });

const find = async (photo: Blob, purpose: FacePurpose = 'count') => engine.run('faces.find', { photo, purpose });

function overlapOf(one: FaceBox, other: FaceBox): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (one.width * one.height + other.width * other.height - width * height);
}

/** The photo as a camera stores it that was held on its side: turned, and a note in its EXIF of how to turn it back. */
async function asHeldSideways(upright: OffscreenCanvas): Promise<Blob> {
  const context = new OffscreenCanvas(upright.height, upright.width).getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.translate(0, upright.width);
  context.rotate(-Math.PI / 2);
  context.drawImage(upright, 0, 0);
  const jpeg = new Uint8Array(await (await jpegOf(context.canvas)).arrayBuffer());
  // TIFF, big-endian, one entry: orientation (0x0112), a short, 6: to be turned clockwise.
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const exif = [0xff, 0xe1, 0, 8 + tiff.length, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return new Blob([jpeg.slice(0, 2), Uint8Array.from(exif), jpeg.slice(2)], { type: 'image/jpeg' });
}

describe('finding', () => {
  it('finds every face where it is, largest first, and says which network did', async () => {
    const { faces: found, photoSize, detector } = await find(await jpegOf(draw(faces)));
    expect(photoSize).toEqual(size);
    expect(detector).toMatch(/^face-detection(?:-yunet)? \d+$/);
    expect(found).toHaveLength(2);
    for (const [index, face] of faces.entries()) {
      const [first, second] = found;
      expect(
        overlapOf(face, (index === 0 ? first : second)?.box ?? { x: 0, y: 0, width: 0, height: 0 }),
      ).toBeGreaterThan(0.5);
    }
    expect(Math.abs(found[0]?.pose.tiltDegrees ?? 90)).toBeLessThan(10);
    expect(Math.abs(found[0]?.pose.sideTurn ?? 1)).toBeLessThan(0.2);
  });

  it('finds none in a picture without', async () => {
    expect((await find(await jpegOf(draw([])))).faces).toEqual([]);
    expect((await find(await jpegOf(draw([], { width: 3, height: 2 })), 'hide')).faces).toEqual([]);
  });

  it('goes by the EXIF orientation', async () => {
    const { faces: found, photoSize } = await find(await asHeldSideways(draw(faces.slice(0, 1))));
    expect(photoSize).toEqual(size);
    expect(found).toHaveLength(1);
    expect(overlapOf(found[0]?.box ?? { x: 0, y: 0, width: 0, height: 0 }, { ...faces[0] } as FaceBox)).toBeGreaterThan(
      0.5,
    );
  });

  it('finds a face that lies on its side', async () => {
    const lying = draw([{ x: 300, y: 200, width: 150, height: 195 }], size, 90);
    const { faces: found } = await find(await jpegOf(lying));
    expect(found).toHaveLength(1);
    expect(Math.abs((found[0]?.pose.tiltDegrees ?? 0) - 90)).toBeLessThan(15);
  });

  it('says of a file that is no picture that it is damaged', async () => {
    const error = await find(new Blob(['no picture'], { type: 'image/jpeg' })).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(CodedFailure);
    expect((error as CodedFailure).failure.code).toBe('damaged-file');
  });
});

describe('the live camera', () => {
  it('reads who is there, and the light', async () => {
    const canvas = draw([{ x: 240, y: 120, width: 180, height: 234 }], { width: 640, height: 480 });
    const reading = await engine.run('faces.read-frame', { frame: canvas.transferToImageBitmap() });
    expect(reading.frameSize).toEqual({ width: 640, height: 480 });
    expect(reading.faces).toHaveLength(1);
    expect(reading.light.brightness).toBeGreaterThan(0.4);
    expect(reading.light.faceBrightness).toBeGreaterThan(0.3);
    expect(Math.abs(reading.light.faceUnevenness ?? 1)).toBeLessThan(0.2);
  });

  it('finds nobody in front of a wall', async () => {
    const frame = draw([], { width: 640, height: 480 }).transferToImageBitmap();
    expect((await engine.run('faces.read-frame', { frame })).faces).toEqual([]);
  });
});

// Each looks at the photo up to six times; on two shared cores that took 50 seconds.
describe.each(hidingStyles)('hiding, %s', { timeout: 180_000 }, (style) => {
  it('leaves no face to be found, nor any EXIF, and the rest of the photo as it was', async () => {
    const photo = await asHeldSideways(draw(faces));
    const { faces: found } = await find(photo, 'hide');
    const areas = found.map(({ box }) => ({ box, shape: 'ellipse' as const }));
    const hidden = await engine.run('faces.hide', { photo, areas, style });
    expect(hidden.size).toEqual(size);
    expect((await find(hidden.photo)).faces).toEqual([]);
    const bytes = new Uint8Array(await hidden.photo.arrayBuffer());
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('Exif');
    const bitmap = await createImageBitmap(hidden.photo);
    expect({ width: bitmap.width, height: bitmap.height }).toEqual(size);
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const before = draw(faces).getContext('2d');
    const pixel = (of: OffscreenCanvasRenderingContext2D | null | undefined) => [
      ...(of?.getImageData(40, 560, 1, 1).data ?? []),
    ];
    for (const [at, value] of pixel(context).entries())
      expect(Math.abs(value - (pixel(before)[at] ?? 0))).toBeLessThan(8);
  });
});
