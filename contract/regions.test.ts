import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { composeConfig, configSchema, deploymentOf, plainDeployment } from './config.ts';
import { features, hostRegions, isMarket, marketOfCountry, markets, regions, regionSchema } from './regions.ts';

describe('the registry', () => {
  test('has what it says it has, of every market', () => {
    expect(Object.keys(regions)).toEqual([...markets]);
    for (const market of markets) expect(v.parse(regionSchema, regions[market]), market).toEqual(regions[market]);
  });

  test('is refused where a market lacks something, or has something odd', () => {
    const { consentAge, ...withoutAge } = regions.PH;
    expect(consentAge).toBe(18);
    for (const wrong of [
      withoutAge,
      { ...regions.PH, languages: ['Filipino'] },
      { ...regions.PH, paper: { usual: 'folio', others: [] } },
      { ...regions.PH, countries: [] },
      { ...regions.PH, hostRegion: 'ap-southeast-9' },
      { ...regions.PH, features: { ...regions.PH.features, spying: true } },
      { ...regions.PH, unheardOf: 1 },
    ]) {
      expect(v.is(regionSchema, wrong)).toBe(false);
    }
  });

  test('names languages, time zones and money that there are', () => {
    for (const { languages, timeZones, currency } of Object.values(regions)) {
      expect(Intl.getCanonicalLocales([...languages])).toEqual(languages);
      for (const timeZone of timeZones) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
      expect(Intl.supportedValuesOf('currency')).toContain(currency);
    }
    expect(regions.PH.languages).toEqual(['en-PH', 'fil']);
    expect(regions.PH.timeZones).toEqual(['Asia/Manila']);
  });

  test('prints Letter in the United States and A4 elsewhere', () => {
    expect(Object.entries(regions).map(([market, { paper }]) => `${market} ${paper.usual}`)).toEqual([
      'US letter',
      'UK a4',
      'EU a4',
      'AU a4',
      'PH a4',
    ]);
    expect(regions.PH.paper.others).toContain('folio');
  });

  test('neither counts nor looks for faces anywhere before a school has decided', () => {
    for (const region of Object.values(regions)) {
      expect(region.telemetryDefault).toBe('off');
      expect(region.features).toMatchObject({ 'face-detection': false, analytics: false, debug: false });
    }
  });

  test('names the laws of each market', () => {
    const names = Object.values(regions).map(({ laws }) => laws.map(({ name }) => name));
    expect(names).toEqual([
      ['FERPA', 'COPPA'],
      ['UK GDPR', 'Children’s Code'],
      ['GDPR'],
      ['Privacy Act 1988'],
      ['DPA 2012'],
    ]);
  });
});

describe('countries', () => {
  test('are in one market at most', () => {
    const all = Object.values(regions).flatMap(({ countries }) => countries);
    expect(new Set(all).size).toBe(all.length);
  });

  test.each([
    ['PH', 'PH'],
    ['US', 'US'],
    ['PR', 'US'],
    ['GB', 'UK'],
    ['DE', 'EU'],
    ['GR', 'EU'],
    ['AU', 'AU'],
    // ISO 3166 has no UK, and these are in no market.
    ['UK', undefined],
    ['EU', undefined],
    ['NZ', undefined],
    ['CH', undefined],
    ['XX', undefined],
    ['T1', undefined],
    ['ph', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%s is in %s', (country, market) => {
    expect(marketOfCountry(country)).toBe(market);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'ph', 'GB', '', 'US,PH'])(
    '%s is no market',
    (name) => {
      expect(isMarket(name)).toBe(false);
    },
  );
});

describe('a configuration', () => {
  test('is of its own schema in every market', () => {
    for (const market of markets) {
      const config = composeConfig(market, 'query', plainDeployment);
      expect(v.parse(configSchema, config), market).toEqual(config);
    }
  });

  test('says that the Philippines are served from Singapore, and what that rests on', () => {
    expect(composeConfig('PH', 'query', plainDeployment).host).toEqual({
      region: 'ap-southeast-1',
      country: 'SG',
      isConfirmed: false,
      transferRule: 'Data Privacy Act of 2012, section 21',
    });
  });

  test('claims that data stays only where the host is in the market', () => {
    for (const market of markets) {
      for (const hostRegion of [...Object.keys(hostRegions), 'PH', 'NZ']) {
        const { country, isConfirmed, transferRule } = composeConfig(market, 'query', {
          ...plainDeployment,
          hostRegion,
        }).host;
        expect(isConfirmed).toBe(true);
        expect(transferRule === null, `${market} on ${hostRegion}`).toBe(regions[market].countries.includes(country));
      }
    }
    expect(composeConfig('PH', 'query', { ...plainDeployment, hostRegion: 'PH' }).host.transferRule).toBeNull();
  });

  test('has off what the kill switch names, whatever else says on', () => {
    const config = composeConfig('PH', 'query', {
      ...plainDeployment,
      featuresOn: ['face-detection', 'handwriting'],
      featuresOff: ['handwriting', 'document-scanning'],
    });
    expect(config.features).toMatchObject({
      'face-detection': { isOn: true, decidedBy: 'server' },
      handwriting: { isOn: false, decidedBy: 'server' },
      'document-scanning': { isOn: false, decidedBy: 'server' },
      'answer-sheets': { isOn: true, decidedBy: 'market' },
    });
    const off = composeConfig('US', 'query', { ...plainDeployment, featuresOff: features }).features;
    expect(Object.values(off).some(({ isOn }) => isOn)).toBe(false);
  });

  test('tells enough of its edge to go on in another market', () => {
    const deployment = {
      hostRegion: 'PH',
      cdnBase: 'https://cdn.example',
      apiBase: null,
      limits: { fileBytes: 7_000_000, processingMs: 60_000 },
      featuresOn: ['face-detection'],
      featuresOff: ['handwriting'],
      modelsVersion: '0123456789ab',
      retentionDays: 90,
    } as const;
    expect(composeConfig('US', 'query', deployment).retentionDays).toBe(90);
    expect(deploymentOf(composeConfig('US', 'query', deployment))).toEqual(deployment);
    expect(deploymentOf(composeConfig('US', 'query', plainDeployment))).toEqual(plainDeployment);
  });
});
