import { CircleCheck, ListChecks } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { HandMarking } from './hand-marking.tsx';
import { listHandMarked } from './hand-marking-queue.ts';
import { listProblems } from './problem-kinds.ts';
import { usePageOf } from './read-pages.ts';
import { numberSheets, papersBySheet } from './read-words.ts';
import { ReviewMarks } from './review-marks.tsx';
import styles from './review-step.module.css';
import { useAssembled } from './use-exams.ts';

type Mode = 'marks' | 'written';

/** A game of seconds: what was not read for sure, and what only a person can mark. */
export function ReviewStep({ record }: { readonly record: ExamRecord }) {
  const { t } = useTranslation();
  const view = useAssembled(record);
  const pageOf = usePageOf(record);
  if (view === undefined || pageOf === undefined) return <p className={styles.quiet}>{t('controls.loading')}</p>;
  return <Review record={record} view={view} pageOf={pageOf} />;
}

interface ReviewProps {
  readonly record: ExamRecord;
  readonly view: NonNullable<ReturnType<typeof useAssembled>>;
  readonly pageOf: NonNullable<ReturnType<typeof usePageOf>>;
}

function Review({ record, view: { assembled, sheets }, pageOf }: ReviewProps) {
  const { t } = useTranslation();
  const byId = useMemo(() => new Map(sheets.map((sheet) => [sheet.id, sheet])), [sheets]);
  const numbers = useMemo(() => numberSheets(sheets), [sheets]);
  const papers = useMemo(() => papersBySheet(assembled.papers), [assembled]);
  const written = useMemo(() => listHandMarked(record.exam, sheets, pageOf), [record, sheets, pageOf]);
  const unmarked = written.reduce(
    (sum, { items }) => sum + items.filter(({ points }) => points === undefined).length,
    0,
  );
  const [mode, setMode] = useState<Mode>(() => (assembled.doubts.length === 0 && unmarked > 0 ? 'written' : 'marks'));
  const problems = useMemo(() => listProblems(assembled.problems, byId).length, [assembled, byId]);
  const common = { record, sheets: byId, numbers, papers, pageOf };

  if (sheets.length === 0) return <NothingRead examId={record.id} />;
  return (
    <>
      {written.length > 0 && (
        <Segmented
          label={t('sheets.review.modes')}
          hidesLabel
          value={mode}
          onChange={setMode}
          choices={[
            { value: 'marks', label: `${t('sheets.review.marks')} · ${assembled.doubts.length}` },
            { value: 'written', label: `${t('sheets.review.written')} · ${unmarked}` },
          ]}
        />
      )}
      {mode === 'written' ? (
        <HandMarking {...common} questions={written} done={<Done examId={record.id} problems={problems} />} />
      ) : (
        <ReviewMarks
          {...common}
          doubts={assembled.doubts}
          done={
            <Done
              examId={record.id}
              problems={problems}
              isReading={sheets.some(({ state }) => state === 'waiting' || state === 'reading')}
              unmarked={unmarked}
              onWritten={() => setMode('written')}
            />
          }
        />
      )}
    </>
  );
}

function NothingRead({ examId }: { readonly examId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <section className={styles.end}>
      <ListChecks size={40} aria-hidden />
      <h2>{t('sheets.review.nothingRead')}</h2>
      <p>{t('sheets.review.nothingReadHelp')}</p>
      <Button kind="primary" onPress={() => void navigate(`/sheets/${examId}/read`)}>
        {t('sheets.review.toRead')}
      </Button>
    </section>
  );
}

interface DoneProps {
  readonly examId: string;
  /** Things about the sheets that are still to solve. */
  readonly problems: number;
  readonly isReading?: boolean;
  readonly unmarked?: number;
  readonly onWritten?: () => void;
}

/** Nothing is left here: what there is to do next. */
function Done({ examId, problems, isReading = false, unmarked = 0, onWritten }: DoneProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const solve = problems > 0;
  return (
    <section className={styles.end}>
      <CircleCheck size={48} className={styles.good} aria-hidden />
      <h2>
        <output>{t('sheets.review.done')}</output>
      </h2>
      <p>{isReading ? t('sheets.review.doneStillReading') : t('sheets.review.doneHelp')}</p>
      {solve && <p>{t('sheets.review.doneProblems', { count: problems })}</p>}
      <div className={styles.endActions}>
        {unmarked > 0 && onWritten !== undefined && (
          <Button kind="primary" onPress={onWritten}>
            {`${t('sheets.review.written')} · ${unmarked}`}
          </Button>
        )}
        {solve && (
          <Button kind={unmarked > 0 ? 'plain' : 'primary'} onPress={() => void navigate(`/sheets/${examId}/read`)}>
            {t('sheets.review.solve')}
          </Button>
        )}
        <Button
          kind={unmarked > 0 || solve ? 'plain' : 'primary'}
          onPress={() => void navigate(`/sheets/${examId}/results`)}
        >
          {t('sheets.review.toResults')}
        </Button>
      </div>
    </section>
  );
}
