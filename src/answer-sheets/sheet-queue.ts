/** What becomes of each sheet that waits: taken out of its file, read, kept. */
import { CodedFailure } from '#contract/failures.ts';
import type { ReadablePage, SheetPhotoReading } from '#contract/sheets.ts';
import { BackgroundQueue, type QueueLock } from '#src/engine/background-queue.ts';
import type { Engine } from '#src/engine/engine.ts';
import type { ExamRecord, SheetRecord } from '#src/store/records.ts';
import type { SheetQueueRecords } from '#src/store/sheet-queue-records.ts';
import { scaleReading } from './scale-reading.ts';
import { readingOptionsOf } from './written-options.ts';

/** A year's copies of one class, as a school's copier scans them in one go; longer files are refused before they fill the device. */
const mostPicturesPerFile = 500;

/** Enough to look at a mark, and to read the sheet again: bubbles of an A4 sheet are 30 pixels wide then. */
const reducedPixels = 2e6;
const reducedQuality = 0.8;

export type SheetQueue = BackgroundQueue<SheetRecord>;

export interface SheetQueueSettings {
  readonly records: SheetQueueRecords;
  readonly engine: Engine;
  /** The pages that a photo of this exam may show. */
  readonly pagesOf: (record: ExamRecord) => Promise<readonly ReadablePage[]>;
  readonly lock: QueueLock;
  readonly concurrency: number;
  /** Longest that one step may take; the engine's own limits unless told. */
  readonly timeoutMs?: () => number;
  readonly onError: (error: unknown) => void;
}

export function createSheetQueue(settings: SheetQueueSettings): SheetQueue {
  const { records, lock, concurrency, onError } = settings;
  const reader = new SheetReader(settings);
  return new BackgroundQueue({
    line: records,
    work: (sheet, signal) => reader.bringThrough(sheet, signal),
    lock,
    concurrency,
    onError,
  });
}

class SheetReader {
  readonly #settings: SheetQueueSettings;

  constructor(settings: SheetQueueSettings) {
    this.#settings = settings;
  }

  async bringThrough(sheet: SheetRecord, signal: AbortSignal): Promise<void> {
    const { records } = this.#settings;
    const converted = sheet.source === undefined ? sheet : await this.#convert(sheet, sheet.source, signal);
    if (converted === undefined) return;
    const exam = await records.getExam(sheet.examId);
    if (exam === undefined) return;
    const photo = await records.getOriginal(sheet.id);
    if (photo === undefined) throw new CodedFailure('damaged-file', 'The original is not in the store.');
    const read = await this.#read(converted, exam, photo, signal);
    if (exam.keptPhotos === 'as-taken' || !read.reading?.found) {
      await records.keepReading(sheet, read);
      return;
    }
    const smaller = await this.#settings.engine.run(
      'photos.shrink',
      { photo, mostPixels: reducedPixels, quality: reducedQuality },
      this.#options(signal),
    );
    // A sparse picture, such as a copier's PNG, may be longer as a JPEG.
    if (smaller.photo.size < photo.size)
      await records.keepReading(sheet, scaleReading(read, smaller.size), smaller.photo);
    else await records.keepReading(sheet, read);
  }

  #options(signal: AbortSignal) {
    return { signal, priority: 'background', timeoutMs: this.#settings.timeoutMs?.() } as const;
  }

  async #read(sheet: SheetRecord, exam: ExamRecord, photo: Blob, signal: AbortSignal): Promise<SheetPhotoReading> {
    const { engine, pagesOf } = this.#settings;
    const pages = await pagesOf(exam);
    const options = readingOptionsOf(exam.exam);
    const { readAsByHand, identity } = sheet;
    if (readAsByHand === undefined) {
      // Sheets of others have no code of ours to disagree with.
      const input = { photo, pages, options };
      return engine.run(
        'answer-sheets.read-page',
        exam.exam.origin === 'own' ? { ...input, examCode: exam.code } : input,
        this.#options(signal),
      );
    }
    // A person has said what the code did not, or said wrong: it is not asked again.
    const chosen = pages.flatMap(({ code: _code, ...page }) =>
      page.version === readAsByHand.version && page.page === readAsByHand.page ? [page] : [],
    );
    const read = await engine.run('answer-sheets.read-page', { photo, pages: chosen, options }, this.#options(signal));
    return { ...read, identity };
  }

  /** The sheet with its picture taken out of the file; undefined where it was changed or deleted meanwhile. */
  async #convert(sheet: SheetRecord, source: NonNullable<SheetRecord['source']>, signal: AbortSignal) {
    const { records, engine } = this.#settings;
    const file = await records.getSource(source.id);
    if (file === undefined) throw new CodedFailure('damaged-file', 'The file is not in the store.');
    const kind = sheet.photoKind;
    let index = source.index;
    if (index === undefined) {
      const { pictures } = await engine.run('photos.count', { file, kind }, this.#options(signal));
      if (pictures > mostPicturesPerFile) {
        throw new CodedFailure('too-many-pages', `${pictures} pictures in one file`, {
          pages: pictures,
          limit: mostPicturesPerFile,
        });
      }
      if (pictures === 0) throw new CodedFailure('empty-file', 'The file holds no picture.');
      if ((await records.spreadSource(sheet, pictures)) === undefined) return undefined;
      index = 0;
    }
    const { photo, size } = await engine.run('photos.convert', { file, kind, index }, this.#options(signal));
    return records.keepConverted(sheet, photo, size);
  }
}
