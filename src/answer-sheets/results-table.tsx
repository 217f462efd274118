import { Check, TriangleAlert, X } from 'lucide-react';
import type { TFunction } from 'i18next';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import { classNames } from '#src/ui/controls/class-names.ts';
import { type ResultFormats, useResultFormats } from './results-formats.ts';
import type { Arrangement, ResultOrder, ResultRow } from './results-rows.ts';
import { SortHeader } from './results-sort-header.tsx';
import styles from './results-table.module.css';

interface ResultsTableProps {
  readonly rows: readonly ResultRow[];
  readonly arrangement: Arrangement;
  readonly onArrange: (by: ResultOrder) => void;
  readonly onOpen: (key: string) => void;
}

/** On a phone the name's cell holds what has a column of its own elsewhere, and the result is a sign. */
const columns: readonly { readonly by: ResultOrder; readonly isWide: boolean; readonly isNumber: boolean }[] = [
  { by: 'name', isWide: false, isNumber: false },
  { by: 'number', isWide: true, isNumber: false },
  { by: 'section', isWide: true, isNumber: false },
  { by: 'points', isWide: false, isNumber: true },
  { by: 'percent', isWide: true, isNumber: true },
  { by: 'grade', isWide: false, isNumber: true },
  { by: 'passed', isWide: false, isNumber: false },
];

/** Sorted by a sign on a phone there would be a head wider than its column. */
const isShortHead = (by: ResultOrder) => by === 'passed';

export function ResultsTable({ rows, arrangement, onArrange, onOpen }: ResultsTableProps) {
  const { t } = useTranslation();
  const formats = useResultFormats();
  return (
    <table className={styles.table}>
      <caption className={styles.unseen}>{t('results.table.caption')}</caption>
      <thead>
        <tr>
          {columns.map(({ by, isWide, isNumber }) => (
            <SortHeader key={by} by={by} order={arrangement} onArrange={onArrange} isWide={isWide} isNumber={isNumber}>
              <span className={classNames(isShortHead(by) && styles.narrowUnseen)}>{t(`results.table.${by}`)}</span>
            </SortHeader>
          ))}
        </tr>
      </thead>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the whole row is a larger target for the pointer; the keyboard and screen readers have the button in it, whose click arrives here, too */}
      <tbody
        onClick={({ target }) => {
          const key =
            target instanceof Element ? target.closest<HTMLElement>('tr[data-key]')?.dataset['key'] : undefined;
          if (key !== undefined) onOpen(key);
        }}
      >
        {rows.map((row) => (
          <Row key={row.key} row={row} formats={formats} t={t} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: ResultRow;
  readonly formats: ResultFormats;
  readonly t: TFunction;
}

/** 500 of them: a row is drawn again only when it changes, and asks for nothing by itself. */
const Row = memo(function Row({ row, formats, t }: RowProps) {
  const { name, number, section, paper, score, open } = row;
  const facts = [number, section].filter((fact) => fact !== '').join(' · ');
  if (paper === undefined || score === undefined) {
    return (
      <tr className={styles.absent}>
        <th scope="row">
          <span className={styles.name}>{name}</span>
          <span className={styles.facts}>{facts}</span>
        </th>
        <td className={styles.wide}>{number}</td>
        <td className={styles.wide}>{section}</td>
        <td className={styles.number} colSpan={4}>
          {t('results.absent')}
        </td>
      </tr>
    );
  }
  const { missingPages } = paper;
  const warnings = [
    open > 0 && t('results.openShort', { count: open }),
    missingPages.length > 0 &&
      t('results.missingPages', { count: missingPages.length, pages: missingPages.join(', ') }),
  ].filter((warning) => warning !== false);
  return (
    <tr className={styles.row} data-key={row.key}>
      <th scope="row">
        <button type="button" className={styles.name}>
          {name === '' ? t('results.unknown') : name}
        </button>
        <span className={styles.facts}>{facts}</span>
        {warnings.length > 0 && (
          <span className={styles.warning}>
            <TriangleAlert size={14} aria-hidden />
            {warnings.join(' · ')}
          </span>
        )}
      </th>
      <td className={styles.wide}>{number}</td>
      <td className={styles.wide}>{section}</td>
      <td className={styles.number}>
        {formats.points(score.points)} <span className={styles.most}>/ {formats.points(score.most)}</span>
      </td>
      <td className={classNames(styles.wide, styles.number)}>{formats.percent(score.percent)}</td>
      <td className={styles.number}>{score.grade}</td>
      <td>
        <Passed passed={score.passed} word={t(score.passed ? 'results.passed' : 'results.notPassed')} isShort />
      </td>
    </tr>
  );
});

interface PassedProps {
  readonly passed: boolean;
  readonly word: string;
  /** On a phone the word is only said. */
  readonly isShort?: boolean;
}

export function Passed({ passed, word, isShort = false }: PassedProps) {
  const Icon = passed ? Check : X;
  return (
    <span className={classNames(styles.passed, !passed && styles.failed)}>
      <Icon size={16} strokeWidth={2.5} aria-hidden />
      <span className={classNames(isShort && styles.narrowUnseen)}>{word}</span>
    </span>
  );
}
