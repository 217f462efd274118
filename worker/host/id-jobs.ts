import { cropMatrix, idPhotoDotsPerInch, sizeInPx, type IdBackground } from '#contract/id-photos.ts';
import type { RgbaImage } from '#contract/images.ts';
import type { Handlers } from '#contract/jobs.ts';
import { evenBackground } from '#worker/faces/id-background.ts';
import { withDensity } from '#worker/faces/id-jpeg-density.ts';
import { decodePicture, openCanvas } from './decode-picture.ts';
import { encodePicture } from './encode-picture.ts';

type IdJob = 'faces.make-id-photo' | 'faces.print-id-photos';

/** Photo paper shows more than a screen, and the file stays below the 240 kB that offices take. */
const jpegQuality = 0.92;

/** As published: white, and a grey that is clearly none. */
const backgrounds: Readonly<Record<IdBackground, readonly [number, number, number]>> = {
  white: [255, 255, 255],
  'light-grey': [222, 222, 222],
};

export function createIdHandlers(): Pick<Handlers, IdJob> {
  return {
    'faces.make-id-photo': async ({ photo, crop, sizeMm, background }, report) => {
      report({ stage: 'decode' });
      const bitmap = await decodePicture(photo);
      const size = sizeInPx(sizeMm);
      let cut: RgbaImage;
      try {
        report({ stage: 'crop' });
        const context = openCanvas(size);
        context.imageSmoothingQuality = 'high';
        context.setTransform(...cropMatrix(crop, size));
        context.drawImage(bitmap, 0, 0);
        cut = { ...size, data: context.getImageData(0, 0, size.width, size.height).data };
        context.canvas.width = 0;
      } finally {
        bitmap.close();
      }
      report({ stage: 'even' });
      const evened = background === 'as-taken' ? undefined : evenBackground(cut, backgrounds[background]);
      report({ stage: 'encode' });
      const jpeg = await encodePicture(evened?.image ?? cut, 'image/jpeg', jpegQuality);
      const said = withDensity(new Uint8Array(await jpeg.arrayBuffer()), idPhotoDotsPerInch);
      return { photo: new Blob([said], { type: 'image/jpeg' }), size, isPlain: evened?.isPlain };
    },

    'faces.print-id-photos': async ({ photo, sizeMm, paper, title, createdAt }, report) => {
      report({ stage: 'write' });
      // The writer of PDFs is a chunk of its own.
      const { writePrintSheet } = await import('#worker/faces/id-print-sheet.ts');
      const jpeg = new Uint8Array(await photo.arrayBuffer());
      const { pdf, copies } = await writePrintSheet({ jpeg, sizeMm }, paper, { title, createdAt });
      return { pdf: new Blob([pdf], { type: 'application/pdf' }), copies };
    },
  };
}
