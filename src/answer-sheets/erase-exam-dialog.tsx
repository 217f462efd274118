import { useTranslation } from 'react-i18next';

import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { showToast } from '#src/ui/controls/toast.tsx';
import { useExamTitle } from './exam-title.ts';
import { eraseExam } from './flow.ts';

interface EraseExamDialogProps {
  readonly record: ExamRecord;
  readonly sheets: number;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly onErased?: () => void;
}

/** Asks once, then takes exam, sheets and photos away without undo. */
export function EraseExamDialog({ record, sheets, isOpen, onOpenChange, onErased }: EraseExamDialogProps) {
  const { t } = useTranslation();
  const title = useExamTitle()(record);

  async function erase() {
    await eraseExam(record.id);
    onOpenChange(false);
    showToast({ text: t('keeping.erased', { title }) });
    onErased?.();
  }

  return (
    <Dialog
      isAlert
      title={t('keeping.eraseTitle', { title })}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      actions={
        <>
          <Button onPress={() => onOpenChange(false)}>{t('controls.cancel')}</Button>
          <Button kind="danger" onPress={() => void erase()}>
            {t('keeping.eraseNow')}
          </Button>
        </>
      }
    >
      <p>{t('keeping.eraseText', { count: sheets })}</p>
    </Dialog>
  );
}
