import { CircleAlert, CircleCheck, CircleDashed, CircleQuestionMark, CircleSlash, Copy, Hourglass } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ExamRecord } from '#src/store/records.ts';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import type { AssembledView } from './use-exams.ts';
import { type RowState, type SheetRow, listSheetRows } from './read-rows.ts';
import styles from './read-list.module.css';
import { Thumbnail } from './read-thumbnails.tsx';

const shownChoices = ['all', 'open', 'aside'] as const;
type Shown = (typeof shownChoices)[number];

const icons = {
  waiting: Hourglass,
  reading: CircleDashed,
  read: CircleCheck,
  problem: CircleAlert,
  failed: CircleAlert,
  double: Copy,
  aside: CircleSlash,
} as const satisfies Record<RowState, unknown>;

/** Every sheet in the order in which they came, each with what is known of it so far. */
export function ReadList({ record, view }: { readonly record: ExamRecord; readonly view: AssembledView }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('all');
  const rows = useMemo(() => listSheetRows(t, record.exam, view), [t, record, view]);
  const visible = rows.filter(({ state, doubts }) => {
    if (shown === 'aside') return state === 'aside';
    return shown === 'all' || state === 'problem' || state === 'failed' || (state === 'read' && doubts > 0);
  });
  return (
    <section aria-labelledby="sheets-list">
      <header className={styles.head}>
        <h2 id="sheets-list">
          {t('sheets.read.list')} <span className={styles.quiet}>{rows.length}</span>
        </h2>
        <Segmented
          label={t('sheets.read.show')}
          hidesLabel
          value={shown}
          onChange={setShown}
          choices={shownChoices.map((value) => ({ value, label: t(`sheets.read.shown.${value}`) }))}
        />
      </header>
      {visible.length === 0 && <p className={styles.quiet}>{t('sheets.read.noneShown')}</p>}
      <ol className={styles.list}>
        {visible.map((row) => (
          <Row key={row.id} examId={record.id} {...row} />
        ))}
      </ol>
    </section>
  );
}

/** Only plain values, so that of 500 rows those are drawn again that have changed. */
const Row = memo(function Row({
  examId,
  id,
  number,
  name,
  facts,
  score,
  state,
  doubts,
  hasPhoto,
}: SheetRow & { readonly examId: string }) {
  const { t } = useTranslation();
  const hasDoubts = state === 'read' && doubts > 0;
  const Icon = hasDoubts ? CircleQuestionMark : icons[state];
  return (
    <li className={styles.row}>
      <Link className={styles.link} to={`/sheets/${examId}/sheet/${id}`}>
        <Thumbnail sheetId={id} isThere={hasPhoto} />
        <span className={styles.words}>
          <span className={styles.name}>{name}</span>
          <span className={styles.facts}>{[t('sheets.sheet', { number }), facts].filter(Boolean).join(' · ')}</span>
        </span>
        <span className={styles.score}>{score}</span>
        <span className={styles.state} data-state={hasDoubts ? 'doubts' : state}>
          <Icon size={18} aria-hidden />
          {hasDoubts ? t('sheets.read.doubts', { count: doubts }) : t(`sheets.read.state.${state}`)}
        </span>
      </Link>
    </li>
  );
});
