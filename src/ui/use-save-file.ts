import { fileSave } from 'browser-fs-access';
import { useTranslation } from 'react-i18next';

import { asFailure } from '#contract/failures.ts';
import { showToast } from './controls/toast.tsx';

/**
 * Lets the user put a file somewhere, and says in a toast that it was saved or could not be.
 * Needs a user's gesture.
 * @returns false where the picker was closed or the file was refused
 */
export function useSaveFile(): (file: File) => Promise<boolean> {
  const { t } = useTranslation();
  return async (file) => {
    try {
      const extension = file.name.slice(file.name.lastIndexOf('.'));
      await fileSave(file, { fileName: file.name, extensions: [extension], mimeTypes: [file.type], id: 'papel-save' });
      showToast({ text: t('exporting.saved', { name: file.name }) });
      return true;
    } catch (cause) {
      if (asFailure(cause).code === 'cancelled') return false;
      console.error(cause);
      showToast({ text: t('exporting.notSaved') });
      return false;
    }
  };
}
