import { ChartColumn, Table2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { IconButton } from '#src/ui/controls/button.tsx';
import styles from './charts.module.css';

interface ChartFrameProps {
  readonly title: string;
  /** The same numbers: titles of the columns, and rows whose first cell names them. */
  readonly table: {
    readonly columns: readonly string[];
    readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[];
  };
  /** The chart; it says in words what it shows. */
  readonly children: ReactNode;
  readonly note?: string;
  /** A dialog's title is a heading of level 2 already. */
  readonly isInDialog?: boolean;
}

/** A chart with its title, which can be read as a table instead. */
export function ChartFrame({ title, table, children, note, isInDialog = false }: ChartFrameProps) {
  const Heading = isInDialog ? 'h3' : 'h2';
  const { t } = useTranslation();
  const [isTable, setIsTable] = useState(false);
  return (
    <figure className={styles.frame}>
      <figcaption className={styles.caption}>
        <Heading className={styles.title}>{title}</Heading>
        <IconButton
          icon={isTable ? ChartColumn : Table2}
          label={isTable ? t('results.charts.asChart') : t('results.charts.asTable')}
          className={styles.toggle ?? ''}
          onPress={() => setIsTable(!isTable)}
        />
      </figcaption>
      {isTable ? (
        <table className={styles.table}>
          <caption className={styles.unseen}>{title}</caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ key, cells: [name, ...cells] }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={table.columns[index + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        children
      )}
      {note !== undefined && <p className={styles.note}>{note}</p>}
    </figure>
  );
}
