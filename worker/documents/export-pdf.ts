import type { RgbaImage } from '#contract/images.ts';
import type { PdfSettings } from '#contract/jobs.ts';
import { isPng } from './read-picture.ts';
import { writePdf, type PdfPage } from './write-pdf.ts';

/** The host's way of reading and writing compressed pictures. */
export interface PictureCodec {
  /** Decodes with both sides times `scale` (0 to 1), rounded, and well resampled. */
  readonly decode: (picture: Uint8Array<ArrayBuffer>, scale: number) => Promise<RgbaImage>;
  /** @param quality 0 to 1. */
  readonly encodeJpeg: (image: RgbaImage, quality: number) => Promise<Uint8Array<ArrayBuffer>>;
}

export interface WrittenPdf {
  readonly pdf: Uint8Array<ArrayBuffer>;
  readonly targetReached: boolean;
}

/** Stages as the job table names them. */
export type ReportExport = (stage: 'compress' | 'write', done: number, total: number) => void;

interface Step {
  readonly scale: number;
  readonly quality: number;
}

/** From this quality on, stored pages go in as they are: they were encoded with 0.88. */
const storedQuality = 0.88;

/*
 * What is tried for a target, best first: quality down to where JPEG's blocks begin to show between letters, then smaller
 * pictures, which at equal bytes read better than more blocks (compared on the development pages at 100 kB a page).
 */
const steps: readonly Step[] = [
  ...[0.82, 0.76, 0.7, 0.64, 0.58, 0.52].map((quality) => ({ scale: 1, quality })),
  ...[0.6, 0.54, 0.48].map((quality) => ({ scale: 0.8, quality })),
  ...[0.56, 0.5, 0.44].map((quality) => ({ scale: 0.64, quality })),
  ...[0.52, 0.46, 0.4].map((quality) => ({ scale: 0.5, quality })),
  ...[0.46, 0.4, 0.34].map((quality) => ({ scale: 0.4, quality })),
  ...[0.4, 0.32].map((quality) => ({ scale: 0.32, quality })),
];

/* Below 90 dots per inch the letters of 10 point text run together: no page is scaled further. */
const leastDotsPerInch = 90;

/* The step is chosen on so many pages, evenly taken, before all are compressed. */
const samplePages = 5;

/**
 * Writes the PDF at the quality asked for, or within `targetBytes`: then at the best step that fits, chosen on a few
 * pages, checked on all and lowered as often as needed. A page that recompressing makes longer stays as it is.
 */
export async function exportPdf(
  pages: readonly PdfPage[],
  settings: PdfSettings,
  codec: PictureCodec,
  report: ReportExport,
): Promise<WrittenPdf> {
  const write = (from: readonly PdfPage[]): Promise<Uint8Array<ArrayBuffer>> =>
    writePdf(from, settings, { onPage: (done) => report('write', done, from.length) });
  const compress = async (step: Step): Promise<PdfPage[]> => {
    const compressed: PdfPage[] = [];
    for (const page of pages) {
      report('compress', compressed.length, pages.length);
      const picture = await compressPage(page, step, codec);
      compressed.push({ ...page, read: () => Promise.resolve(picture) });
    }
    return compressed;
  };

  const { targetBytes } = settings;
  if (targetBytes === undefined) {
    if (settings.quality >= storedQuality) return { pdf: await write(pages), targetReached: true };
    const compressed = await compress({ scale: 1, quality: settings.quality });
    return { pdf: await write(compressed), targetReached: true };
  }

  const lengths: number[] = [];
  for (const page of pages) lengths.push((await page.read()).length);
  // Per page about 400 bytes of PDF, and 2,000 for the file; the check below is exact.
  const budget = targetBytes - 2000 - 400 * pages.length;
  if (sum(lengths) <= budget) {
    const pdf = await write(pages);
    if (pdf.length <= targetBytes) return { pdf, targetReached: true };
  }
  for (let at = await chooseStep(pages, lengths, budget, codec); ; at++) {
    const step = steps[Math.min(at, steps.length - 1)] ?? { scale: 1, quality: storedQuality };
    const pdf = await write(await compress(step));
    const targetReached = pdf.length <= targetBytes;
    if (targetReached || at >= steps.length - 1) return { pdf, targetReached };
  }
}

/** Index of the best step at which the sampled pages shrink as much as all have to; the last where none does. */
async function chooseStep(
  pages: readonly PdfPage[],
  lengths: readonly number[],
  budget: number,
  codec: PictureCodec,
): Promise<number> {
  const stride = Math.max(1, Math.ceil(pages.length / samplePages));
  const sample = pages.filter((_, index) => index % stride === 0);
  const sampleLength = sum(lengths.filter((_, index) => index % stride === 0));
  const share = budget / Math.max(1, sum(lengths));
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const step = steps[middle];
    let length = 0;
    for (const page of sample) if (step !== undefined) length += (await compressPage(page, step, codec)).length;
    if (length <= share * sampleLength) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The page's picture at the step, or as it is where that is no longer. A PNG is only given up for a target. */
async function compressPage(page: PdfPage, step: Step, codec: PictureCodec): Promise<Uint8Array<ArrayBuffer>> {
  const stored = await page.read();
  const scale = Math.min(1, Math.max(step.scale, leastDotsPerInch / page.dotsPerInch));
  if (scale === 1 && isPng(stored)) return stored;
  const image = await codec.decode(stored, scale);
  const compressed = await codec.encodeJpeg(image, step.quality);
  return compressed.length < stored.length ? compressed : stored;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
