import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';

import { classNames } from '#src/ui/controls/class-names.ts';
import styles from './results-table.module.css';

interface SortHeaderProps<By extends string> {
  readonly by: By;
  readonly order: { readonly by: By; readonly isDescending: boolean };
  readonly onArrange: (by: By) => void;
  /** Only there where there is room. */
  readonly isWide?: boolean;
  readonly isNumber?: boolean;
  readonly children: ReactNode;
}

const icons = { none: ChevronsUpDown, ascending: ArrowUp, descending: ArrowDown };

/** The head of a column that rows can be put in order by. */
export function SortHeader<By extends string>({
  by,
  order,
  onArrange,
  isWide = false,
  isNumber = false,
  children,
}: SortHeaderProps<By>) {
  const direction = order.by !== by ? 'none' : order.isDescending ? 'descending' : 'ascending';
  const Icon = icons[direction];
  return (
    <th scope="col" aria-sort={direction} className={classNames(isWide && styles.wide, isNumber && styles.number)}>
      <button type="button" className={styles.sort} onClick={() => onArrange(by)}>
        {children}
        <Icon size={14} aria-hidden className={classNames(direction === 'none' && styles.unsorted)} />
      </button>
    </th>
  );
}
