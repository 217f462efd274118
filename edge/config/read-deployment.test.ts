import { describe, expect, test } from 'vitest';
import { plainDeployment } from '#contract/config.ts';
import { readViewerCountry } from '../adapters/viewer-country.ts';
import { readAppOrigins, readDeployment, readMarket } from './read-deployment.ts';

const cdnBaseOf = (base: string | undefined) => readDeployment({ PAPEL_CDN_BASE: base }, null).cdnBase;

describe('the settings', () => {
  test('are the plain ones where nothing is set, or empty', () => {
    expect(readDeployment({}, null)).toEqual(plainDeployment);
    expect(readDeployment({ PAPEL_CDN_BASE: '', PAPEL_FEATURES_OFF: '', PAPEL_MAX_FILE_MB: '' }, null)).toEqual(
      plainDeployment,
    );
    expect(readMarket({})).toBeUndefined();
    expect(readAppOrigins({})).toEqual([]);
    expect(readViewerCountry({})).toBeUndefined();
    expect(readViewerCountry({ PAPEL_COUNTRY_HEADER: '', PAPEL_TRUSTED_PROXIES: '' })).toBeUndefined();
  });

  test('are read', () => {
    const environment = {
      PAPEL_MARKET: 'PH',
      PAPEL_HOST_REGION: 'ap-southeast-1',
      PAPEL_API_BASE: 'https://api.example',
      PAPEL_FEATURES_ON: 'face-detection',
      PAPEL_FEATURES_OFF: ' handwriting,answer-sheets ',
      PAPEL_MAX_FILE_MB: '25',
      PAPEL_PROCESSING_SECONDS: '60',
      PAPEL_TELEMETRY_DAYS: '90',
    };
    expect(readMarket(environment)).toBe('PH');
    expect(readAppOrigins({ PAPEL_APP_ORIGINS: 'https://a.example, http://localhost:4173' })).toEqual([
      'https://a.example',
      'http://localhost:4173',
    ]);
    expect(readDeployment(environment, '0123456789ab')).toEqual({
      hostRegion: 'ap-southeast-1',
      cdnBase: null,
      apiBase: 'https://api.example',
      limits: { fileBytes: 25_000_000, processingMs: 60_000 },
      featuresOn: ['face-detection'],
      featuresOff: ['answer-sheets', 'handwriting'],
      modelsVersion: '0123456789ab',
      retentionDays: 90,
    });
    expect(readDeployment({ PAPEL_HOST_REGION: 'PH' }, null).hostRegion).toBe('PH');
  });

  test.each([
    ['PAPEL_MARKET', 'ph', 'PAPEL_MARKET is not one of US, UK, EU, AU, PH: ph'],
    ['PAPEL_MARKET', 'constructor', 'PAPEL_MARKET is not one of'],
    ['PAPEL_HOST_REGION', 'us-east-9', 'PAPEL_HOST_REGION is not a country such as PH'],
    ['PAPEL_HOST_REGION', 'toString', 'PAPEL_HOST_REGION is not'],
    ['PAPEL_API_BASE', 'api.example', 'PAPEL_API_BASE is not an https address'],
    ['PAPEL_FEATURES_ON', 'faces', 'PAPEL_FEATURES_ON is not a list with commas of document-scanning, '],
    ['PAPEL_FEATURES_OFF', 'handwriting,', 'PAPEL_FEATURES_OFF is not a list with commas of'],
    ['PAPEL_FEATURES_OFF', 'handwriting constructor', 'PAPEL_FEATURES_OFF is not'],
    ['PAPEL_MAX_FILE_MB', '0', 'PAPEL_MAX_FILE_MB is not a whole number of megabytes from 1 to 500: 0'],
    ['PAPEL_MAX_FILE_MB', '1e2', 'PAPEL_MAX_FILE_MB is not'],
    ['PAPEL_MAX_FILE_MB', '-5', 'PAPEL_MAX_FILE_MB is not'],
    ['PAPEL_MAX_FILE_MB', '50 MB', 'PAPEL_MAX_FILE_MB is not'],
    ['PAPEL_PROCESSING_SECONDS', '5', 'PAPEL_PROCESSING_SECONDS is not a whole number of seconds from 10 to 600'],
    ['PAPEL_APP_ORIGINS', '*', 'PAPEL_APP_ORIGINS is not a list with commas of https origins'],
    ['PAPEL_APP_ORIGINS', 'https://papel.example/', 'PAPEL_APP_ORIGINS is not'],
    ['PAPEL_APP_ORIGINS', 'https://papel.example/app', 'PAPEL_APP_ORIGINS is not'],
    ['PAPEL_APP_ORIGINS', 'http://papel.example', 'PAPEL_APP_ORIGINS is not'],
    ['PAPEL_APP_ORIGINS', 'https://papel.example:443', 'PAPEL_APP_ORIGINS is not'],
    ['PAPEL_APP_ORIGINS', 'https://papel.example,', 'PAPEL_APP_ORIGINS is not'],
    ['PAPEL_APP_ORIGINS', 'null', 'PAPEL_APP_ORIGINS is not'],
    ['PAPEL_TRUSTED_PROXIES', 'everyone', 'PAPEL_TRUSTED_PROXIES is not a list with commas of addresses'],
    ['PAPEL_COUNTRY_HEADER', 'CF-IPCountry', 'PAPEL_TRUSTED_PROXIES is not set, but PAPEL_COUNTRY_HEADER is.'],
  ])('%s=%s is refused with a sentence that names it', (name, text, sentence) => {
    const environment = { [name]: text };
    const readAll = () => [
      readMarket(environment),
      readAppOrigins(environment),
      readDeployment(environment, null),
      readViewerCountry(environment),
    ];
    expect(readAll).toThrow(RangeError);
    expect(readAll).toThrow(sentence);
  });

  test.each(['everyone', '10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '::1/129', '10.0.0.1,', '1.2.3.4/8/8', '10.0.0.1/-1'])(
    'proxies %j are refused',
    (proxies) => {
      expect(() => readViewerCountry({ PAPEL_COUNTRY_HEADER: 'CF-IPCountry', PAPEL_TRUSTED_PROXIES: proxies })).toThrow(
        'PAPEL_TRUSTED_PROXIES is not a list with commas of addresses',
      );
    },
  );

  test.each(['CF IPCountry', 'X:', 'a\nb', '*'])('the header %j is refused', (header) => {
    expect(() => readViewerCountry({ PAPEL_COUNTRY_HEADER: header, PAPEL_TRUSTED_PROXIES: '::1' })).toThrow(
      'PAPEL_COUNTRY_HEADER is not the name of a header',
    );
  });
});

describe('the CDN', () => {
  test.each([
    'https://cdn.example',
    'https://cdn.example/papel/v1',
    'http://localhost:4999',
    'http://127.0.0.1:80/a.b',
  ])('takes %s', (base) => {
    expect(cdnBaseOf(base)).toBe(base);
  });

  test.each([
    'cdn.example',
    '//cdn.example',
    'http://cdn.example',
    'http://localhost.evil.example',
    'https://cdn.example/',
    'https://cdn.example/a/',
    'https://cdn.example//a',
    'https://cdn.example/../a',
    'https://cdn.example/a/..',
    'https://cdn.example/a?b=c',
    'https://cdn.example/a#b',
    'https://user:word@cdn.example',
    'https://cdn.example; script-src *',
    'https://cdn.example\nX: y',
    'https://*.example',
    'ftp://cdn.example',
    'javascript:alert(1)',
  ])('refuses %j with a sentence', (base) => {
    expect(() => cdnBaseOf(base)).toThrow('PAPEL_CDN_BASE is not an https address');
  });
});
