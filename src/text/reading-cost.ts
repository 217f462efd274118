/** What has to come to this device before pages can be read. */
import { type TextLanguage, textLanguages } from '#contract/text.ts';
import { findMissing, loadRuntimeFiles, openRuntimeCache } from '#src/offline/kept-files.ts';

/**
 * Bytes still to be fetched for these languages: the reader itself and each language that is not here yet. `undefined` where
 * this browser does not tell what it has.
 */
export async function countMissingBytes(languages: readonly TextLanguage[]): Promise<number | undefined> {
  try {
    const cache = await openRuntimeCache();
    const files = (await loadRuntimeFiles()).filter(({ part, path }) => part === 'text' && isNeeded(path, languages));
    const kept = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
    const missing = await findMissing(cache, files);
    const others = languages
      .map((code) => ({ code, ...textLanguages[code] }))
      .flatMap((language) =>
        language.delivered || kept.has(`/languages/${language.code}.traineddata`) ? [] : [language.bytes],
      );
    return missing.reduce((sum, { bytes }) => sum + bytes, 0) + others.reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    return undefined;
  }
}

/** Of the files that belong to text: the reader, and the languages that were chosen. */
function isNeeded(path: string, languages: readonly TextLanguage[]): boolean {
  const language = /\/(\w+)-[\w-]+\.traineddata$/.exec(path)?.[1];
  return language === undefined ? /\/tesseract[\w-]*\.wasm$/.test(path) : languages.some((code) => code === language);
}
