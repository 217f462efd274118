import { wholePhoto, type Size } from '#contract/images.ts';
import type { Handlers, JobName, JobStage, Progress } from '#contract/jobs.ts';
import type { EdgeLine, Look, PageEdits, PageFinding, RenderedPage } from '#contract/pages.ts';
import { cleanPage } from '#worker/documents/clean-page.ts';
import { encodeGreyPng } from '#worker/documents/encode-grey-png.ts';
import { findEdgeLines } from '#worker/documents/find-edge-lines.ts';
import { findingLongSidePx, findPage } from '#worker/documents/find-page.ts';
import type { FlatPage } from '#worker/documents/flatten-page.ts';
import { guessTurns } from '#worker/documents/guess-turns.ts';
import { measureQuality } from '#worker/documents/measure-quality.ts';
import { readFrame } from '#worker/documents/read-frame.ts';
import { version } from '#worker/documents/version.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { decodePicture, readScaled } from './decode-picture.ts';
import { encodeCover, encodePicture } from './encode-picture.ts';
import { createExportHandlers } from './export-jobs.ts';
import {
  flattenPhoto,
  mostPhotoPixels,
  readPhoto,
  scaleQuad,
  scalerBetween,
  sizeOf,
  type ScalePoint,
} from './flatten-photo.ts';
import { createPageMapper } from './map-page.ts';
import type { Runtime } from './runtime.ts';

type DocumentJob = Extract<JobName, `documents.${string}`>;

export function createDocumentHandlers(runtime: Pick<Runtime, 'openCv' | 'network'>): Pick<Handlers, DocumentJob> {
  const mapPage = createPageMapper(runtime);
  return {
    'documents.scan': async ({ photo, look }, report) => {
      report({ stage: 'decode' });
      const { bitmap, cv } = await open(photo);
      const { finding, pixels } = await closing(bitmap, async () => {
        report({ stage: 'outline' });
        const scaled = readScaled(bitmap, findingLongSidePx.photo);
        const found = findPage(cv, scaled, 'photo', await mapPage.photo(scaled));
        report({ stage: 'flatten' });
        return {
          finding: found && scaleFinding(found, scalerBetween(scaled, bitmap)),
          pixels: readPhoto(bitmap, mostPhotoPixels),
        };
      });
      const { photoSize } = pixels;
      const corners = finding?.corners ?? wholePhoto(photoSize);
      const asPhotographed = flattenPhoto(pixels, { corners, turns: 0 });
      const turns = guessTurns(asPhotographed.image);
      const edits: PageEdits = { ...look, corners, turns };
      const flat = turns === 0 ? asPhotographed : flattenPhoto(pixels, edits);
      return { photoSize, finding, edits, rendered: await render(flat, edits, report) };
    },

    'documents.render': async ({ photo, edits }, report) => {
      report({ stage: 'decode' });
      const bitmap = await decodePicture(photo);
      report({ stage: 'flatten' });
      const flat = flattenPhoto(await closing(bitmap, () => readPhoto(bitmap, mostPhotoPixels)), edits);
      return { rendered: await render(flat, edits, report) };
    },

    'documents.preview': async ({ photo, edits, looks, longSidePx }, report) => {
      report({ stage: 'decode' });
      const bitmap = await decodePicture(photo);
      report({ stage: 'flatten' });
      const pixels = await closing(bitmap, () => readPhoto(bitmap, pixelsForPage(bitmap, edits, longSidePx)));
      const { image } = flattenPhoto(pixels, edits, longSidePx);
      const previews: { look: Look; picture: Blob }[] = [];
      for (const [done, look] of looks.entries()) {
        report({ stage: 'clean', done, total: looks.length });
        const cleaned = cleanPage(image, { ...edits, look });
        report({ stage: 'encode', done, total: looks.length });
        previews.push({ look, picture: await encodePicture(cleaned, 'image/jpeg') });
      }
      return { previews };
    },

    'documents.outline': async ({ photo }, report) => {
      report({ stage: 'decode' });
      const { bitmap, cv } = await open(photo);
      return closing(bitmap, async () => {
        report({ stage: 'outline' });
        const scaled = readScaled(bitmap, findingLongSidePx.photo);
        const enlarge = scalerBetween(scaled, bitmap);
        const found = findPage(cv, scaled, 'photo', await mapPage.photo(scaled));
        const finding = found && scaleFinding(found, enlarge);
        report({ stage: 'edges' });
        // The page's own sides first: what the picture shows of them may be in pieces that end short of the corners.
        const edges = [...sidesOf(found), ...findEdgeLines(cv, scaled)];
        const lines = edges.map(({ from, to }) => ({ from: enlarge(from), to: enlarge(to) }));
        return { photoSize: sizeOf(bitmap), finding, lines };
      });
    },

    'documents.read-frame': async ({ frame }, report) => {
      try {
        const { cv } = await runtime.openCv();
        report({ stage: 'outline' });
        const scaled = readScaled(frame, findingLongSidePx.live);
        const { finding, ...reading } = readFrame(cv, scaled, await mapPage.live(scaled));
        return { ...reading, finding: finding && scaleFinding(finding, scalerBetween(scaled, frame)) };
      } finally {
        frame.close();
      }
    },

    ...createExportHandlers(),
  };

  /** Decodes while OpenCV starts. */
  async function open(photo: Blob): Promise<{ bitmap: ImageBitmap; cv: OpenCv }> {
    const [decoded, started] = await Promise.allSettled([decodePicture(photo), runtime.openCv()]);
    if (decoded.status === 'rejected') throw decoded.reason;
    if (started.status === 'fulfilled') return { bitmap: decoded.value, cv: started.value.cv };
    decoded.value.close();
    throw started.reason;
  }
}

async function render(
  flat: FlatPage,
  edits: PageEdits,
  report: (progress: Progress<JobStage<'documents.render'>>) => void,
): Promise<RenderedPage> {
  report({ stage: 'clean' });
  const quality = measureQuality(flat);
  const cleaned = cleanPage(flat.image, edits);
  report({ stage: 'encode' });
  // A few greys pack into two bits a pixel and stay sharp; JPEG would ring around every letter.
  const png = edits.look === 'black-and-white' ? encodeGreyPng(cleaned) : undefined;
  const page = png ? new Blob([png], { type: 'image/png' }) : await encodePicture(cleaned, 'image/jpeg');
  return { page, size: sizeOf(cleaned), cover: await encodeCover(cleaned), paper: flat.paper, quality, version };
}

/** Frees the bitmap when `work` is done with it, and when it throws. */
async function closing<T>(bitmap: ImageBitmap, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    bitmap.close();
  }
}

/** How many pixels of the photo are enough for a page of `longSidePx`: twice as many each way, so that nothing blurs. */
function pixelsForPage(photo: Size, { corners }: Pick<PageEdits, 'corners'>, longSidePx: number): number {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const pageLongSide = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 1);
  const scale = Math.min(1, (2 * longSidePx) / pageLongSide);
  return Math.min(mostPhotoPixels, photo.width * photo.height * scale * scale);
}

function sidesOf(finding: PageFinding | undefined): readonly EdgeLine[] {
  if (finding === undefined) return [];
  const [a, b, c, d] = finding.corners;
  return [
    { from: a, to: b },
    { from: b, to: c },
    { from: c, to: d },
    { from: d, to: a },
  ];
}

function scaleFinding(finding: PageFinding, scale: ScalePoint): PageFinding {
  return { ...finding, corners: scaleQuad(finding.corners, scale) };
}
