import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '#src/ui/controls/button.tsx';
import styles from './text-screen.module.css';

interface TextEditorProps {
  readonly text: string;
  readonly onSave: (written: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** All of a page's text, to be written over. An empty line begins a new paragraph. */
export function TextEditor({ text, onSave, onCancel }: TextEditorProps) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(text);
  return (
    <div className={styles.editor}>
      <textarea
        className={styles.area}
        aria-label={t('text.text')}
        value={written}
        onChange={(event) => setWritten(event.target.value)}
      />
      <div className={styles.actions}>
        <Button kind="primary" isDisabled={written === text} onPress={() => void onSave(written)}>
          {t('controls.save')}
        </Button>
        <Button onPress={onCancel}>{t('controls.cancel')}</Button>
      </div>
    </div>
  );
}
