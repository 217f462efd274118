import type { Size } from '#contract/images.ts';
import type { Handlers, HelpName, JobStage, Progress } from '#contract/jobs.ts';
import type { PageEdits, Turns } from '#contract/pages.ts';
import { readText } from '#worker/text/read-text.ts';
import { scaleText } from '#worker/text/scale-text.ts';
import { version } from '#worker/text/version.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { decodePicture } from './decode-picture.ts';
import { flattenPhotoGrey, mostPhotoPixels, readPhoto, sizeOf } from './flatten-photo.ts';
import type { Runtime } from './runtime.ts';

type Report = (progress: Progress<JobStage<'text.read'>>) => void;

export function createTextHandlers(
  runtime: Pick<Runtime, 'recogniser' | 'textHelper'>,
): Pick<Handlers, 'text.read' | HelpName> {
  return {
    'text.read': async ({ photo, edits, languages, turns }, report) => {
      report({ stage: 'download' });
      const recogniser = await runtime.recogniser(languages, ({ done, total }) => {
        if (done !== undefined && total !== undefined) report({ stage: 'download', done, total });
      });
      // Not before: what it needs is on the device now, so no second worker is kept waiting for a slow network.
      const helper = runtime.textHelper(languages);
      const page = await flattenPage(photo, edits, report);
      report({ stage: 'prepare' });
      const count = countUp((done) => report({ stage: 'recognise', done, total: 100 }));
      const read = await readText(page, { recogniser, helper, report: count }, turns === 'find');
      const upright = addTurns(edits.turns, read.turns);
      const placed =
        read.turns === 0
          ? read
          : scaleText(read, await sizeWhenTurned(photo, { corners: edits.corners, turns: upright }));
      return {
        ...placed,
        languages,
        turns: upright,
        version,
        madeBy: recogniser.name,
      };
    },

    'text.start': async ({ languages }) => {
      await runtime.recogniser(languages);
      return {};
    },

    'text.recognise': async ({ pictures, languages }, report) => {
      const recogniser = await runtime.recogniser(languages);
      report({ stage: 'recognise' });
      return { lines: pictures.map((picture) => recogniser.recognise(picture, { segmentation: 'block' })) };
    },
  };
}

/** Reports hundredths that never fall, where a page is read again the other way up. */
function countUp(report: (hundredths: number) => void): (share: number) => void {
  let most = 0;
  return (share) => {
    most = Math.max(most, Math.round(share * 100));
    report(most);
  };
}

/** The page as it is rendered, before it is cleaned: reading needs no look, and its own light is evened otherwise. */
async function flattenPage(photo: Blob, edits: Pick<PageEdits, 'corners' | 'turns'>, report: Report): Promise<Plane> {
  report({ stage: 'decode' });
  const bitmap = await decodePicture(photo);
  try {
    const pixels = readPhoto(bitmap, mostPhotoPixels);
    report({ stage: 'flatten' });
    return flattenPhotoGrey(pixels, edits);
  } finally {
    bitmap.close();
  }
}

/**
 * Of the page rendered with other turns: that is not just the other way round, as the ratio of a known paper is told from the
 * upright page. Seldom needed, so the pixels are not kept for it.
 */
async function sizeWhenTurned(photo: Blob, edits: Pick<PageEdits, 'corners' | 'turns'>): Promise<Size> {
  return sizeOf(await flattenPage(photo, edits, () => {}));
}

const allTurns: readonly Turns[] = [0, 1, 2, 3];

function addTurns(first: Turns, second: Turns): Turns {
  return allTurns[(first + second) % 4] ?? 0;
}
