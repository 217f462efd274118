import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { composeConfig, plainDeployment, type Config, type Deployment } from '#contract/config.ts';
import type { Market } from '#contract/regions.ts';
import { setCdnBase, sourcesOf } from '#src/delivery/sources.ts';
import { applyRegion, chooseMarket, currentRegion, regionLanguages } from './regions.ts';

const path = '/assets/weights-AbCd1234.bin';
const cdnBase = 'https://cdn.example/papel';

/** The edge: which markets it was asked for, and what it answers; `undefined` for a line that is down. */
const asked: string[] = [];
let edge: ((market: Market | undefined) => Response | Promise<Response>) | undefined;

const says = (config: unknown) => Response.json(config);
const placeIs =
  (place: Market, deployment: Partial<Deployment> = {}) =>
  (market: Market | undefined) =>
    says(
      composeConfig(market ?? place, market === undefined ? 'viewer-country' : 'query', {
        ...plainDeployment,
        ...deployment,
      }),
    );

async function clear() {
  localStorage.clear();
  edge = undefined;
  await applyRegion();
  asked.length = 0;
  setCdnBase(undefined);
}

beforeEach(async () => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (address) => {
    const url = new URL(new Request(address).url);
    asked.push(url.pathname + url.search);
    if (edge === undefined) throw new TypeError('Failed to fetch');
    return edge((url.searchParams.get('market') ?? undefined) as Market | undefined);
  });
  await clear();
});

afterEach(async () => {
  vi.restoreAllMocks();
  localStorage.clear();
});

/** The app started anew, as far as this room is concerned. */
const restart = applyRegion;

describe('the CDN', () => {
  test('is the one that the edge names', async () => {
    edge = placeIs('PH', { cdnBase });
    await applyRegion();
    expect(sourcesOf(path)).toEqual([`${cdnBase}${path}`, path]);
  });

  test('stays where the edge does not answer, or something else does', async () => {
    edge = placeIs('PH', { cdnBase });
    await applyRegion();
    const evil = composeConfig('PH', 'query', { ...plainDeployment, cdnBase: 'https://evil.example/../' });
    for (const answer of [
      () => new Response('<title>Log in to the school network</title>'),
      () => says(evil),
      () => says({}),
      () => new Response('no', { status: 502 }),
      () => Promise.reject(new TypeError('Failed to fetch')),
    ]) {
      setCdnBase(undefined);
      edge = answer;
      await restart();
      expect(sourcesOf(path), String(answer)).toEqual([`${cdnBase}${path}`, path]);
      expect(currentRegion().config.market).toBe('PH');
    }
  });

  test('is none again when the edge names none any more', async () => {
    edge = placeIs('PH', { cdnBase });
    await applyRegion();
    edge = placeIs('PH');
    await restart();
    expect(sourcesOf(path)).toEqual([path]);
    setCdnBase('https://other.example');
    edge = undefined;
    await restart();
    expect(sourcesOf(path)).toEqual([path]);
  });
});

describe('the market', () => {
  const holding = (): Pick<Config, 'market' | 'decidedBy'> => {
    const { market, decidedBy } = currentRegion().config;
    return { market, decidedBy };
  };

  test('is the built-in one until anyone has said, and claims no language', async () => {
    expect(holding()).toEqual({ market: 'EU', decidedBy: 'built-in-default' });
    expect(currentRegion().here).toBeUndefined();
    expect(regionLanguages()).toEqual([]);
  });

  test('is that of the place', async () => {
    edge = placeIs('PH');
    await applyRegion();
    expect(asked).toEqual(['/api/config']);
    expect(holding()).toEqual({ market: 'PH', decidedBy: 'viewer-country' });
    expect(currentRegion().here).toBe('PH');
    expect(regionLanguages()).toEqual(['en-PH', 'fil']);
  });

  test('that the user chooses holds at once, before the edge has answered, and goes with each question', async () => {
    edge = placeIs('PH');
    await applyRegion();
    let release = () => {};
    edge = () => new Promise((resolve) => (release = () => resolve(placeIs('PH')('US'))));
    const change = chooseMarket('US');
    expect(holding()).toEqual({ market: 'US', decidedBy: 'query' });
    expect(currentRegion().config.paper.usual).toBe('letter');
    release();
    await change;
    edge = placeIs('PH');
    await restart();
    expect(asked).toEqual(['/api/config', '/api/config?market=US', '/api/config?market=US']);
    expect(currentRegion()).toMatchObject({ choice: 'US', here: 'PH', config: { market: 'US' } });
  });

  test('is what the edge says of it, where it knows more than this version of the app', async () => {
    edge = (market) => says({ ...composeConfig(market ?? 'PH', 'query', plainDeployment), consentAge: 16 });
    await chooseMarket('PH');
    expect(currentRegion().config.consentAge).toBe(16);
    edge = undefined;
    await restart();
    expect(currentRegion().config.consentAge, 'kept').toBe(16);
  });

  test('changes without a network, and nothing else does', async () => {
    edge = placeIs('PH', { cdnBase, hostRegion: 'PH', featuresOff: ['handwriting'] });
    await applyRegion();
    edge = undefined;
    await chooseMarket('US');
    const { config } = currentRegion();
    expect(config).toMatchObject({
      market: 'US',
      currency: 'USD',
      cdnBase,
      host: { country: 'PH', isConfirmed: true },
    });
    expect(config.features.handwriting, 'the kill switch').toEqual({ isOn: false, decidedBy: 'server' });
    expect(sourcesOf(path)).toEqual([`${cdnBase}${path}`, path]);
    await restart();
    expect(holding()).toEqual({ market: 'US', decidedBy: 'query' });
    await chooseMarket(undefined);
    expect(holding()).toEqual({ market: 'PH', decidedBy: 'viewer-country' });
    expect(sourcesOf(path)).toHaveLength(2);
  });

  test('is the last one chosen, whichever answer comes last', async () => {
    const waiting: (() => void)[] = [];
    edge = (market) =>
      new Promise((resolve) => {
        const config = composeConfig(
          market ?? 'PH',
          market === undefined ? 'server-default' : 'query',
          plainDeployment,
        );
        waiting.push(() => resolve(says({ ...config, consentAge: 17 })));
      });
    const changes = [applyRegion(), chooseMarket('US'), chooseMarket('AU')];
    for (const answer of waiting.toReversed()) {
      answer();
      await new Promise((resolve) => {
        setTimeout(resolve, 0);
      });
    }
    await Promise.all(changes);
    // The place's own answer, the last to come, is of use too.
    expect(currentRegion()).toMatchObject({ here: 'PH', config: { market: 'AU', consentAge: 17 } });
    edge = undefined;
    await restart();
    expect(currentRegion()).toMatchObject({ here: 'PH', config: { market: 'AU', consentAge: 17 } });
  });

  test('stays where the edge does not know it, or answers another one', async () => {
    edge = () => says({ type: 'about:blank', status: 404 });
    await chooseMarket('AU');
    expect(holding().market).toBe('AU');
    edge = () => placeIs('PH', { cdnBase })('US');
    await chooseMarket('UK');
    expect(holding().market).toBe('UK');
    expect(sourcesOf(path), 'nothing of an answer to another question').toEqual([path]);
  });

  test.each([
    'not json',
    '[]',
    '42',
    '{"choice":"constructor","here":1,"last":{"market":"PH"}}',
    '{"choice":"NZ"}',
    '{"last":{"cdnBase":"http://evil.example"}}',
  ])('ignores what is stored and makes no sense: %s', async (stored) => {
    localStorage.setItem('papel-regions', stored);
    await restart();
    expect(holding()).toEqual({ market: 'EU', decidedBy: 'built-in-default' });
    expect(sourcesOf(path)).toEqual([path]);
  });

  test('is kept alone where only the rest of what is stored makes no sense', async () => {
    localStorage.setItem('papel-regions', '{"choice":"PH","last":{"cdnBase":42}}');
    await restart();
    expect(holding()).toEqual({ market: 'PH', decidedBy: 'query' });
  });

  test('changes without localStorage too', async () => {
    for (const method of ['getItem', 'setItem'] as const) {
      vi.spyOn(Storage.prototype, method).mockImplementation(() => {
        throw new DOMException('no', 'SecurityError');
      });
    }
    edge = placeIs('PH', { cdnBase });
    await applyRegion();
    expect(sourcesOf(path)).toHaveLength(2);
    await chooseMarket('US');
    expect(holding().market).toBe('US');
  });
});
