import { CodedFailure } from '#contract/failures.ts';
import { defaultLook } from '#contract/pages.ts';
import { plainTextOf, type TextLanguage } from '#contract/text.ts';
import type { PageApi } from '../page/page-api.ts';

/** What was read of one picture. */
export interface ReadPrint {
  readonly text: string;
  /** From the decoded picture to the words, the page's finding apart. */
  readonly ms: number;
  readonly decodeMs: number;
  /** Quarter turns by which the page was brought upright. */
  readonly turns: number;
  readonly confidence: number;
  readonly error?: string;
}

/** Reads a picture as the app does: the page is found and flattened, then read, whichever way up it lies. */
export async function readPrint(
  run: PageApi['run'],
  photo: Blob,
  languages: readonly TextLanguage[],
): Promise<ReadPrint> {
  try {
    const scan = await run('documents.scan', { photo, look: defaultLook });
    const { output, stagesMs } = await run('text.read', { photo, edits: scan.output.edits, languages, turns: 'find' });
    const { decode: decodeMs = Number.NaN, download: _download, ...rest } = stagesMs;
    return {
      text: plainTextOf(output),
      ms: Object.values(rest).reduce((sum, ms) => sum + ms, 0),
      decodeMs,
      turns: output.turns,
      confidence: output.confidence,
    };
  } catch (cause) {
    const error = cause instanceof CodedFailure ? `${cause.failure.code}: ${cause.message}` : String(cause);
    return { text: '', ms: 0, decodeMs: 0, turns: 0, confidence: 0, error };
  }
}
