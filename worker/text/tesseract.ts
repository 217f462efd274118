import * as v from 'valibot';
import { CodedFailure } from '#contract/failures.ts';
import type { PrintBox, RecognisedLine } from '#contract/text.ts';
import type { Plane } from '#worker/vision/plane.ts';
import type { Recogniser, RecogniseOptions, Segmentation } from './recogniser.ts';

/** The parts of tesseract.js-core 7 (Tesseract 5.1) that are used: its Emscripten module. */
export interface TesseractModule {
  readonly TessBaseAPI: new () => TesseractApi;
  readonly FS: {
    writeFile(path: string, content: Uint8Array): void;
    unlink(path: string): void;
  };
}

interface TesseractApi {
  /** @returns 0 where it is ready. */
  Init(folder: null, languages: string, engine: number, config: null): number;
  SetVariable(name: string, value: string): boolean;
  /** Reads the file `/input`, whatever format Leptonica knows. @returns 0 where it could. */
  SetImageFile(exifOrientation: number, angle: number): number;
  Recognize(monitor: null): number;
  GetJSONText(page: number): string;
  Version(): string;
  Clear(): void;
  End(): void;
}

/** The module calls this from within `Recognize`, with hundredths. */
export interface TesseractHooks {
  progress: (percent: number) => void;
}

export interface LanguageFile {
  /** Tesseract's code, such as `eng`. */
  readonly code: string;
  readonly content: Uint8Array;
}

/** OEM_LSTM_ONLY: the network, not the engine of version 3. */
const networkOnly = 1;

const modes: Readonly<Record<Segmentation, string>> = { page: '3', block: '6', line: '7', sparse: '11' };

/*
 * Print is never light on dark once a page is prepared, and looking for that is a quarter of the time. What is under
 * ruled lines and pictures was dealt with before. 300 dpi: a page is brought to the size that its letters are read
 * best at, and whatever resolution it has then, Tesseract only takes it for limits of plausible letters.
 */
const settings: Readonly<Record<string, string>> = {
  tessedit_do_invert: '0',
  user_defined_dpi: '300',
};

const number = v.number();
const boxSchema = v.object({ x0: number, y0: number, x1: number, y1: number });
const pageSchema = v.object({
  blocks: v.nullable(
    v.array(
      v.object({
        paragraphs: v.array(
          v.object({
            lines: v.array(
              v.object({
                bbox: boxSchema,
                baseline: boxSchema,
                rowAttributes: v.object({ rowHeight: number, descenders: number, ascenders: number }),
                words: v.array(v.object({ text: v.string(), confidence: number, bbox: boxSchema })),
              }),
            ),
          }),
        ),
      }),
    ),
  ),
});
type Line = NonNullable<v.InferOutput<typeof pageSchema>['blocks']>[number]['paragraphs'][number]['lines'][number];

/** Tesseract over its WebAssembly module. One language set at a time; what it was given once it keeps. */
export class Tesseract implements Recogniser {
  readonly name: string;
  readonly #module: TesseractModule;
  readonly #hooks: TesseractHooks;
  readonly #written = new Set<string>();
  #api: TesseractApi | undefined;
  #languages = '';

  /** @param variant of the build, for `name` */
  constructor(module: TesseractModule, hooks: TesseractHooks, variant: string) {
    this.#module = module;
    this.#hooks = hooks;
    const api = new module.TessBaseAPI();
    this.name = `tesseract ${api.Version().split('-')[0] ?? ''} ${variant}`;
    api.End();
  }

  /** Languages whose files it was given before. */
  has(code: string): boolean {
    return this.#written.has(code);
  }

  /**
   * Reads these languages from now on, the first one preferred.
   *
   * @param files of those that it does not have yet
   * @throws CodedFailure `language-unavailable` where a file is none that it can read
   */
  useLanguages(codes: readonly string[], files: readonly LanguageFile[]): void {
    for (const { code, content } of files) {
      this.#module.FS.writeFile(`${code}.traineddata`, content);
      this.#written.add(code);
    }
    const languages = codes.join('+');
    if (this.#api !== undefined && languages === this.#languages) return;
    this.#api?.End();
    const api = new this.#module.TessBaseAPI();
    if (api.Init(null, languages, networkOnly, null) !== 0) {
      this.#api = undefined;
      throw new CodedFailure('language-unavailable', `Tesseract does not start with ${languages}`);
    }
    for (const [name, value] of Object.entries(settings)) api.SetVariable(name, value);
    this.#api = api;
    this.#languages = languages;
  }

  /** @throws CodedFailure `out-of-memory`; it cannot be used after that. */
  recognise(picture: Plane, { segmentation, report }: RecogniseOptions): readonly RecognisedLine[] {
    const api = this.#api;
    if (api === undefined) throw new Error('No language was chosen');
    this.#hooks.progress = (percent) => report?.(Math.min(1, percent / 100));
    try {
      this.#module.FS.writeFile('/input', writeBmp(picture));
      if (api.SetImageFile(1, 0) !== 0) throw new Error('Aborted(no picture)');
      api.SetVariable('tessedit_pageseg_mode', modes[segmentation]);
      api.Recognize(null);
      const lines = readPage(api.GetJSONText(0));
      api.Clear();
      this.#module.FS.unlink('/input');
      return lines;
    } catch (cause) {
      if (!(cause instanceof Error) || !abortion.test(cause.message)) throw cause;
      throw new CodedFailure('out-of-memory', `Tesseract stopped: ${cause.message}`, undefined, cause);
    } finally {
      this.#hooks.progress = () => {};
    }
  }
}

/** What is left to Emscripten where C++ gets no memory, and what follows where the code does not look; it names no cause. */
const abortion = /^Aborted\(|memory access out of bounds|unreachable|allocation failed/;

/**
 * A grey bitmap of Windows, rows from the bottom: Leptonica takes it row by row, a portable greymap byte by byte (2 ms
 * against 40 for 4 megapixels).
 */
function writeBmp({ width, height, values }: Plane): Uint8Array {
  const greys = 256;
  const start = 14 + 40 + 4 * greys;
  const rowBytes = Math.ceil(width / 4) * 4;
  const file = new Uint8Array(start + rowBytes * height);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  const words = [
    [2, file.length],
    [10, start],
    [14, 40],
    [18, width],
    [22, height],
    [26, 1 | (8 << 16)],
    [34, rowBytes * height],
    [46, greys],
  ] as const;
  for (const [at, word] of words) view.setUint32(at, word, true);
  for (let grey = 0; grey < greys; grey++) view.setUint32(54 + 4 * grey, grey * 0x010101, true);
  for (let y = 0; y < height; y++)
    file.set(values.subarray(y * width, (y + 1) * width), start + (height - 1 - y) * rowBytes);
  return file;
}

function readPage(json: string): readonly RecognisedLine[] {
  const { blocks } = v.parse(pageSchema, JSON.parse(json));
  return (blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines.map(readLine)))
    .filter(({ words }) => words.length > 0);
}

function readLine({ bbox, baseline, rowAttributes, words }: Line): RecognisedLine {
  const { rowHeight, descenders, ascenders } = rowAttributes;
  return {
    box: boxOf(bbox),
    baseline: { from: [baseline.x0, baseline.y0], to: [baseline.x1, baseline.y1] },
    xHeight: rowHeight - Math.abs(descenders) - ascenders,
    words: words
      .map((word) => ({
        text: word.text.normalize('NFC').replaceAll(/\s+/gu, ''),
        confidence: Math.min(1, Math.max(0, word.confidence / 100)),
        box: boxOf(word.bbox),
      }))
      .filter(({ text }) => text !== ''),
  };
}

function boxOf({ x0, y0, x1, y1 }: v.InferOutput<typeof boxSchema>): PrintBox {
  return { left: x0, top: y0, right: x1, bottom: y1 };
}
