import { describe, expect, it } from 'vitest';
import { composeConfig, plainDeployment } from '#contract/config.ts';
import type { Market } from '#contract/regions.ts';
import { decideStanding, readPrivacySignals, type Choice } from './consent.ts';

const quiet = { globalPrivacyControl: false, doNotTrack: false };
const configOf = (market: Market) => composeConfig(market, 'query', { ...plainDeployment, featuresOn: ['analytics'] });
const yesAt = (consentAge: number): Choice => ({ wish: 'on', consentAge });

describe('telemetry', () => {
  it.each(['US', 'UK', 'EU', 'AU', 'PH'] as const)('is off in the market %s until someone agrees', (market) => {
    expect(decideStanding(configOf(market), quiet, undefined)).toEqual({ isOn: false, decidedBy: 'market' });
    const { consentAge } = configOf(market);
    expect(decideStanding(configOf(market), quiet, yesAt(consentAge))).toEqual({ isOn: true, decidedBy: 'user' });
  });

  it('is not even offered where the school has not switched it on, or has it switched off', () => {
    const unasked = composeConfig('PH', 'query', plainDeployment);
    expect(decideStanding(unasked, quiet, yesAt(18))).toEqual({ isOn: false, decidedBy: 'not-offered' });
    const off = composeConfig('PH', 'query', {
      ...plainDeployment,
      featuresOn: ['analytics'],
      featuresOff: ['analytics'],
    });
    expect(decideStanding(off, quiet, yesAt(18))).toEqual({ isOn: false, decidedBy: 'not-offered' });
  });

  it('does not take the word of a 13-year-old in the US to a market that asks for 18', () => {
    expect(decideStanding(configOf('US'), quiet, yesAt(13)).isOn).toBe(true);
    expect(decideStanding(configOf('PH'), quiet, yesAt(13))).toEqual({ isOn: false, decidedBy: 'market' });
    expect(decideStanding(configOf('US'), quiet, yesAt(18)).isOn).toBe(true);
  });

  it('is off where the browser asks not to be counted, whatever was chosen', () => {
    const gpc = { ...quiet, globalPrivacyControl: true };
    expect(decideStanding(configOf('US'), gpc, yesAt(18))).toEqual({
      isOn: false,
      decidedBy: 'global-privacy-control',
    });
    const dnt = { ...quiet, doNotTrack: true };
    expect(decideStanding(configOf('US'), dnt, yesAt(18))).toEqual({ isOn: false, decidedBy: 'do-not-track' });
  });

  it('is on unasked only where a market says so, and a "no" goes before it', () => {
    const config = { ...configOf('US'), telemetryDefault: 'on' as const };
    expect(decideStanding(config, quiet, undefined)).toEqual({ isOn: true, decidedBy: 'market' });
    expect(decideStanding(config, quiet, { wish: 'off' })).toEqual({ isOn: false, decidedBy: 'user' });
  });
});

it('reads what browsers ask for, and takes anything else for silence', () => {
  expect(readPrivacySignals({ globalPrivacyControl: true, doNotTrack: '1' })).toEqual({
    globalPrivacyControl: true,
    doNotTrack: true,
  });
  expect(readPrivacySignals({ doNotTrack: 'unspecified' })).toEqual(quiet);
  expect(readPrivacySignals({ globalPrivacyControl: false, doNotTrack: null })).toEqual(quiet);
});
