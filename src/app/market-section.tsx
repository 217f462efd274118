import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Config } from '#contract/config.ts';
import { features, markets, type Feature } from '#contract/regions.ts';
import { chooseMarket, useRegion } from '#src/regions/regions.ts';
import { usualPaper } from '#src/regions/usual-paper.ts';
import { useSettings } from '#src/store/use-settings.ts';
import { Select } from '#src/ui/controls/select.tsx';
import { SettingsSection } from './settings-section.tsx';
import styles from './settings-screen.module.css';

/** The market, and what follows from it, in words for those whom it is about. */
export function MarketSection() {
  const { t } = useTranslation();
  const { config, choice, here } = useRegion();
  return (
    <SettingsSection title={t('market.title')} help={t('market.help')}>
      <Select
        label={t('market.title')}
        hidesLabel
        value={choice ?? 'here'}
        choices={[
          {
            value: 'here',
            label:
              here === undefined
                ? t('market.likePlace')
                : t('market.likePlaceNamed', { place: t(`market.name.${here}`) }),
          },
          ...markets.map((value) => ({ value, label: t(`market.name.${value}`) })),
        ]}
        onChange={(chosen) => void chooseMarket(chosen === 'here' ? undefined : chosen)}
      />
      <output className={styles.help}>{t(`market.decided.${config.decidedBy}`)}</output>
      <ul className={styles.rows}>
        {/* Messages for repairs are nobody's news while they are off. */}
        {features
          .filter((feature) => feature !== 'debug' || config.features.debug.isOn)
          .map((feature) => (
            <FeatureRow key={feature} feature={feature} config={config} />
          ))}
        <PaperRow config={config} />
        <LawsRow config={config} />
        <ServerRow config={config} />
      </ul>
    </SettingsSection>
  );
}

interface RowProps {
  readonly config: Config;
}

/** Whether something is on, and why. */
function FeatureRow({ feature, config }: RowProps & { readonly feature: Feature }) {
  const { t } = useTranslation();
  const { isOn, decidedBy } = config.features[feature];
  const place = t(`market.in.${config.market}`);

  function describe(): string {
    if (!isOn && decidedBy === 'server') return t('market.offByServer');
    if (!isOn) {
      const why = feature === 'face-detection' || feature === 'analytics' ? t(`market.why.${feature}`) : '';
      return `${t('market.off', { place })} ${why}`;
    }
    // Whether it happens is the user's choice, in a section of its own.
    if (feature === 'analytics' || feature === 'face-detection') return t('telemetry.offered', { place });
    return decidedBy === 'server' ? t('market.onBySchool') : t('market.on', { place });
  }

  return (
    <li className={styles.row}>
      <h3>{t(`market.feature.${feature}`)}</h3>
      <p className={styles.help}>{describe()}</p>
    </li>
  );
}

function PaperRow({ config }: RowProps) {
  const { t } = useTranslation();
  const { exportPaper } = useSettings();
  return (
    <li className={styles.row}>
      <h3>{t('market.paper')}</h3>
      <p className={styles.help}>
        {exportPaper === undefined
          ? t('market.paperUsual', { paper: t(`exporting.papers.${usualPaper(config, navigator.language)}`) })
          : t('market.paperChosen', { paper: t(`exporting.papers.${exportPaper}`) })}
      </p>
    </li>
  );
}

function LawsRow({ config }: RowProps) {
  const { t } = useTranslation();
  return (
    <li className={styles.row}>
      <h3>{t('market.laws', { place: t(`market.in.${config.market}`) })}</h3>
      {config.laws.map(({ name, title }) => (
        // A law is called by its own name in every language.
        <p key={name} className={styles.help} lang="en">
          {title.startsWith(name) ? title : `${name}: ${title}`}
        </p>
      ))}
      <p className={styles.help}>{t('market.age', { age: config.consentAge })}</p>
    </li>
  );
}

/** Where the edge runs: what its operator says, else where ours would, and never that data stays where it does not. */
function ServerRow({ config }: RowProps) {
  const { t, i18n } = useTranslation();
  const { country: code, isConfirmed, transferRule } = config.host;
  const names = useMemo(() => new Intl.DisplayNames(i18n.language, { type: 'region' }), [i18n.language]);
  const country = names.of(code) ?? code;
  return (
    <li className={styles.row}>
      <h3>{t('market.server')}</h3>
      <p className={styles.help}>
        {isConfirmed ? t('market.serverIn', { country }) : t('market.serverUnsaid', { country })}{' '}
        {transferRule !== null &&
          t('market.serverAbroad', { place: t(`market.in.${config.market}`), rule: transferRule })}{' '}
        {t('market.serverGets')}
      </p>
    </li>
  );
}
