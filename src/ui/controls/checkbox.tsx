import { Check } from 'lucide-react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';

import styles from './checkbox.module.css';

/** The checkbox of a list's item: the list sets its state and names it after the item. */
export function SelectionCheckbox() {
  return (
    <AriaCheckbox slot="selection" className={styles.checkbox ?? ''}>
      <span className={styles.box}>
        <Check size={16} strokeWidth={3} aria-hidden />
      </span>
    </AriaCheckbox>
  );
}
