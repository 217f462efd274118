import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { defaultLook } from '#contract/pages.ts';
import type { PageLook, PageRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Sheet } from '#src/ui/controls/dialog.tsx';
import { applyLook } from './flow.ts';
import { LookFields } from './look-fields.tsx';

interface LookDialogProps {
  readonly documentId: string;
  readonly pages: readonly PageRecord[];
  readonly onClose: () => void;
}

function lookOf(page: PageRecord | undefined): PageLook {
  const { look, strength, brightness } = page?.edits ?? page?.firstLook ?? defaultLook;
  return { look, strength, brightness };
}

/** One look for all pages, beginning with that of the first. */
export function LookDialog({ documentId, pages, onClose }: LookDialogProps) {
  const { t } = useTranslation();
  const [look, setLook] = useState(() => lookOf(pages[0]));
  const apply = async () => {
    await applyLook(documentId, look);
    onClose();
  };
  return (
    <Sheet
      title={t('pages.lookTitle')}
      isOpen
      onOpenChange={onClose}
      actions={
        <>
          <Button kind="quiet" onPress={onClose}>
            {t('controls.cancel')}
          </Button>
          <Button kind="primary" onPress={() => void apply()}>
            {t('pages.apply')}
          </Button>
        </>
      }
    >
      <LookFields value={look} onChange={setLook} />
    </Sheet>
  );
}
