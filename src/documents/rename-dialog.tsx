import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import { Dialog } from '#src/ui/controls/dialog.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { renameDocument } from './flow.ts';

interface RenameDialogProps {
  readonly document: { readonly id: string; readonly givenName: string; readonly name: string };
  readonly onClose: () => void;
}

/** An empty name gives the document back the one that its date makes. */
export function RenameDialog({ document: { id, givenName, name }, onClose }: RenameDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(givenName);
  const rename = async () => {
    await renameDocument(id, text);
    onClose();
  };
  return (
    <Dialog
      title={t('library.renameTitle')}
      isOpen
      onOpenChange={onClose}
      actions={
        <>
          <Button kind="quiet" onPress={onClose}>
            {t('controls.cancel')}
          </Button>
          <Button kind="primary" type="submit" form="rename">
            {t('controls.save')}
          </Button>
        </>
      }
    >
      <form
        id="rename"
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <TextField
          label={t('library.name')}
          value={text}
          onChange={setText}
          placeholder={name}
          ref={(input) => input?.select()}
        />
      </form>
    </Dialog>
  );
}
