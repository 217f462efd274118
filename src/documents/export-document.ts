/** A document as one file: PDF, picture, or a ZIP of pictures. Nothing that is stored changes. */
import { CodedFailure } from '#contract/failures.ts';
import { safeFileName } from '#contract/file-name.ts';
import type { PdfSettings, PrintedPage, Progress } from '#contract/jobs.ts';
import { textLanguages } from '#contract/text.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { PageRecord, TextRecord } from '#src/store/records.ts';
import { placeText } from '#src/store/text-records.ts';

export interface ExportChoice {
  readonly format: 'pdf' | 'jpeg' | 'png';
  readonly paper: PdfSettings['paper'];
  readonly quality: 'best' | 'good' | 'target';
  /** For the quality `target`, in millions of bytes. */
  readonly targetMegabytes: number;
  /** A PDF gets the texts of its pages. */
  readonly withText: boolean;
}

export interface MadeFile {
  readonly file: File;
  /** False where it could not be made as small as was asked without losing the writing. */
  readonly targetReached: boolean;
}

interface ExportSource {
  readonly engine: Engine;
  readonly readResult: (pageId: string) => Promise<Blob | undefined>;
  readonly readText: (pageId: string) => Promise<TextRecord | undefined>;
}

interface ExportInput {
  /** The document's name. */
  readonly name: string;
  readonly createdAt: number;
  /** Those that are not ready are left out. */
  readonly pages: readonly PageRecord[];
  readonly choice: ExportChoice;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * JPEG quality: 0.92 is where text edges stop showing rings at 200 %; at 0.75 they show a little and files are half as
 * long.
 */
const jpegQuality = { best: 0.92, good: 0.75, target: 0.92 } as const;

/** Pages that an export takes. */
export function finishedPages(pages: readonly PageRecord[]): readonly PageRecord[] {
  return pages.filter(({ rendered }) => rendered !== undefined);
}

/** @throws CodedFailure `cancelled`, and what the jobs fail with; `empty-file` where no page is finished. */
export async function makeFile({ engine, readResult, readText }: ExportSource, input: ExportInput): Promise<MadeFile> {
  const { name, createdAt, pages, choice, signal, onProgress } = input;
  const finished = finishedPages(pages);
  const printed = await Promise.all(
    finished.flatMap(({ id, rendered }) => (rendered === undefined ? [] : [printedPage(id, rendered, readResult)])),
  );
  if (printed.length === 0) throw new CodedFailure('empty-file', 'No page is finished.');
  const fileName = safeFileName(name, 'Papel');
  const options = { signal, onProgress, priority: 'user' } as const;
  const quality = jpegQuality[choice.quality];

  if (choice.format === 'pdf') {
    const texts = choice.withText ? await Promise.all(finished.map(({ id }) => readText(id))) : [];
    const [language] = texts.flatMap((text) => text?.reading?.languages ?? []);
    const settings: PdfSettings = {
      paper: choice.paper,
      quality,
      title: name,
      createdAt: new Date(createdAt).toISOString(),
      ...(language === undefined ? {} : { language: textLanguages[language].tag }),
      ...(choice.quality === 'target' ? { targetBytes: Math.round(choice.targetMegabytes * 1e6) } : {}),
    };
    const withTexts = printed.map((page, at): PrintedPage => {
      const text = finished[at] && placeText(texts[at], finished[at]);
      return text === undefined ? page : { ...page, text };
    });
    const { pdf, targetReached } = await engine.run('documents.export-pdf', { pages: withTexts, settings }, options);
    return { file: new File([pdf], `${fileName}.pdf`, { type: 'application/pdf' }), targetReached };
  }

  const { files } = await engine.run(
    'documents.export-pictures',
    { pages: printed.map(({ page }) => page), format: choice.format, quality, name: fileName, zip: printed.length > 1 },
    options,
  );
  const [only] = files;
  if (only === undefined) throw new CodedFailure('internal', 'The export gave no file.');
  return { file: new File([only.file], only.name, { type: only.file.type }), targetReached: true };
}

async function printedPage(
  id: string,
  rendered: NonNullable<PageRecord['rendered']>,
  readResult: ExportSource['readResult'],
): Promise<PrintedPage> {
  const page = await readResult(id);
  if (page === undefined) throw new CodedFailure('damaged-file', `The result of page ${id} is not in the store.`);
  return { page, size: rendered.size, paper: rendered.paper, dotsPerInch: rendered.quality.dotsPerInch };
}
