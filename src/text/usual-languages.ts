import type { Config } from '#contract/config.ts';
import { type TextLanguage, textLanguages } from '#contract/text.ts';

export const languageCodes = Object.keys(textLanguages).filter((code) => isTextLanguage(code));

function isTextLanguage(code: string): code is TextLanguage {
  return Object.hasOwn(textLanguages, code);
}

/** What pages are printed in where the user is, unless a document says otherwise: of what comes with the app. */
export function usualLanguages({ languages }: Pick<Config, 'languages'>): readonly TextLanguage[] {
  const bases = new Set(languages.map((tag) => tag.split('-')[0]));
  const usual = languageCodes.filter((code) => textLanguages[code].delivered && bases.has(textLanguages[code].tag));
  return usual.length === 0 ? ['eng'] : usual;
}
