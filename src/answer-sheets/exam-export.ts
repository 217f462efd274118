import { useTranslation } from 'react-i18next';

import type { ExamRecord } from '#src/store/records.ts';
import { showToast } from '#src/ui/controls/toast.tsx';
import { fileNameOf, saveExamFile } from './exam-save-file.ts';
import { useExamTitle } from './exam-title.ts';
import { exportExamFile } from './flow.ts';

/** Saves an exam for a colleague: questions, sheet and key, and nothing of any pupil. The results have the rest. */
export function useExamExport(): (record: ExamRecord) => Promise<void> {
  const { t } = useTranslation();
  const titleOf = useExamTitle();
  return async (record) => {
    try {
      const content = await exportExamFile(record.id, { withPupils: false, withPhotos: false });
      const name = fileNameOf(titleOf(record), t('exams.title'), 'papel');
      const result = await saveExamFile(new File([content], name, { type: 'application/zip' }));
      if (result === 'saved') showToast({ text: t('exporting.saved', { name }) });
      if (result === 'failed') showToast({ text: t('exporting.notSaved') });
    } catch (cause) {
      console.error(cause);
      showToast({ text: t('exporting.notSaved') });
    }
  };
}
