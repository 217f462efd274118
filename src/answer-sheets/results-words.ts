import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import type { MarkedChoice } from './analysis/analyse-questions.ts';
import type { QuestionFlag } from './results-flags.ts';

/** What is worth a look, in plain words. */
export function useFlagWords(): (flag: QuestionFlag) => string {
  const { t } = useTranslation();
  return useCallback(
    (flag) =>
      flag.kind === 'unused'
        ? t('results.flags.unused', { options: flag.options.join(', ') })
        : t(`results.flags.${flag.kind}`),
    [t],
  );
}

export function useChoiceWords(): (choice: Pick<MarkedChoice, 'kind' | 'answer'>) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ kind, answer }) => (kind === 'blank' || kind === 'several' ? t(`results.analysis.choices.${kind}`) : answer),
    [t],
  );
}
