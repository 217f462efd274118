/** What a deployment would ask of AWS, in which order. Nothing here asks it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleFargate, exampleSettings } from '../aws/example-settings.mjs';
import { deployRegion, readContext } from './deploy-region.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'papel-deploy-'));
  for (const name of ['app/assets', 'assembly']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['index.html', 'index.html.br', 'sw.js', 'assets/a-1.js', 'assets/b-2.bin']) {
    writeFileSync(join(folder, 'app', name), name);
  }
  const artifacts = { 'Papel-eu-west-1': {}, 'Papel-eu-west-1-cloudfront': {} };
  writeFileSync(join(folder, 'assembly/manifest.json'), JSON.stringify({ artifacts }));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { domain: DOMAIN, ...others } = exampleSettings;
const environment = { CONTEXT: JSON.stringify(others), DOMAIN };
const outputs = { Url: 'https://eu.papel.example', Bucket: 'files', DistributionId: 'E2EXAMPLE12345' };

/** Notes every call, and for uploads what lay in the folder. */
async function deploy(region: string) {
  const calls: string[] = [];
  const url = await deployRegion(region, {
    environment,
    app: join(folder, 'app'),
    makeAssembly: () => Promise.resolve(join(folder, 'assembly')),
    execute: (program, args) => {
      const staged = args.find((each) => each.includes('papel-upload-'));
      const files = staged === undefined ? [] : readdirSync(staged, { recursive: true }).map(String).toSorted();
      calls.push([program, ...args.filter((each) => each !== staged), ...files].join(' '));
      const list = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
      return JSON.stringify(list);
    },
  });
  return { url, calls };
}

test('the stack goes first, then hashed files, the shell last, and CloudFront forgets the shell only', async () => {
  const { url, calls } = await deploy('eu-west-1');
  expect(url).toBe('https://eu.papel.example');
  const steps = calls.map((call) => /Papel-\S+$|create-invalidation|\S+$/.exec(call)?.[0]);
  const stack = ['Papel-eu-west-1', 'json'];
  expect(steps).toEqual([
    ...stack,
    // Those that say the same of themselves go together.
    'assets/a-1.js.gz',
    'assets/b-2.bin',
    'sw.js.br',
    'sw.js.gz',
    'sw.js',
    'index.html.br',
    'index.html.gz',
    'index.html',
    'create-invalidation',
    'Papel-eu-west-1-cloudfront',
    'json',
  ]);
  const invalidation = calls.find((call) => call.includes('create-invalidation')) ?? '';
  expect(invalidation).toMatch(/--distribution-id E2EXAMPLE12345 --paths .*\/sw\.js .*\/index\.html$/);
  expect(invalidation).not.toMatch(/\*|assets/);
  expect(calls.at(-2)).toContain('--parameters Papel-eu-west-1-cloudfront:DistributionId=E2EXAMPLE12345');
});

test('each file says how it is packed and how long it is kept', async () => {
  const { calls } = await deploy('eu-west-1');
  const of = (name: string) => calls.find((call) => call.startsWith('aws s3 cp') && call.endsWith(` ${name}`)) ?? '';
  expect(of('index.html.br')).toMatch(
    /--content-type text\/html; charset=utf-8 --cache-control no-cache --content-encoding br /,
  );
  expect(of('index.html')).toMatch(/--cache-control no-cache index\.html$/);
  expect(of('assets/b-2.bin')).toContain('--cache-control public, max-age=31536000, immutable assets');
});

test('an unknown region asks AWS nothing', async () => {
  await expect(deploy('us-east-2')).rejects.toThrow(RangeError);
  await expect(deploy('constructor')).rejects.toThrow(RangeError);
});

test('a deployment that nobody configured ends before it begins', () => {
  expect(() => readContext({})).toThrow(/CONTEXT/);
  expect(readContext(environment)).toEqual(exampleSettings);
});

test('containers get the image of the version that is deployed, whatever was written down', () => {
  const { domain, image: old, ...context } = exampleFargate;
  const IMAGE = `ghcr.io/papel/papel-edge@sha256:${'1'.repeat(64)}`;
  expect(old).not.toBe(IMAGE);
  for (const each of [context, { ...context, image: old }]) {
    expect(readContext({ CONTEXT: JSON.stringify(each), DOMAIN: domain, IMAGE })).toMatchObject({ image: IMAGE });
  }
  // As an expression of a step that did not run is.
  expect(readContext({ ...environment, IMAGE: '' })).toEqual(exampleSettings);
});
