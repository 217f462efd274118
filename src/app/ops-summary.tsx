import { type ReactNode, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { operations, type Operation, type TelemetrySummary } from '#contract/telemetry.ts';
import { Select } from '#src/ui/controls/select.tsx';
import { useFormats } from '#src/ui/use-formats.ts';
import { operationNames } from './operation-names.ts';
import { OpsBars } from './ops-bars.tsx';
import { joinGroups, makeBars, splitGroups, type Figures, type Group } from './ops-figures.ts';
import styles from './ops-screen.module.css';

const dayMs = 24 * 3_600_000;

/** A summary as bars and tables, of all operations or of one. */
export function OpsSummary({ summary }: { readonly summary: TelemetrySummary }) {
  const { t, i18n } = useTranslation();
  const { moment, day } = useFormats();
  const [operation, setOperation] = useState<Operation | 'everything'>('everything');
  const seen = new Set(summary.groups.map((group) => group.operation));
  // Another period may have none of it.
  const chosen = operation !== 'everything' && seen.has(operation) ? operation : 'everything';
  const groups = summary.groups.filter((group) => chosen === 'everything' || group.operation === chosen);
  const bars = makeBars({ ...summary, groups });
  const all = joinGroups(groups);
  const percent = useMemo(
    () => new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 }),
    [i18n.language],
  );
  const number = useMemo(() => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 }), [i18n.language]);
  const timeOf = (at: number) => (summary.bucketMs >= dayMs ? day(at) : moment(at));
  const rowsBy = <K extends string | number>(keyOf: (group: Group) => K, nameOf: (key: K) => string) =>
    [...splitGroups(groups, keyOf)].map(([key, part]) => ({ key, names: [nameOf(key)], figures: joinGroups(part) }));

  return (
    <>
      <Select
        label={t('telemetry.ops.operationFilter')}
        value={chosen}
        choices={[
          { value: 'everything', label: t('telemetry.ops.everything') },
          ...operations.filter((each) => seen.has(each)).map((value) => ({ value, label: t(operationNames[value]) })),
        ]}
        onChange={setOperation}
      />
      <p className={styles.total}>
        {t('telemetry.ops.counted', { number: number.format(all.count), rate: percent.format(all.failureRate) })}
      </p>
      <div className={styles.charts}>
        <OpsBars bars={bars} shows="count" timeOf={timeOf} />
        <OpsBars bars={bars} shows="slowest" timeOf={timeOf} />
      </div>
      <p className={styles.help}>{t('telemetry.ops.range')}</p>
      <Table
        title={t('telemetry.ops.byOperation')}
        heads={[t('telemetry.ops.column.what')]}
        rows={rowsBy(
          (group) => group.operation,
          (key) => t(operationNames[key]),
        )}
        percent={percent}
        number={number}
      />
      <Table
        title={t('telemetry.ops.byMarket')}
        heads={[t('telemetry.ops.column.market')]}
        rows={rowsBy(
          (group) => group.market,
          (key) => t(`market.name.${key}`),
        )}
        percent={percent}
        number={number}
      />
      <Table
        title={t('telemetry.ops.byDevice')}
        heads={[t('telemetry.ops.column.device')]}
        rows={rowsBy(
          (group) => group.deviceClass,
          (key) => t(`telemetry.ops.device.${key}`),
        )}
        percent={percent}
        number={number}
      />
      <Table
        title={t('telemetry.ops.byTime')}
        heads={[t('telemetry.ops.column.time')]}
        rows={rowsBy((group) => group.bucketAt, timeOf).toSorted((a, b) => b.key - a.key)}
        percent={percent}
        number={number}
      />
      <details>
        <summary className={styles.summary}>{t('telemetry.ops.all')}</summary>
        <Table
          title={t('telemetry.ops.all')}
          hidesTitle
          heads={[
            t('telemetry.ops.column.time'),
            t('telemetry.ops.column.what'),
            t('telemetry.ops.column.market'),
            t('telemetry.ops.column.device'),
          ]}
          rows={groups
            .toSorted((a, b) => b.bucketAt - a.bucketAt || a.operation.localeCompare(b.operation))
            .map((group) => ({
              key: [group.bucketAt, group.operation, group.market, group.deviceClass].join(),
              names: [
                timeOf(group.bucketAt),
                t(operationNames[group.operation]),
                t(`market.name.${group.market}`),
                t(`telemetry.ops.device.${group.deviceClass}`),
              ],
              figures: joinGroups([group]),
            }))}
          percent={percent}
          number={number}
        />
      </details>
    </>
  );
}

function NumberCell({ children }: { readonly children: ReactNode }) {
  return <td className={styles.number}>{children}</td>;
}

interface TableProps {
  readonly title: string;
  readonly hidesTitle?: boolean;
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly key: string | number;
    readonly names: readonly string[];
    readonly figures: Figures;
  }[];
  readonly percent: Intl.NumberFormat;
  readonly number: Intl.NumberFormat;
}

function Table({ title, hidesTitle = false, heads, rows, percent, number }: TableProps) {
  const { t } = useTranslation();
  const id = useId();
  const span = ({ least, most }: Figures['p50']) =>
    least === most ? number.format(least) : `${number.format(least)}–${number.format(most)}`;
  return (
    <section aria-labelledby={id} className={styles.part}>
      <h2 id={id} className={hidesTitle ? styles.unseen : undefined}>
        {title}
      </h2>
      {/* Wider than a phone, and scrolled on its own: the keyboard has to reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above */}
      <div className={styles.scroll} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {(['count', 'rate', 'p50', 'p95'] as const).map((name) => (
                <th key={name} scope="col" className={styles.number}>
                  {t(`telemetry.ops.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, names: [first, ...others], figures }) => (
              <tr key={key}>
                <th scope="row">{first}</th>
                {others.map((name, index) => (
                  <td key={heads[index + 1]}>{name}</td>
                ))}
                <NumberCell>{number.format(figures.count)}</NumberCell>
                <NumberCell>{percent.format(figures.failureRate)}</NumberCell>
                <NumberCell>{span(figures.p50)}</NumberCell>
                <NumberCell>{span(figures.p95)}</NumberCell>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
