import type { TFunction } from 'i18next';

import type { Failure } from '#contract/failures.ts';

/** Every figure that a sentence may name; a failure brings those that its own sentence needs. */
const noFigures = { megabytes: 0, width: 0, height: 0, pages: 0, limit: 0 };

/** What happened, to which file and what to do. `fileName` is empty for a photo of the camera. */
export function failureSentence(t: TFunction, { code, figures }: Failure, fileName: string): string {
  const name = fileName === '' ? t('failures.thisPhoto') : t('failures.quoted', { name: fileName });
  return t(`failures.${code}`, { ...noFigures, ...figures, name });
}
