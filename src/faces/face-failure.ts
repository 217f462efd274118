import type { TFunction } from 'i18next';

import type { Failure } from '#contract/failures.ts';
import { failureSentence } from '#src/ui/failure-sentence.ts';

/** What did not come out: a file by its name, a photo without one, the live picture, or what was to be made. */
export type FaceSubject = { readonly fileName: string } | 'photo' | 'camera' | 'file';

/** Failures whose usual sentences speak of scanning, or of a page. */
const ownCodes = [
  'too-few-pixels',
  'runtime-unavailable',
  'model-unavailable',
  'out-of-memory',
  'timed-out',
  'worker-lost',
  'cancelled',
  'internal',
] as const;

/** What happened, to what, and what to do, in the words of these tools. */
export function faceFailureSentence(t: TFunction, failure: Failure, subject: FaceSubject): string {
  const fileName = typeof subject === 'object' ? subject.fileName : '';
  const own = ownCodes.find((code) => code === failure.code);
  if (own === undefined) return failureSentence(t, failure, fileName);
  const name =
    typeof subject === 'object' && fileName !== ''
      ? t('failures.quoted', { name: fileName })
      : t(`faces.failures.subject.${typeof subject === 'object' ? 'photo' : subject}`);
  return t(`faces.failures.${own}`, { width: 0, height: 0, ...failure.figures, name });
}
