import type { FormBoxReading } from '#contract/handwriting.ts';
import type { Handlers, JobName } from '#contract/jobs.ts';
import { flattenSheet } from '#worker/answer-sheets/flatten-sheet.ts';
import { findForm } from '#worker/answer-sheets/find-form.ts';
import { homographyBetween, projectPoint, type FourPoints, type XY } from '#worker/vision/geometry.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import { decodePicture } from './decode-picture.ts';
import { encodePicture } from './encode-picture.ts';
import { createCharacterReader } from './handwriting-jobs.ts';
import type { Runtime } from './runtime.ts';
import { readPixels, scaleQuad } from './sheet-pixels.ts';

type FormJob = Extract<JobName, `forms.${string}`>;

/** A box of 6 mm on an A4 page that fills its photo is then 60 pixels wide: twice what the network sees of it. */
const mostPixels = 8e6;

/** Of flat pages, which are looked at in the review. */
const pageQuality = 0.8;

export function createFormHandlers(runtime: Pick<Runtime, 'network'>): Pick<Handlers, FormJob> {
  const readCharacters = createCharacterReader(runtime);
  return {
    'forms.read': async ({ photo, corners, size, boxes }, report) => {
      report({ stage: 'decode' });
      const bitmap = await decodePicture(photo);
      try {
        const picture = readPixels(bitmap, mostPixels);
        report({ stage: 'locate' });
        const form = findForm(greyPlane(picture), scaleQuad(corners, bitmap, picture), size, boxes);
        report({ stage: 'read' });
        const readings = await readCharacters(
          picture,
          form.boxes.map((box, at) => ({ outline: box.corners, alphabet: boxes[at]?.alphabet ?? '' })),
        );
        report({ stage: 'encode' });
        const flat = flattenSheet(picture, form.corners, { frame: size, marginUnits: 0, pixelsPerUnit: 1 });
        const toPage = pageMap(form.corners, size);
        return {
          boxes: form.boxes.flatMap((box, at): readonly FormBoxReading[] => {
            const reading = readings[at];
            const [a, b, c, d] = box.corners;
            const place = [toPage(a), toPage(b), toPage(c), toPage(d)] as const;
            return reading === undefined ? [] : [{ reading, place, seen: box.seen }];
          }),
          page: await encodePicture(flat, 'image/jpeg', pageQuality),
        };
      } finally {
        bitmap.close();
      }
    },
  };
}

function pageMap(
  corners: FourPoints,
  { width, height }: { readonly width: number; readonly height: number },
): (point: XY) => XY {
  const map = homographyBetween(corners, [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ]);
  // A page that was flattened has area, so this is a bug.
  if (map === undefined) throw new Error('the corners of the page lie on a line');
  return (point) => projectPoint(map, point);
}
