import { describe, expect, test } from 'vitest';
import { exampleFargate, exampleSettings } from './example-settings.mjs';
import { allHostRegions, marketOfHost, nameHost, readSettings } from './settings.ts';

test('settings come as an object or as JSON; the edge is on Lambda unless someone says otherwise', () => {
  expect(readSettings(JSON.stringify(exampleSettings))).toEqual(readSettings(exampleSettings));
  expect(readSettings(exampleSettings)).toMatchObject({ compute: 'lambda', geoAllowList: false });
});

describe('settings that are wrong', () => {
  test.each([
    ['a domain outside of its zone', { domain: 'papel.test' }],
    ['a zone by its name', { hostedZone: { id: 'papel.example', name: 'papel.example' } }],
    [
      'a certificate that CloudFront cannot take',
      { certificateArn: exampleSettings.certificateArn.replace('us-east-1', 'eu-west-1') },
    ],
    ['containers without an image', { compute: 'fargate' }],
    ['an image that nothing runs', { image: exampleFargate.image }],
    ['an image by a tag', { compute: 'fargate', image: 'ghcr.io/papel-example/papel-edge:latest' }],
    ['a misspelt setting', { geoAllowlist: true }],
    ['no address for alarms', { alarmEmail: '' }],
  ])('end the synthesis: %s', (_what, other) => {
    expect(() => readSettings({ ...exampleSettings, ...other })).toThrow(RangeError);
  });

  test('are all named', () => {
    expect(() => readSettings({ ...exampleSettings, domain: 'x', alarmEmail: 'y' })).toThrow(/domain.*alarmEmail/);
  });
});

test('each region has the name of its market', () => {
  const settings = readSettings(exampleSettings);
  const hosts = allHostRegions.map((region) => nameHost(settings, region));
  expect(hosts).toEqual(['us', 'uk', 'eu', 'au', 'ph'].map((market) => `${market}.papel.example`));
  expect(marketOfHost('ap-southeast-1')).toBe('PH');
});
