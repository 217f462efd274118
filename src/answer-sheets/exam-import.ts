import { fileOpen } from 'browser-fs-access';
import { useTranslation } from 'react-i18next';

import { asFailure } from '#contract/failures.ts';
import { showToast } from '#src/ui/controls/toast.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import { importExamFile } from './flow.ts';

/** Lets the user choose an exam file. Answers with the new exam's id, or with nothing where none came of it, which is said. */
export function useExamImport(): () => Promise<string | undefined> {
  const { t } = useTranslation();
  return async () => {
    let name = '';
    try {
      const file = await fileOpen({
        description: 'Papel',
        mimeTypes: ['application/zip', 'application/json'],
        extensions: ['.papel', '.zip', '.json'],
        id: 'papel-exams',
      });
      ({ name } = file);
      return await importExamFile(file);
    } catch (cause) {
      const failure = asFailure(cause);
      if (failure.code === 'cancelled') return undefined;
      console.error(cause);
      const isOther = failure.code === 'unsupported-format' || failure.code === 'damaged-file';
      showToast({ text: isOther ? t('exams.list.notImported', { name }) : failureSentence(t, failure, name) });
      return undefined;
    }
  };
}
