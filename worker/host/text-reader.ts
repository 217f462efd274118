import type { SupplyProgress } from '#contract/jobs.ts';
import type { TextLanguage } from '#contract/text.ts';
import type { Tesseract } from '#worker/text/tesseract.ts';
import type { Recogniser } from '#worker/text/recogniser.ts';
import type { SupplyDesk } from './supply-desk.ts';

type Report = (progress: SupplyProgress) => void;

/** Tesseract of one worker: it comes with the first page to read, and each language with the first page in it. */
export class TextReader {
  readonly #desk: SupplyDesk;
  #tesseract: Promise<Tesseract> | undefined;

  constructor(desk: SupplyDesk) {
    this.#desk = desk;
  }

  /**
   * Tesseract, set to these languages. A start that fails is forgotten, so that the next page tries again.
   *
   * @throws CodedFailure `runtime-unavailable`, `language-unavailable`
   */
  async open(languages: readonly TextLanguage[], report?: Report): Promise<Recogniser> {
    const tesseract = await this.#start(report);
    const missing = languages.filter((code) => !tesseract.has(code));
    const files = await Promise.all(
      missing.map(async (code) => ({
        code,
        content: new Uint8Array(await this.#desk.order(`language-${code}`, report)),
      })),
    );
    tesseract.useLanguages(languages, files);
    return tesseract;
  }

  async #start(report?: Report): Promise<Tesseract> {
    this.#tesseract ??= this.#startTesseract(report);
    try {
      return await this.#tesseract;
    } catch (cause) {
      this.#tesseract = undefined;
      throw cause;
    }
  }

  async #startTesseract(report?: Report): Promise<Tesseract> {
    const [supply, { startTesseract }] = await Promise.all([
      this.#desk.order('tesseract', report),
      import('./start-tesseract.ts'),
    ]);
    return startTesseract(supply);
  }
}
