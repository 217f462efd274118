import type { TFunction } from 'i18next';

import type { Failure } from '#contract/failures.ts';

/** What happened, to which file and what to do. `fileName` is empty for a photo of the camera. */
export function failureSentence(t: TFunction, { code, figures }: Failure, fileName: string): string {
  const name = fileName === '' ? t('failures.thisPhoto') : t('failures.quoted', { name: fileName });
  return t(`failures.${code}`, { name, ...figures });
}
