import { safeFileName } from '#contract/file-name.ts';
import type { Handlers, JobInput, PrintedPage } from '#contract/jobs.ts';
import type { PictureCodec } from '#worker/documents/export-pdf.ts';
import type { PdfPage } from '#worker/documents/write-pdf.ts';
import { decodePicture, readScaled } from './decode-picture.ts';
import { encodePicture, storedQuality } from './encode-picture.ts';

type ExportJob = 'documents.export-pdf' | 'documents.export-pictures';

/** Names what a user left without a name. */
const fallbackName = 'Papel';

/** Writers of PDF and ZIP are chunks of their own: who only scans never loads them. */
export function createExportHandlers(): Pick<Handlers, ExportJob> {
  return {
    'documents.export-pdf': async ({ pages, settings }, report) => {
      const { exportPdf } = await import('#worker/documents/export-pdf.ts');
      const { pdf, targetReached } = await exportPdf(pages.map(readable), settings, codec, (stage, done, total) =>
        report({ stage, done, total }),
      );
      return { pdf: new Blob([pdf], { type: 'application/pdf' }), targetReached };
    },

    'documents.export-pictures': async ({ pages, format, quality, name, zip }, report) => {
      const { namePictures, zipPictures } = await import('#worker/documents/name-pictures.ts');
      const names = namePictures(name, pages.length, format, fallbackName);
      const files: { name: string; file: Blob }[] = [];
      for (const [done, page] of pages.entries()) {
        report({ stage: 'compress', done, total: pages.length });
        files.push({ name: names[done] ?? fallbackName, file: await asFormat(page, format, quality) });
      }
      if (!zip) return { files };
      report({ stage: 'write' });
      const contents = await Promise.all(
        files.map(async ({ name: entry, file }) => ({ name: entry, bytes: await bytesOf(file) })),
      );
      const archive = new Blob([zipPictures(contents, new Date())], { type: 'application/zip' });
      return { files: [{ name: `${safeFileName(name, fallbackName)}.zip`, file: archive }] };
    },
  };
}

const codec: PictureCodec = {
  async decode(picture, scale) {
    const bitmap = await decodePicture(new Blob([picture]));
    try {
      return readScaled(bitmap, Math.round(scale * Math.max(bitmap.width, bitmap.height)));
    } finally {
      bitmap.close();
    }
  },
  encodeJpeg: async (image, quality) => bytesOf(await encodePicture(image, 'image/jpeg', quality)),
};

function readable({ page, ...printed }: PrintedPage): PdfPage {
  return { ...printed, read: () => bytesOf(page) };
}

/** The page as it is where it has the format already and is not to be made smaller; pages carry no metadata. */
async function asFormat(
  page: Blob,
  format: JobInput<'documents.export-pictures'>['format'],
  quality: number,
): Promise<Blob> {
  const type = `image/${format}` as const;
  const isSmaller = format === 'jpeg' && quality < storedQuality;
  if (page.type === type && !isSmaller) return page;
  const bitmap = await decodePicture(page);
  try {
    return await encodePicture(readScaled(bitmap, Math.max(bitmap.width, bitmap.height)), type, quality);
  } finally {
    bitmap.close();
  }
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
