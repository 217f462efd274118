import type { HiddenArea } from '#contract/faces.ts';
import type { RgbaImage, Size } from '#contract/images.ts';
import type { Handlers } from '#contract/jobs.ts';
import type { FaceNetwork } from '#worker/faces/face-network.ts';
import { coversOf, findAgain } from '#worker/faces/find-again.ts';
import { findFaces, findFacesLive, liveSidePx } from '#worker/faces/find-faces.ts';
import { hideAreas } from '#worker/faces/hide-areas.ts';
import { measureLight } from '#worker/faces/measure-light.ts';
import { decodePicture, openCanvas, readScaled } from './decode-picture.ts';
import { encodePicture } from './encode-picture.ts';
import { createFaceNetworks } from './face-networks.ts';
import type { Runtime } from './runtime.ts';

type FaceJob = 'faces.find' | 'faces.read-frame' | 'faces.hide';

/** Photos beyond this are hidden scaled down: Safari on iOS has no canvas of more than 16.7 megapixels. */
const mostPhotoPixels = 16e6;

/** Nothing of a small blurred face is lost by this, and the file is for sharing. */
const hiddenQuality = 0.9;

export function createFaceHandlers(runtime: Pick<Runtime, 'network'>): Pick<Handlers, FaceJob> {
  const startNetwork = createFaceNetworks(runtime);
  return {
    'faces.find': async ({ photo, purpose }, report) => {
      report({ stage: 'decode' });
      const bitmap = await decodePicture(photo);
      try {
        const network = await startNetwork();
        report({ stage: 'detect' });
        const photoSize = { width: bitmap.width, height: bitmap.height };
        const faces = await findFaces(network, photoSize, (longSidePx) => readScaled(bitmap, longSidePx), purpose);
        return { photoSize, faces, detector: network.detector };
      } finally {
        bitmap.close();
      }
    },

    'faces.read-frame': async ({ frame }, report) => {
      try {
        const network = await startNetwork();
        report({ stage: 'detect' });
        const frameSize = { width: frame.width, height: frame.height };
        const scaled = readScaled(frame, liveSidePx(network.family));
        const faces = await findFacesLive(network, scaled, frameSize);
        return { frameSize, faces, light: measureLight(scaled, frameSize, faces[0]?.box), detector: network.detector };
      } finally {
        frame.close();
      }
    },

    'faces.hide': async ({ photo, areas, style }, report) => {
      report({ stage: 'decode' });
      const bitmap = await decodePicture(photo);
      const { pixels, scale } = readPhoto(bitmap);
      report({ stage: 'hide' });
      const scaled = areas.map((area) => scaleArea(area, scale));
      let hidden = hideAreas(pixels, scaled, style);
      const size = { width: hidden.width, height: hidden.height };
      report({ stage: 'encode' });
      let file = await encodePicture(hidden, 'image/jpeg', hiddenQuality);
      // The very file is looked at, as others will.
      for (const cover of coversOf(style)) {
        report({ stage: 'detect' });
        const seen = await lookAgain(await startNetwork(), file, size, scaled);
        if (seen.length === 0) break;
        hidden = hideAreas(hidden, seen.map(cover), 'solid');
        report({ stage: 'encode' });
        file = await encodePicture(hidden, 'image/jpeg', hiddenQuality);
      }
      return { photo: file, size };
    },
  };
}

async function lookAgain(
  network: FaceNetwork,
  file: Blob,
  size: Size,
  areas: readonly HiddenArea[],
): Promise<readonly HiddenArea[]> {
  const bitmap = await createImageBitmap(file);
  try {
    return await findAgain(network, size, (longSidePx) => readScaled(bitmap, longSidePx), areas);
  } finally {
    bitmap.close();
  }
}

/** All pixels of the photo, fewer where the browser has no canvas of so many. Closes the bitmap. */
function readPhoto(bitmap: ImageBitmap): { pixels: RgbaImage; scale: number } {
  try {
    const scale = Math.min(1, Math.sqrt(mostPhotoPixels / (bitmap.width * bitmap.height)));
    const size: Size = { width: Math.floor(bitmap.width * scale), height: Math.floor(bitmap.height * scale) };
    if (scale < 1) return { pixels: readScaled(bitmap, Math.max(size.width, size.height)), scale };
    const context = openCanvas(size);
    // Paper shows through what is transparent: JPEG has no transparency.
    context.fillStyle = 'white';
    context.fillRect(0, 0, size.width, size.height);
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, size.width, size.height);
    context.canvas.width = 0;
    return { pixels: { ...size, data }, scale: 1 };
  } finally {
    bitmap.close();
  }
}

function scaleArea({ box, shape }: HiddenArea, scale: number): HiddenArea {
  return {
    shape,
    box: { x: scale * box.x, y: scale * box.y, width: scale * box.width, height: scale * box.height },
  };
}
