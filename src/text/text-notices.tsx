import { CircleAlert, Info, RotateCw, ScanText, Search, X } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { Failure } from '#contract/failures.ts';
import type { PageRecord, TextRecord } from '#src/store/records.ts';
import { Button, IconButton } from '#src/ui/controls/button.tsx';
import { classNames } from '#src/ui/controls/class-names.ts';
import { ProgressBar } from '#src/ui/controls/progress-bar.tsx';
import { acceptTurn, askFor, correctText, keepCorrected, stopReading, turnBack } from './flow.ts';
import styles from './text-screen.module.css';
import { usePausedReading, useReadingProgress } from './use-texts.ts';

interface TextNoticesProps {
  readonly page: PageRecord;
  readonly text: TextRecord | undefined;
  readonly find: string;
  readonly foundWords: number;
  readonly onFound: () => void;
  readonly onRead: (what: 'page' | 'document') => void;
}

/** What is to be known of a page's text before it is read: that it is on its way, or doubtful, or not there. */
export function TextNotices({ page, text, find, foundWords, onFound, onRead }: TextNoticesProps) {
  const { t } = useTranslation();
  const isUnderWay = text !== undefined && ['due', 'waiting', 'reading'].includes(text.state);
  const state = text?.reading?.state;
  const choose = <Button onPress={() => onRead('page')}>{t('text.chooseLanguages')}</Button>;
  return (
    <>
      {find !== '' && (
        <Notice icon={Search}>
          <p>{t('text.finding', { count: foundWords, find })}</p>
          <IconButton icon={X} label={t('text.endFinding')} onPress={onFound} />
        </Notice>
      )}
      {isUnderWay && <UnderWay text={text} />}
      {text?.state === 'failed' && (
        <Notice icon={CircleAlert} isCaution>
          <p role="alert">{failureText(t, text.failure)}</p>
          <Button onPress={() => void askFor([page.id])}>{t('controls.tryAgain')}</Button>
          {text.failure?.code === 'language-unavailable' && choose}
        </Notice>
      )}
      {text?.turnedFrom !== undefined && text.turnedFrom !== page.edits?.turns && (
        <Notice icon={RotateCw}>
          <p>{t('text.turned')}</p>
          <Button onPress={() => void turnBack(page.id)}>{t('text.turnBack')}</Button>
          <Button kind="quiet" onPress={() => void acceptTurn(page.id)}>
            {t('text.keepTurn')}
          </Button>
        </Notice>
      )}
      {text?.corrected?.isOlder === true && (
        <Notice icon={Info}>
          <p>{t('text.readAgain')}</p>
          <Button onPress={() => void keepCorrected(page.id)}>{t('text.keepMine')}</Button>
          <Button kind="quiet" onPress={() => void correctText(page.id, undefined)}>
            {t('text.takeNew')}
          </Button>
        </Notice>
      )}
      {!isUnderWay && state === 'nothing' && (
        <Notice icon={Info}>
          <p>{t('text.nothing')}</p>
        </Notice>
      )}
      {!isUnderWay && state === 'unsure' && (
        <Notice icon={CircleAlert} isCaution>
          <p>{t('text.unsure')}</p>
          {choose}
        </Notice>
      )}
      {text === undefined && (
        <div className={styles.unread}>
          <p>{page.edits === undefined ? t('text.notScanned') : t('text.unread')}</p>
          <Button kind="primary" icon={ScanText} onPress={() => onRead('document')}>
            {t('text.read')}
          </Button>
        </div>
      )}
    </>
  );
}

function UnderWay({ text }: { readonly text: TextRecord }) {
  const { t } = useTranslation();
  const progress = useReadingProgress().get(text.id);
  const paused = usePausedReading();
  if (paused !== undefined)
    return (
      <Notice icon={CircleAlert} isCaution>
        <p>{failureText(t, paused)}</p>
      </Notice>
    );
  const words = text.state === 'due' ? t('text.due') : t(`text.stages.${progress?.stage ?? 'waiting'}`);
  return (
    <Notice icon={ScanText}>
      <div className={styles.progress}>
        <output>{words}</output>
        <ProgressBar label={words} share={progress?.share} />
      </div>
      <Button onPress={() => void stopReading()}>{t('text.stop')}</Button>
    </Notice>
  );
}

interface NoticeProps {
  readonly icon: typeof Info;
  readonly isCaution?: boolean;
  readonly children: ReactNode;
}

function Notice({ icon: Icon, isCaution = false, children }: NoticeProps) {
  return (
    <div className={classNames(styles.notice, isCaution && styles.caution)}>
      <Icon size={20} aria-hidden />
      {children}
    </div>
  );
}

const codes = [
  'runtime-unavailable',
  'model-unavailable',
  'language-unavailable',
  'out-of-memory',
  'storage-full',
  'storage-blocked',
  'timed-out',
  'worker-lost',
  'cancelled',
  'damaged-file',
] as const;

/** What happened and what to do. */
export function failureText(t: TFunction, failure: Failure | undefined): string {
  const code = codes.find((each) => each === failure?.code) ?? 'internal';
  return t(`text.failures.${code}`);
}
