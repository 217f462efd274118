import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';

interface HideLeaveProps {
  readonly count: number;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Nothing here is kept, so leaving takes the work away: said before, as it cannot be undone. */
export function HideLeave({ count, onStay, onLeave }: HideLeaveProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('faces.hide.leaveTitle')}
      isOpen
      isAlert
      onOpenChange={onStay}
      actions={
        <>
          <Button onPress={onStay}>{t('faces.hide.stay')}</Button>
          <Button kind="danger" onPress={onLeave}>
            {t('faces.hide.leave')}
          </Button>
        </>
      }
    >
      <p>{t('faces.hide.leaveText', { count })}</p>
    </Dialog>
  );
}
