import { CodedFailure } from '#contract/failures.ts';
import type { Handlers, JobName, JobStage, PhotoKind, Progress } from '#contract/jobs.ts';
import { encodeFrame, reencodePicture, shrinkPicture } from './converters/browser-formats.ts';
import type { PhotoFile } from './converters/photo-file.ts';

type PhotoJob = Extract<JobName, `photos.${string}`>;

type Open = (file: Blob) => Promise<PhotoFile>;

/** Formats that browsers do not decode; each decoder is a chunk of its own, fetched on first use. */
const decoders: Partial<Record<PhotoKind, () => Promise<Open>>> = {
  heic: async () => (await import('./converters/open-heic.ts')).openHeic,
  tiff: async () => (await import('./converters/open-tiff.ts')).openTiff,
  pdf: async () => (await import('./converters/open-pdf.ts')).openPdf,
};

export function createPhotoHandlers(): Pick<Handlers, PhotoJob> {
  return {
    'photos.count': async ({ file, kind }, report) => {
      const photos = await open(file, kind, report);
      if (photos === undefined) return { pictures: 1 };
      await photos.close();
      return { pictures: photos.pictures };
    },

    'photos.convert': async ({ file, kind, index }, report) => {
      const photos = await open(file, kind, report);
      if (photos === undefined) return reencodePicture(file, report);
      try {
        return await photos.convert(index, () => report({ stage: 'encode' }));
      } finally {
        await photos.close();
      }
    },

    'photos.shrink': async ({ photo, mostPixels, quality }, report) =>
      shrinkPicture(photo, mostPixels, quality, report),

    'photos.from-frame': async ({ frame }, report) => {
      report({ stage: 'encode' });
      return encodeFrame(frame);
    },
  };
}

async function open(
  file: Blob,
  kind: PhotoKind,
  report: (progress: Progress<JobStage<'photos.count'>>) => void,
): Promise<PhotoFile | undefined> {
  const decoder = decoders[kind];
  if (decoder === undefined) return undefined;
  report({ stage: 'download' });
  const openFile = await fetchDecoder(decoder);
  report({ stage: 'decode' });
  return openFile(file);
}

async function fetchDecoder(decoder: () => Promise<Open>): Promise<Open> {
  try {
    return await decoder();
  } catch (cause) {
    throw new CodedFailure('runtime-unavailable', 'The decoder of this format did not load', undefined, cause);
  }
}
