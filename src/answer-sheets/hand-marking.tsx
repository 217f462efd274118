import { ArrowLeft, ArrowRight, FileSearch } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ReadablePage } from '#contract/sheets.ts';
import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { classNames } from '#src/ui/controls/class-names.ts';
import { Select } from '#src/ui/controls/select.tsx';
import { setPoints } from './flow.ts';
import { type HandMarkedQuestion, type HandPlace, findUnmarked, stepFrom } from './hand-marking-queue.ts';
import { PointKeys } from './hand-marking-points.tsx';
import type { Paper } from './papers.ts';
import type { PageOf } from './read-pages.ts';
import { nameOwner } from './read-words.ts';
import { placeBox } from './review-crop.ts';
import { Around, SheetCrop } from './review-field-picture.tsx';
import { useKeys } from '#src/ui/use-keys.ts';
import { flattenOnce, useFlatPicture } from './review-pictures.ts';
import styles from './review-step.module.css';

interface HandMarkingProps {
  readonly record: ExamRecord;
  readonly questions: readonly HandMarkedQuestion[];
  readonly sheets: ReadonlyMap<string, ListedSheet>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly papers: ReadonlyMap<string, Paper>;
  readonly pageOf: PageOf;
  readonly done: ReactNode;
}

/** What students wrote, one question through all papers, with points at one key. */
export function HandMarking({ record, questions, sheets, numbers, papers, pageOf, done }: HandMarkingProps) {
  const { t } = useTranslation();
  const [stored, setPlace] = useState<HandPlace | 'end'>();
  const place = stored ?? findUnmarked(questions, undefined) ?? 'end';
  // Kept, so that a sheet that comes meanwhile does not change what is looked at.
  if (stored === undefined) setPlace(place);
  const marked = place === 'end' ? undefined : questions.find(({ question }) => question.id === place.questionId);
  const item = place === 'end' ? undefined : marked?.items.find(({ sheetId }) => sheetId === place.sheetId);
  const sheet = item === undefined ? undefined : sheets.get(item.sheetId);

  const next = place === 'end' ? undefined : findUnmarked(questions, place);
  const nextSheet = next === undefined ? undefined : sheets.get(next.sheetId);
  useEffect(() => {
    const frame = nextSheet && pageOf(nextSheet)?.design.size;
    // Shown as failed when it is its turn.
    if (nextSheet !== undefined && frame !== undefined) flattenOnce(nextSheet, frame).catch(() => undefined);
  }, [nextSheet, pageOf]);

  if (place === 'end' || marked === undefined || item === undefined || sheet === undefined) {
    const waiting = findUnmarked(questions, undefined);
    if (waiting === undefined) return done;
    return (
      <section className={styles.end}>
        <Button kind="primary" onPress={() => setPlace(waiting)}>
          {t('sheets.review.laterNow')}
        </Button>
      </section>
    );
  }

  const { question, items } = marked;
  return (
    <WrittenAnswer
      key={`${question.id} ${sheet.id}`}
      examId={record.id}
      marked={marked}
      sheet={sheet}
      item={item}
      page={pageOf(sheet)}
      owner={[nameOwner(t, papers.get(sheet.id)), t('sheets.sheet', { number: numbers.get(sheet.id) ?? 0 })].join(
        ' · ',
      )}
      questions={questions}
      onQuestion={(questionId) => {
        const first = questions.find((each) => each.question.id === questionId);
        const target = first?.items.find(({ points }) => points === undefined) ?? first?.items[0];
        if (target !== undefined) setPlace({ questionId, sheetId: target.sheetId });
      }}
      onPoints={(points) => {
        void setPoints(sheet.id, question.id, points);
        setPlace(findUnmarked(questions, place) ?? 'end');
      }}
      onBack={optional(stepFrom(questions, place, -1), setPlace)}
      onNext={() => setPlace(stepFrom(questions, place, 1) ?? 'end')}
      progress={t('sheets.hand.of', {
        done: items.filter(({ points }) => points !== undefined).length,
        total: items.length,
      })}
    />
  );
}

function optional<Value>(value: Value | undefined, use: (value: Value) => void): (() => void) | undefined {
  return value === undefined ? undefined : () => use(value);
}

interface WrittenAnswerProps {
  readonly examId: string;
  readonly marked: HandMarkedQuestion;
  readonly item: HandMarkedQuestion['items'][number];
  readonly sheet: ListedSheet;
  readonly page: ReadablePage | undefined;
  readonly owner: string;
  readonly questions: readonly HandMarkedQuestion[];
  readonly progress: string;
  readonly onQuestion: (questionId: string) => void;
  readonly onPoints: (points: number) => void;
  readonly onBack: (() => void) | undefined;
  readonly onNext: () => void;
}

function WrittenAnswer(props: WrittenAnswerProps) {
  const { examId, marked, item, sheet, page, owner, questions, progress, onQuestion, onPoints, onBack, onNext } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const region = useRef<HTMLElement>(null);
  const flat = useFlatPicture(sheet, page?.design.size);
  const box = flat.phase === 'there' ? placeBox(item.box, flat.picture.flattening) : undefined;
  const { question } = marked;
  const name = t('sheets.hand.title', { label: question.label });
  useEffect(() => {
    region.current?.focus({ preventScroll: true });
  }, []);

  useKeys(({ key }) => {
    if (key === 'Enter' || key === 'ArrowRight') return onNext();
    if (key === 'Backspace' || key === 'ArrowLeft') return onBack?.();
    return false;
  });

  return (
    <section ref={region} className={styles.game} tabIndex={-1} aria-label={`${name}, ${owner}`}>
      <header className={styles.head}>
        {questions.length > 1 ? (
          <Select
            label={t('sheets.hand.question')}
            hidesLabel
            value={question.id}
            choices={questions.map((each) => ({
              value: each.question.id,
              label: t('sheets.hand.title', { label: each.question.label }),
            }))}
            onChange={onQuestion}
          />
        ) : (
          <h2>{name}</h2>
        )}
        <div className={classNames(styles.what, styles.owner)}>
          <p className={styles.quiet}>{owner}</p>
        </div>
        <p className={styles.left}>{progress}</p>
        <IconButton
          icon={FileSearch}
          label={t('sheets.review.wholeSheet')}
          onPress={() => void navigate(`/sheets/${examId}/sheet/${sheet.id}`)}
        />
      </header>
      <SheetCrop flat={flat} crop={box} label={t('sheets.hand.box')}>
        {box !== undefined && <Around inside={box} />}
      </SheetCrop>
      <div className={styles.keys}>
        <PointKeys most={question.points} given={item.points} onPoints={onPoints} />
        <div className={styles.moves}>
          <Button icon={ArrowLeft} isDisabled={onBack === undefined} onPress={() => onBack?.()}>
            {t('sheets.hand.previous')}
          </Button>
          <Button icon={ArrowRight} className={styles.accept ?? ''} onPress={onNext}>
            {t('sheets.hand.next')}
          </Button>
        </div>
        <p className={styles.help}>{t('sheets.hand.keys')}</p>
      </div>
    </section>
  );
}
