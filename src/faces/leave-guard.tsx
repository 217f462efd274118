import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';

interface LeaveDialogProps {
  /** What is then gone. */
  readonly text: string;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}

/** Nothing here is kept, so leaving takes the work away: said before, as it cannot be undone. */
export function LeaveDialog({ text, onStay, onLeave }: LeaveDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('faces.leave.title')}
      isOpen
      isAlert
      onOpenChange={onStay}
      actions={
        <>
          <Button onPress={onStay}>{t('faces.leave.stay')}</Button>
          <Button kind="danger" onPress={onLeave}>
            {t('faces.leave.leave')}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}

interface LeaveGuardProps {
  /** Asked at the moment of leaving. */
  readonly isUnsaved: () => boolean;
  readonly text: string;
}

/**
 * Asks before unsaved work is left by a link or by the browser's back button; the browser itself asks before the page is closed
 * or loaded anew.
 */
export function LeaveGuard({ isUnsaved, text }: LeaveGuardProps) {
  const blocker = useBlocker(isUnsaved);
  const holdBack = useEffectEvent((event: BeforeUnloadEvent) => {
    if (isUnsaved()) event.preventDefault();
  });
  useEffect(() => {
    addEventListener('beforeunload', holdBack);
    return () => removeEventListener('beforeunload', holdBack);
  }, []);
  if (blocker.state !== 'blocked') return null;
  return <LeaveDialog text={text} onStay={() => blocker.reset()} onLeave={() => blocker.proceed()} />;
}
