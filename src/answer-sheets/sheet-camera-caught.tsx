import { CircleAlert, CircleCheck, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ExamRecord } from '#src/store/records.ts';
import { nameOwner } from './read-words.ts';
import styles from './sheet-camera.module.css';
import { useAssembled } from './use-exams.ts';

/** A sheet that the camera has seen well. */
export interface CaughtSheet {
  readonly sheetId: string;
  /** It was there before. */
  readonly isSame: boolean;
  /** Marks that somebody has to look at. */
  readonly doubtful: number;
  readonly at: number;
}

interface SaidSheet {
  readonly name: string;
  /** Undefined until it is worked out, and where it cannot be. */
  readonly points: number | undefined;
  readonly most: number;
}

export type ScoreOf = (sheetId: string) => SaidSheet | undefined;

/** Names and scores of sheets, as the whole exam says. */
export function useSheetScores(record: ExamRecord): ScoreOf {
  const { t } = useTranslation();
  const view = useAssembled(record);
  return (sheetId) => {
    const paper = view?.assembled.papers.find(({ sheetIds }) => sheetIds.includes(sheetId));
    if (paper === undefined) return undefined;
    const score = view?.scores.find(({ key }) => key === paper.key);
    return { name: nameOwner(t, paper), points: score?.points, most: score?.most ?? 0 };
  };
}

const shownForMs = 1600;

/** Name and score of the sheet that was just read, large enough to be read from where the paper is. */
export function ReadCard({ scoreOf, caught }: { readonly scoreOf: ScoreOf; readonly caught: CaughtSheet | undefined }) {
  const { t, i18n } = useTranslation();
  const [gone, setGone] = useState<CaughtSheet>();
  const said = caught === undefined ? undefined : scoreOf(caught.sheetId);
  const isThere = said !== undefined;
  useEffect(() => {
    // From the moment that there is something to read.
    if (!isThere) return undefined;
    const timer = setTimeout(() => setGone(caught), shownForMs);
    return () => clearTimeout(timer);
  }, [caught, isThere]);
  if (caught === undefined || caught === gone || said === undefined) {
    return <output className={styles.unseen} />;
  }
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <output className={styles.card} data-same={caught.isSame || undefined}>
      <strong className={styles.cardName}>{said.name}</strong>
      {said.points !== undefined && said.most > 0 && (
        <span className={styles.cardScore}>
          {t('sheets.score', { points: number.format(said.points), most: number.format(said.most) })}
        </span>
      )}
      <span className={styles.cardNote}>
        {caught.isSame
          ? t('sheets.camera.already')
          : caught.doubtful > 0 && t('sheets.camera.toLook', { count: caught.doubtful })}
      </span>
    </output>
  );
}

/** What was read last, the newest first. */
export function LastSheets({
  scoreOf,
  caught,
}: {
  readonly scoreOf: ScoreOf;
  readonly caught: readonly CaughtSheet[];
}) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  if (caught.length === 0) return <p className={styles.none}>{t('sheets.camera.none')}</p>;
  return (
    <ol className={styles.last} aria-label={t('sheets.camera.last')}>
      {caught.map((sheet) => {
        const said = scoreOf(sheet.sheetId);
        const Icon = sheet.isSame ? Copy : sheet.doubtful > 0 ? CircleAlert : CircleCheck;
        return (
          <li key={sheet.sheetId} className={styles.lastSheet} data-doubtful={sheet.doubtful > 0 || undefined}>
            <Icon size={18} aria-hidden />
            <span className={styles.lastName}>{said?.name ?? '…'}</span>
            {sheet.isSame && <span className={styles.lastNote}>{t('sheets.camera.already')}</span>}
            {!sheet.isSame && sheet.doubtful > 0 && (
              <span className={styles.lastNote}>{t('sheets.camera.toLook', { count: sheet.doubtful })}</span>
            )}
            <span className={styles.lastScore}>
              {said?.points !== undefined &&
                t('sheets.score', { points: number.format(said.points), most: number.format(said.most) })}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
