import { type SubmitEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useRegion } from '#src/regions/regions.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { useTitle } from '#src/ui/use-title.ts';
import { askSummary, type Period, type SummaryAnswer } from './ask-summary.ts';
import styles from './ops-screen.module.css';
import { OpsSummary } from './ops-summary.tsx';

/**
 * What the edge has counted, for whoever runs it. The token is in this component's memory and nowhere else: gone with the
 * page.
 */
export function OpsScreen() {
  const { t } = useTranslation();
  const { apiBase } = useRegion().config;
  const [token, setToken] = useState<string>();
  const [period, setPeriod] = useState<Period>('hours168');
  const [answer, setAnswer] = useState<SummaryAnswer>();
  /** Of the newest question: what answers an older one comes too late. */
  const newest = useRef(0);
  useTitle(t('telemetry.ops.title'));

  async function ask(known: string, span: Period) {
    newest.current += 1;
    const turn = newest.current;
    const asked = await askSummary(apiBase, known, span, Date.now());
    if (turn !== newest.current) return;
    setAnswer(asked);
    if (asked.status === 'refused') setToken(undefined);
  }

  function open(typed: string) {
    setAnswer(undefined);
    setToken(typed);
    void ask(typed, period);
  }

  function forget() {
    newest.current += 1;
    setToken(undefined);
    setAnswer(undefined);
  }

  const isAsking = token !== undefined && answer === undefined;
  return (
    <div className={styles.screen}>
      <h1>{t('telemetry.ops.title')}</h1>
      <p>{t('telemetry.ops.intro')}</p>
      {token === undefined ? (
        <TokenForm onToken={open} />
      ) : (
        <div className={styles.actions}>
          <Segmented
            label={t('telemetry.ops.period')}
            value={period}
            choices={[
              { value: 'hours24', label: t('telemetry.ops.hours24') },
              { value: 'hours168', label: t('telemetry.ops.hours168') },
              { value: 'hours720', label: t('telemetry.ops.hours720') },
            ]}
            onChange={(chosen) => {
              setPeriod(chosen);
              void ask(token, chosen);
            }}
          />
          <Button onPress={() => void ask(token, period)}>{t('telemetry.ops.again')}</Button>
          <Button kind="quiet" onPress={forget}>
            {t('telemetry.ops.close')}
          </Button>
        </div>
      )}
      <output>
        {isAsking && t('telemetry.ops.asking')}
        {answer !== undefined && answer.status !== 'answered' && (
          <p className={styles.problem}>{t(`telemetry.ops.${answer.status}`)}</p>
        )}
        {answer?.status === 'answered' && answer.summary.groups.length === 0 && t('telemetry.ops.empty')}
      </output>
      {answer?.status === 'answered' && answer.summary.groups.length > 0 && <OpsSummary summary={answer.summary} />}
    </div>
  );
}

function TokenForm({ onToken }: { readonly onToken: (token: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const id = useId();

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (typed.trim() !== '') onToken(typed.trim());
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <label htmlFor={id}>{t('telemetry.ops.token')}</label>
      <input
        id={id}
        type="password"
        className={styles.input}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-help`}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p id={`${id}-help`} className={styles.help}>
        {t('telemetry.ops.tokenHelp')}
      </p>
      <div className={styles.actions}>
        <Button kind="primary" type="submit" isDisabled={typed.trim() === ''}>
          {t('telemetry.ops.open')}
        </Button>
      </div>
    </form>
  );
}
