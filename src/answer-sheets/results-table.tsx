import { Check, TriangleAlert, X } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import { classNames } from '#src/ui/controls/class-names.ts';
import type { Paper } from './papers.ts';
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

/** On a phone only the first, the points and the grade are there; the name's cell holds the rest. */
const columns: readonly { readonly by: ResultOrder; readonly isWide: boolean; readonly isNumber: boolean }[] = [
  { by: 'name', isWide: false, isNumber: false },
  { by: 'number', isWide: true, isNumber: false },
  { by: 'section', isWide: true, isNumber: false },
  { by: 'points', isWide: false, isNumber: true },
  { by: 'percent', isWide: true, isNumber: true },
  { by: 'grade', isWide: false, isNumber: true },
  { by: 'passed', isWide: true, isNumber: false },
];

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
              {t(`results.table.${by}`)}
            </SortHeader>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key} row={row} formats={formats} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly row: ResultRow;
  readonly formats: ResultFormats;
  readonly onOpen: (key: string) => void;
}

/** 500 of them: a row is drawn again only when it changes. */
const Row = memo(function Row({ row, formats, onOpen }: RowProps) {
  const { t } = useTranslation();
  const { name, number, section, paper, score, open } = row;
  if (paper === undefined || score === undefined) {
    return (
      <tr className={styles.absent}>
        <th scope="row">
          <span className={styles.name}>{name}</span>
          <Facts facts={[number, section]} />
        </th>
        <td className={styles.wide}>{number}</td>
        <td className={styles.wide}>{section}</td>
        <td className={styles.number} colSpan={4}>
          {t('results.absent')}
        </td>
      </tr>
    );
  }
  return (
    // The whole row is a larger target for the pointer; the keyboard and screen readers have the button in it.
    <tr className={styles.row} onClick={() => onOpen(row.key)}>
      <th scope="row">
        <button type="button" className={styles.name}>
          {name === '' ? t('results.unknown') : name}
        </button>
        <Facts facts={[number, section]} />
        <Warnings paper={paper} open={open} />
      </th>
      <td className={styles.wide}>{number}</td>
      <td className={styles.wide}>{section}</td>
      <td className={styles.number}>
        {formats.points(score.points)} <span className={styles.most}>/ {formats.points(score.most)}</span>
      </td>
      <td className={classNames(styles.wide, styles.number)}>{formats.percent(score.percent)}</td>
      <td className={styles.number}>
        {score.grade}
        <span className={styles.narrowPassed}>
          <Passed passed={score.passed} isShort />
        </span>
      </td>
      <td className={styles.wide}>
        <Passed passed={score.passed} />
      </td>
    </tr>
  );
});

/** What has a column of its own where there is room. */
function Facts({ facts }: { readonly facts: readonly string[] }) {
  const said = facts.filter((fact) => fact !== '').join(' · ');
  return said === '' ? null : <span className={styles.facts}>{said}</span>;
}

function Warnings({ paper, open }: { readonly paper: Paper; readonly open: number }) {
  const { t } = useTranslation();
  const { missingPages } = paper;
  const warnings = [
    open > 0 && t('results.openShort', { count: open }),
    missingPages.length > 0 &&
      t('results.missingPages', { count: missingPages.length, pages: missingPages.join(', ') }),
  ].filter((warning) => warning !== false);
  if (warnings.length === 0) return null;
  return (
    <span className={styles.warning}>
      <TriangleAlert size={14} aria-hidden />
      {warnings.join(' · ')}
    </span>
  );
}

export function Passed({ passed, isShort = false }: { readonly passed: boolean; readonly isShort?: boolean }) {
  const { t } = useTranslation();
  const Icon = passed ? Check : X;
  const word = t(passed ? 'results.passed' : 'results.notPassed');
  return (
    <span className={classNames(styles.passed, !passed && styles.failed)}>
      <Icon size={16} strokeWidth={2.5} aria-hidden />
      <span className={classNames(isShort && styles.unseen)}>{word}</span>
    </span>
  );
}
