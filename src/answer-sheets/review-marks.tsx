import { ArrowLeft, ArrowRight, Check, FileSearch } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { ReadablePage } from '#contract/sheets.ts';
import type { ExamRecord, ListedSheet } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { correctField } from './flow.ts';
import type { Doubt, Paper } from './papers.ts';
import type { PageOf } from './read-pages.ts';
import { nameOwner, sayField, sayMarks } from './read-words.ts';
import { FieldChoices } from './review-choices.tsx';
import { placeField } from './review-crop.ts';
import {
  type ReviewField,
  currentValue,
  describeField,
  isSmallBox,
  mapQuestions,
  joinMarks,
  readFieldKey,
  splitMarks,
  toggleMark,
} from './review-field.ts';
import { FieldPicture } from './review-field-picture.tsx';
import { useKeys } from '#src/ui/use-keys.ts';
import { flattenOnce, useFlatPicture } from './review-pictures.ts';
import {
  type ReviewItem,
  currentItem,
  decide,
  goBack,
  goOn,
  itemKey,
  listAhead,
  listOpen,
  newReview,
  startOver,
} from './review-queue.ts';
import styles from './review-step.module.css';
import { useSheet } from './use-exams.ts';
import { isWritingRead } from './written-options.ts';

interface ReviewMarksProps {
  readonly record: ExamRecord;
  readonly doubts: readonly Doubt[];
  readonly sheets: ReadonlyMap<string, ListedSheet>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly papers: ReadonlyMap<string, Paper>;
  readonly pageOf: PageOf;
  /** What is shown when nothing is left, but for what was left for later. */
  readonly done: ReactNode;
}

/** Flattening takes about as long as one decision, so two ahead are enough. */
const madeAhead = 2;

/** Doubtful marks, one after the other: the crop, what was read, and a key for each answer. */
export function ReviewMarks({ record, doubts, sheets, numbers, papers, pageOf, done }: ReviewMarksProps) {
  const { t } = useTranslation();
  const [stored, setQueue] = useState(newReview);
  const [said, setSaid] = useState('');
  const questions = useMemo(() => mapQuestions(record.exam), [record.exam]);
  // At the end of the path the next doubt comes by itself; it is kept, so that a new sheet does not change it.
  const queue = currentItem(stored) === undefined ? goOn(stored, doubts) : stored;
  const item = currentItem(queue);
  const sheet = item === undefined ? undefined : sheets.get(item.sheetId);
  const reading = sheet === undefined ? undefined : fieldOf(sheet, item);
  const open = listOpen(queue, doubts);
  // A sheet that was deleted or read again meanwhile has no such field any more.
  if (item !== undefined && reading === undefined) setQueue(goOn(queue, doubts));
  else if (queue.path.length > stored.path.length) setQueue(queue);

  useEffect(() => {
    for (const next of listAhead(queue, doubts).slice(0, madeAhead)) {
      const nextSheet = sheets.get(next.sheetId);
      const frame = nextSheet && pageOf(nextSheet)?.design.size;
      // Shown as failed when it is its turn.
      if (nextSheet !== undefined && frame !== undefined) flattenOnce(nextSheet, frame).catch(() => undefined);
    }
  }, [queue, doubts, sheets, pageOf]);

  if (item === undefined || sheet === undefined || reading === undefined) {
    if (open.length === 0) return done;
    return (
      <section className={styles.end}>
        <h2>{t('sheets.review.laterLeft', { count: open.length })}</h2>
        <Button kind="primary" onPress={() => setQueue((now) => startOver(now, doubts))}>
          {t('sheets.review.laterNow')}
        </Button>
      </section>
    );
  }

  const page = pageOf(sheet);
  const field = describeField(reading, page);
  const name = sayField(t, item.label, questions.get(item.label));
  const owner = [nameOwner(t, papers.get(sheet.id)), t('sheets.sheet', { number: numbers.get(sheet.id) ?? 0 })].join(
    ' · ',
  );

  return (
    <Decision
      key={itemKey(item)}
      examId={record.id}
      sheet={sheet}
      item={item}
      field={field}
      page={page}
      name={name}
      owner={owner}
      left={open.length}
      said={said}
      canGoBack={queue.at > 0}
      onDecide={(value) => {
        setQueue(decide(queue, doubts));
        setSaid(`${name}: ${sayMarks(t, splitMarks(value, field))}`);
        void correctField(sheet.id, item.label, value);
      }}
      onBack={() => setQueue(goBack(queue))}
      onLater={() => setQueue(goOn(queue, doubts))}
    />
  );
}

function fieldOf({ reading }: ListedSheet, item: ReviewItem | undefined) {
  return reading?.found === true ? reading.fields.find(({ label }) => label === item?.label) : undefined;
}

interface DecisionProps {
  readonly examId: string;
  readonly sheet: ListedSheet;
  readonly item: ReviewItem;
  readonly field: ReviewField;
  readonly page: ReadablePage | undefined;
  readonly name: string;
  readonly owner: string;
  readonly left: number;
  /** What was decided last. */
  readonly said: string;
  readonly canGoBack: boolean;
  readonly onDecide: (value: string) => void;
  readonly onBack: () => void;
  readonly onLater: () => void;
}

/** One doubt. Mounted anew for each, with the focus on it, so that Enter never presses a key of the one before. */
function Decision(props: DecisionProps) {
  const { examId, sheet, item, field, page, name, owner, left, said, canGoBack, onDecide, onBack, onLater } = props;
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const place = useRef<HTMLElement>(null);
  const reading = fieldOf(sheet, item);
  const stored = useSheet(sheet.id);
  const whole = stored?.reading;
  const placed = whole?.found === true ? whole.fields.find(({ label }) => label === item.label) : undefined;
  const correction = sheet.corrections[item.label];
  const counted = reading === undefined ? field.emptyValue : currentValue(reading, correction);
  const [chosen, setChosen] = useState<readonly string[]>();
  const [takesSeveral, setTakesSeveral] = useState(field.kind === 'multiple');
  const marks = chosen ?? splitMarks(counted, field);
  const flattened = useFlatPicture(sheet, page?.design.size);
  // The picture may be made already when the sheet is still read from the store.
  const flat = stored === undefined ? ({ phase: 'coming' } as const) : flattened;

  // The keys work from the first moment, and what is asked is said.
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
  }, []);

  function press(value: string, adds: boolean) {
    if (!takesSeveral && !adds) return onDecide(joinMarks([value], field));
    setChosen(toggleMark(marks, value, { kind: 'multiple' }));
  }
  // What was not read at all is not accepted as blank by a key too many.
  const canAccept = !field.isWritten || marks.length > 0 || correction !== undefined;
  const accept = () => canAccept && onDecide(joinMarks(marks, field));
  const blank = () => (takesSeveral ? setChosen([]) : onDecide(field.emptyValue));

  useKeys((event) => {
    const key = readFieldKey(event.key, field);
    switch (key?.does) {
      case 'mark':
        return press(key.value, event.shiftKey);
      case 'blank':
        return blank();
      case 'accept':
        return accept();
      case 'back':
        return canGoBack && onBack();
      case 'later':
        return onLater();
      default:
        return false;
    }
  });

  const readMarks = reading === undefined ? [] : splitMarks(reading.value, field);
  const boxState = reading?.written?.state;
  const readText =
    boxState === 'scribbled' || boxState === 'lost' || boxState === 'unread'
      ? t(`sheets.review.boxes.${boxState === 'unread' && !isWritingRead() ? 'off' : boxState}`)
      : readMarks.length === 0
        ? t('sheets.review.readAsNothing')
        : t('sheets.review.readAs', { value: readMarks.join(', ') });
  const share = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 });
  const second =
    correction === undefined
      ? boxState !== undefined && readMarks.length === 0
        ? ''
        : t('sheets.review.sure', { share: share.format(reading?.confidence ?? 0) })
      : t('sheets.review.decidedAs', { value: sayMarks(t, splitMarks(correction.corrected, field)) });

  const isSmall = correction === undefined && placed?.written !== undefined && isSmallBox(placed.written);
  const details = isSmall ? [second, t('sheets.review.boxes.small')].filter((each) => each !== '').join('. ') : second;

  return (
    <section ref={place} className={styles.game} tabIndex={-1} aria-label={`${name}, ${owner}. ${readText}`}>
      <header className={styles.head}>
        <div className={styles.what}>
          <h2>{name}</h2>
          <p className={styles.quiet}>{owner}</p>
        </div>
        <p className={styles.left}>{t('sheets.review.left', { count: left })}</p>
        <IconButton
          icon={FileSearch}
          label={t('sheets.review.wholeSheet')}
          onPress={() => void navigate(`/sheets/${examId}/sheet/${sheet.id}`)}
        />
      </header>
      <FieldPicture
        flat={flat}
        place={placed === undefined || flat.phase !== 'there' ? undefined : placeField(placed, flat.picture.map)}
        marked={field.values.map((value) => marks.includes(value))}
        isDecided={correction !== undefined || chosen !== undefined}
      />
      <div className={styles.keys}>
        <p className={styles.read}>
          <strong>{readText}</strong> <span className={styles.quiet}>{details}</span>
          {field.kind !== 'multiple' && field.kind !== 'digits' && !field.isWritten && (
            <Button
              kind="quiet"
              className={styles.several ?? ''}
              aria-pressed={takesSeveral}
              onPress={() => setTakesSeveral(!takesSeveral)}
            >
              {t('sheets.review.several')}
            </Button>
          )}
        </p>
        <FieldChoices field={field} marks={marks} onPress={(value) => press(value, false)} onBlank={blank} />
        <div className={styles.moves}>
          <Button icon={ArrowLeft} isDisabled={!canGoBack} onPress={onBack}>
            {t('sheets.review.back')}
          </Button>
          <Button icon={ArrowRight} onPress={onLater}>
            {t('sheets.review.later')}
          </Button>
          <Button kind="primary" icon={Check} className={styles.accept ?? ''} isDisabled={!canAccept} onPress={accept}>
            {chosen === undefined && correction === undefined
              ? t('sheets.review.accept')
              : t('sheets.review.acceptChosen', { value: sayMarks(t, marks) })}
          </Button>
        </div>
        <p className={styles.help}>{t('sheets.review.keys')}</p>
      </div>
      <output className={styles.unseen}>{said}</output>
    </section>
  );
}
