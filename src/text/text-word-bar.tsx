import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { TextWord } from '#contract/text.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { TextField } from '#src/ui/controls/text-field.tsx';
import { isDoubtful } from './doubtful-words.ts';
import styles from './text-screen.module.css';

interface TextWordBarProps {
  readonly word: TextWord;
  readonly onSave: (text: string) => void;
  /** The word is right as it is. */
  readonly onSure: () => void;
  readonly onClose: () => void;
}

/** The chosen word, to be corrected or confirmed. */
export function TextWordBar({ word, onSave, onSure, onClose }: TextWordBarProps) {
  const { t } = useTranslation();
  const [written, setWritten] = useState(word.text);
  const isChanged = written.trim() !== word.text;
  return (
    <form
      className={styles.wordBar}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) onSave(written);
        else if (isDoubtful(word)) onSure();
      }}
    >
      <TextField label={t('text.word')} hidesLabel value={written} onChange={setWritten} />
      {(isChanged || isDoubtful(word)) && (
        <Button type="submit" kind="primary" icon={Check}>
          {isChanged ? t('controls.save') : t('text.isRight')}
        </Button>
      )}
      <IconButton icon={X} label={t('controls.close')} onPress={onClose} />
    </form>
  );
}
