/** What the pipeline's own scripts decide. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import limits from './figures.json' with { type: 'json' };
import { isWithin, judgeFigures } from './gate-figures.mjs';
import { checks, runChecks } from './smoke.mjs';
import { askCloudWatch, watchAlarms } from './watch-alarms.mjs';

describe('figures', () => {
  const report = { suite: 'sheets', marks: 4000, wrongSilent: 0, sheetsFailed: 0, flagged: 80 };
  const failing = (change: object) =>
    judgeFigures({ ...report, ...change }, limits)
      .filter((line) => !isWithin(line))
      .map(({ figure }) => figure);

  test('that are good enough pass', () => expect(failing({})).toEqual([]));
  test('one silent error is too many', () => expect(failing({ wrongSilent: 1 })).toEqual(['wrongSilent']));
  test('a share is of what it is a share of', () => expect(failing({ flagged: 200 })).toEqual(['flagged of marks']));
  test('nothing measured is not good enough', () =>
    expect(failing({ marks: 0, flagged: 0 })).toEqual(['flagged of marks']));
  test('a missing figure and an unknown suite are named', () => {
    expect(() => judgeFigures({ suite: 'sheets' }, limits)).toThrow('no figure wrongSilent');
    expect(() => judgeFigures({ ...report, suite: 'constructor' }, limits)).toThrow('says nothing of the suite');
  });
});

describe('alarms', () => {
  test('are asked for until the time is over', async () => {
    let now = 0;
    let asked = 0;
    const sounding = await watchAlarms({
      ask: () => [],
      minutes: 2,
      wait: (ms) => {
        now += ms;
        asked += 1;
        return Promise.resolve();
      },
      now: () => now,
    });
    expect(sounding).toEqual([]);
    expect(asked).toBe(4);
  });

  test('end the watch when one sounds', async () => {
    const answers = [[], ['Papel-errors'], []];
    const sounding = await watchAlarms({
      ask: () => answers.shift() ?? [],
      minutes: 60,
      wait: () => Promise.resolve(),
      now: () => 0,
    });
    expect(sounding).toEqual(['Papel-errors']);
    expect(answers).toHaveLength(1);
  });

  /** What sounds, by the region whose CloudWatch is asked. */
  const sounding: Readonly<Record<string, readonly string[]>> = {
    'eu-west-1': ['PapelSlow-eu-west-1'],
    'us-east-1': ['Papel5xx-us-east-1', 'PapelErrors-CloudFront-eu-west-1', 'PapelErrors-CloudFront-eu-west-2'],
  };
  const askAbout = (region: string) => {
    const asked: string[] = [];
    const names = askCloudWatch(region, (program, args) => {
      const place = args[args.indexOf('--region') + 1] ?? '';
      asked.push([program, ...args.slice(0, 2), place].join(' '));
      return JSON.stringify(sounding[place] ?? []);
    });
    return { asked, names };
  };

  test('of a region are its own and, in us-east-1, its CloudFront’s, and no other region’s', () => {
    expect(askAbout('eu-west-1')).toEqual({
      asked: ['aws cloudwatch describe-alarms eu-west-1', 'aws cloudwatch describe-alarms us-east-1'],
      names: ['PapelSlow-eu-west-1', 'PapelErrors-CloudFront-eu-west-1'],
    });
    expect(askAbout('eu-west-2').names).toEqual(['PapelErrors-CloudFront-eu-west-2']);
    expect(askAbout('ap-southeast-2').names).toEqual([]);
  });

  test('of us-east-1 are asked for once', () => {
    expect(askAbout('us-east-1')).toEqual({
      asked: ['aws cloudwatch describe-alarms us-east-1'],
      names: ['Papel5xx-us-east-1'],
    });
  });

  test('that CloudWatch does not list end the watch with an error', () => {
    expect(() => askCloudWatch('eu-west-1', () => 'null')).toThrow('no list of alarms of eu-west-1');
  });
});

describe('the smoke test', () => {
  let close = () => {};
  afterEach(() => close());

  function portOf(server: Server): number {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return (address satisfies AddressInfo).port;
  }

  /** A host that answers everything with the app's page, as a CDN's error page does. */
  async function startCarelessHost(): Promise<string> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<div id="root"></div><script src="/assets/index-abcd1234.js"></script>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    close = () => server.close();
    return `http://127.0.0.1:${portOf(server)}`;
  }

  test('sees through a host that answers everything with the page', async () => {
    const results = await runChecks(await startCarelessHost(), checks);
    const wrong = results.filter(({ other }) => other !== undefined).map(({ name }) => name);
    expect(wrong).toEqual([
      'configuration of each market, and none of another',
      'the page, and the same for addresses of the app',
      'scripts are compressed and kept for good',
      'what is missing is missing, and said so to people and to programs',
      'the service worker is asked for anew',
    ]);
  });

  test('sees that a store of files speaks for itself where something is missing', async () => {
    const check = checks.filter(({ name }) => name.startsWith('what is missing'));
    const answers = { page: '<!doctype html><h1>This page is not here</h1>', problem: 'application/problem+json' };
    const askWith = async ({ page, problem }: typeof answers) => {
      const server = createServer(({ headers }, response) => {
        const isPage = headers.accept === 'text/html';
        response.writeHead(404, { 'content-type': isPage ? 'text/html' : problem });
        response.end(isPage ? page : '{}');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      close = () => server.close();
      const [result] = await runChecks(`http://127.0.0.1:${portOf(server)}`, check);
      server.close();
      return result?.other;
    };
    expect(await askWith(answers)).toBeUndefined();
    expect(await askWith({ ...answers, problem: 'application/xml' })).toBe('programs get no problem');
    expect(await askWith({ ...answers, page: '<Error><Code>NoSuchKey</Code></Error>' })).toBe(
      'people see no page that says so',
    );
  });

  test('says that nothing answers', async () => {
    const [first] = await runChecks('http://127.0.0.1:9', checks.slice(0, 1));
    expect(first?.other).toBeDefined();
  });
});
