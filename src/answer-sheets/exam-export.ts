import { useTranslation } from 'react-i18next';

import { fileNameOf } from '#contract/file-name.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useSaveFile } from '#src/ui/use-save-file.ts';
import { useExamTitle } from './exam-title.ts';
import { exportExamFile } from './flow.ts';

/** Saves an exam for a colleague: questions, sheet and key, and nothing of any pupil. The results have the rest. */
export function useExamExport(): (record: ExamRecord) => Promise<void> {
  const { t } = useTranslation();
  const titleOf = useExamTitle();
  const saveFile = useSaveFile();
  return async (record) => {
    try {
      const content = await exportExamFile(record.id, { withPupils: false, withPhotos: false });
      const name = fileNameOf(titleOf(record), t('exams.title'), 'papel');
      await saveFile(new File([content], name, { type: 'application/zip' }));
    } catch (cause) {
      console.error(cause);
      showToast({ text: t('exporting.notSaved') });
    }
  };
}
