import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { failureSentence } from '#src/ui/failure-sentence.ts';
import styles from './refusal-notice.module.css';
import { clearRefusals, useRefusals } from './refusals.ts';

/** One calm list of the files that were not added, each with its reason. */
export function RefusalNotice() {
  const { t } = useTranslation();
  const refusals = useRefusals();
  return (
    <Dialog
      title={t('tray.refusedTitle', { count: refusals.length })}
      isOpen={refusals.length > 0}
      onOpenChange={clearRefusals}
      actions={
        <Button kind="primary" onPress={clearRefusals}>
          {t('controls.done')}
        </Button>
      }
    >
      <ul className={styles.list}>
        {refusals.map(({ name, failure }, index) => (
          // The list only grows at its end, and two files may share a name.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>{failureSentence(t, failure, name)}</li>
        ))}
      </ul>
    </Dialog>
  );
}
