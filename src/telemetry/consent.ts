/** Whether Papel may count how it runs, and who said so. */
import * as v from 'valibot';
import type { Config } from '#contract/config.ts';

/** What the user decided, once they did. */
export const choiceSchema = v.variant('wish', [
  v.object({ wish: v.literal('off') }),
  v.object({
    wish: v.literal('on'),
    /** The age that they said to have reached, or to have a parent's word for. It holds no further. */
    consentAge: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
]);
export type Choice = Readonly<v.InferOutput<typeof choiceSchema>>;

/** What the browser asks every site for, as its user has set it. */
export interface PrivacySignals {
  /** https://w3c.github.io/gpc/ */
  readonly globalPrivacyControl: boolean;
  /** https://www.w3.org/TR/tracking-dnt/ */
  readonly doNotTrack: boolean;
}

export interface Standing {
  readonly isOn: boolean;
  /** `market` and `user` can be changed by the user; the others are not theirs to change here. */
  readonly decidedBy: 'not-offered' | 'global-privacy-control' | 'do-not-track' | 'user' | 'market';
}

/**
 * A "yes" holds in every market that asks for no more years than it was given for. Nobody's age is known before someone
 * says it, so a market in which children may not agree is one whose registry entry says "off".
 */
export function decideStanding(
  { features, telemetryDefault, consentAge }: Pick<Config, 'features' | 'telemetryDefault' | 'consentAge'>,
  { globalPrivacyControl, doNotTrack }: PrivacySignals,
  choice: Choice | undefined,
): Standing {
  if (!features.analytics.isOn) return { isOn: false, decidedBy: 'not-offered' };
  if (globalPrivacyControl) return { isOn: false, decidedBy: 'global-privacy-control' };
  if (doNotTrack) return { isOn: false, decidedBy: 'do-not-track' };
  if (choice?.wish === 'off') return { isOn: false, decidedBy: 'user' };
  if (choice?.wish === 'on' && choice.consentAge >= consentAge) return { isOn: true, decidedBy: 'user' };
  return { isOn: telemetryDefault === 'on', decidedBy: 'market' };
}

export function readPrivacySignals(browser: object): PrivacySignals {
  return {
    globalPrivacyControl: 'globalPrivacyControl' in browser && browser.globalPrivacyControl === true,
    // Some browsers once said "yes".
    doNotTrack: 'doNotTrack' in browser && (browser.doNotTrack === '1' || browser.doNotTrack === 'yes'),
  };
}
