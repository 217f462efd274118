import { useEffect, useEffectEvent, useRef, useState } from 'react';

import { TextField } from '#src/ui/controls/text-field.tsx';

interface ExamTextFieldProps {
  readonly label: string;
  readonly value: string;
  /** Called a moment after the last key, on leaving the field and on leaving the screen. */
  readonly onSave: (value: string) => void;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly inputMode?: 'text' | 'decimal';
  readonly hidesLabel?: boolean;
}

/** Long enough for a slow typist's next key, short enough that the preview follows. */
const saveAfterMs = 400;

/** A text of the exam. What is typed is shown at once and stored soon; the store answers too late to hold the cursor. */
export function ExamTextField({ value, onSave, ...rest }: ExamTextFieldProps) {
  const [draft, setDraft] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function save(text: string) {
    clearTimeout(timer.current);
    if (text !== value) onSave(text);
  }

  const saveLast = useEffectEvent(() => {
    if (draft !== undefined) save(draft);
  });
  useEffect(() => () => saveLast(), []);

  return (
    <TextField
      {...rest}
      value={draft ?? value}
      onChange={(text) => {
        setDraft(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => save(text), saveAfterMs);
      }}
      onBlur={() => {
        if (draft !== undefined) save(draft);
        setDraft(undefined);
      }}
    />
  );
}
