import { CodedFailure } from '#contract/failures.ts';
import type { JobInput } from '#contract/jobs.ts';
import { defaultLook } from '#contract/pages.ts';
import { plainTextOf, type TextLanguage } from '#contract/text.ts';
import type { PageApi, RunJob } from '../page/page-api.ts';

/** What was read of one picture. */
export interface ReadPrint {
  readonly text: string;
  /** From the decoded picture to the words, the page's finding apart: as long as a user waits for it. */
  readonly ms: number;
  readonly decodeMs: number;
  /** Quarter turns by which the page was brought upright. */
  readonly turns: number;
  readonly confidence: number;
  /** How many workers read it; peers are one. */
  readonly workers: number;
  readonly error?: string;
}

/**
 * Reads a picture as the app does: the page is found and flattened, then read, whichever way up it lies.
 *
 * @param run for the finding
 * @param read for the reading, which is what is timed
 */
export async function readPrint(
  run: PageApi['run'],
  read: PageApi['run'],
  photo: Blob,
  languages: readonly TextLanguage[],
): Promise<ReadPrint> {
  try {
    const scan = await run('documents.scan', { photo, look: defaultLook });
    const { output, stagesMs, wallMs, workers } = await read('text.read', {
      photo,
      edits: scan.output.edits,
      languages,
      turns: 'find',
    });
    const { decode: decodeMs = Number.NaN } = stagesMs;
    return {
      text: plainTextOf(output),
      ms: wallMs - decodeMs,
      decodeMs,
      turns: output.turns,
      confidence: output.confidence,
      workers,
    };
  } catch (cause) {
    const error = cause instanceof CodedFailure ? `${cause.failure.code}: ${cause.message}` : String(cause);
    return { text: '', ms: 0, decodeMs: 0, turns: 0, confidence: 0, workers: 0, error };
  }
}

interface Batch {
  readonly prints: readonly { readonly photo: Blob; readonly languages: readonly TextLanguage[] }[];
  /** Pages that are with the engine at a time. */
  readonly lanes: number;
}

/** Reads pages as the app's queue does. @returns milliseconds, without those of finding the pages */
export async function timePrints(
  run: PageApi['run'],
  read: (input: JobInput<'text.read'>) => Promise<RunJob<'text.read'>>,
  { prints, lanes }: Batch,
): Promise<number> {
  const waiting: JobInput<'text.read'>[] = [];
  for (const { photo, languages } of prints) {
    const { output } = await run('documents.scan', { photo, look: defaultLook });
    waiting.push({ photo, edits: output.edits, languages, turns: 'find' });
  }
  const startedAt = performance.now();
  const workLane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await read(next);
  };
  await Promise.all(Array.from({ length: lanes }, workLane));
  return performance.now() - startedAt;
}
