import type { BoxesOrder, CharacterReading, ReadCharacters } from '#contract/handwriting.ts';
import { wholePhoto, type RgbaImage, type Size } from '#contract/images.ts';
import type { Handlers, JobName } from '#contract/jobs.ts';
import type { Position, SheetRectangle } from '#contract/sheets.ts';
import { readCharacters, readInk, type ClassifyCharacter } from '#worker/handwriting/read-characters.ts';
import { homographyBetween, projectPoint, type FourPoints } from '#worker/vision/geometry.ts';
import { decodePicture, readScaled } from './decode-picture.ts';
import type { Runtime } from './runtime.ts';

type HandwritingJob = Extract<JobName, `handwriting.${string}`>;

/** Photos beyond this are read scaled down: Safari on iOS has no canvas of more than 16.7 megapixels. */
const mostPhotoPixels = 16e6;

export function createHandwritingHandlers(runtime: Pick<Runtime, 'network'>): Pick<Handlers, HandwritingJob> {
  const readAll = createCharacterReader(runtime);

  return {
    'handwriting.read-boxes': async ({ photo, ...order }, report) => {
      report({ stage: 'decode' });
      const bitmap = await decodePicture(photo);
      try {
        const scale = Math.min(1, Math.sqrt(mostPhotoPixels / (bitmap.width * bitmap.height)));
        const picture = readScaled(bitmap, scale * Math.max(bitmap.width, bitmap.height));
        report({ stage: 'read' });
        return { readings: await readAll(picture, placeBoxes(order, bitmap, picture)) };
      } finally {
        bitmap.close();
      }
    },

    'handwriting.classify': async ({ size, ink, alphabet }, report) => {
      report({ stage: 'read' });
      return { readings: await readInk(splitInk(size, ink, alphabet), await startClassifier(runtime)) };
    },
  };
}

/** The reader of characters for rooms that find boxes themselves. The network starts with the first box. */
export function createCharacterReader(runtime: Pick<Runtime, 'network'>): ReadCharacters {
  return async (picture, boxes): Promise<readonly CharacterReading[]> =>
    readCharacters(picture, boxes, async (character) => (await startClassifier(runtime))(character));
}

/** @throws CodedFailure `model-unavailable`, `runtime-unavailable` */
async function startClassifier(runtime: Pick<Runtime, 'network'>): Promise<ClassifyCharacter> {
  const network = await runtime.network('handwriting');
  return async (character) => {
    const { chances } = await network.run(character);
    if (chances === undefined) throw new Error('The network gives other outputs than expected');
    return chances;
  };
}

/** @param photo the size that the order is about; `picture` is the same, perhaps with fewer pixels */
function placeBoxes({ page, boxes }: Omit<BoxesOrder, 'photo'>, photo: Size, picture: RgbaImage) {
  const { corners, size } = page ?? { corners: wholePhoto(photo), size: photo };
  const toPhoto = homographyBetween(cornersOf({ left: 0, top: 0, width: size.width, height: size.height }), corners);
  // No caller has a page without area, so this is a bug.
  if (toPhoto === undefined) throw new Error('the corners of the page lie on a line');
  const place = (point: Position): Position => {
    const { x, y } = projectPoint(toPhoto, point);
    return { x: (x * picture.width) / photo.width, y: (y * picture.height) / photo.height };
  };
  return boxes.map(({ alphabet, ...box }) => {
    const [a, b, c, d] = cornersOf(box);
    return { alphabet, outline: [place(a), place(b), place(c), place(d)] as const };
  });
}

function cornersOf({ left, top, width, height }: SheetRectangle): FourPoints {
  return [
    { x: left, y: top },
    { x: left + width, y: top },
    { x: left + width, y: top + height },
    { x: left, y: top + height },
  ];
}

function splitInk({ width, height }: Size, ink: Uint8Array, alphabet: string) {
  const length = width * height;
  return Array.from({ length: Math.floor(ink.length / length) }, (_, index) => {
    const values = Float32Array.from(ink.subarray(index * length, (index + 1) * length), (value) => value / 255);
    return { ink: { width, height, values }, alphabet };
  });
}
