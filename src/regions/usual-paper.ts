import type { Config } from '#contract/config.ts';

/**
 * The paper that a PDF is made for unless someone chooses. Where nobody has said where this is, the device's language
 * says it: Letter in the United States and Canada.
 */
export function usualPaper({ decidedBy, paper }: Config, deviceLanguage: string): 'a4' | 'letter' {
  if (decidedBy !== 'built-in-default') return paper.usual;
  const { region = '' } = new Intl.Locale(deviceLanguage).maximize();
  return region === 'US' || region === 'CA' ? 'letter' : 'a4';
}
