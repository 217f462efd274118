/** wrangler.jsonc beside the Worker that it describes. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { isSecret } from '#edge/config/settings.ts';
import * as worker from '#edge/adapters/cloudflare.ts';
import { root } from '../../scripts/root.mjs';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

const configSchema = v.strictObject({
  $schema: v.string(),
  name: v.string(),
  main: v.string(),
  no_bundle: v.literal(true),
  build: v.strictObject({ command: v.string(), cwd: v.string() }),
  compatibility_date: v.string(),
  workers_dev: v.literal(false),
  preview_urls: v.literal(false),
  assets: v.strictObject({
    directory: v.string(),
    binding: v.string(),
    run_worker_first: v.literal(true),
    html_handling: v.literal('none'),
    // "single-page-application" answers a missing model with a page, and 200.
    not_found_handling: v.literal('none'),
  }),
  analytics_engine_datasets: v.array(v.strictObject({ binding: v.string(), dataset: v.string() })),
  durable_objects: v.strictObject({ bindings: v.array(v.strictObject({ name: v.string(), class_name: v.string() })) }),
  migrations: v.array(v.strictObject({ tag: v.string(), new_sqlite_classes: v.array(v.string()) })),
  observability: v.strictObject({
    enabled: v.literal(true),
    logs: v.strictObject({ enabled: v.literal(true), invocation_logs: v.literal(false) }),
  }),
  vars: v.optional(v.record(v.string(), v.string()), {}),
});
/** JSON with comments on lines of their own, and commas at the ends of lists. */
const json = read('deploy/cloudflare/wrangler.jsonc')
  .replaceAll(/^\s*\/\/.*$/gm, '')
  .replaceAll(/,(\s*[\]}])/g, '$1');
const config = v.parse(configSchema, JSON.parse(json));

/** Every name of the environment that the Worker reads. */
const environment = /interface CloudflareEnvironment \{(.*?)^\}/ms.exec(read('edge/adapters/cloudflare.ts'))?.[1] ?? '';
const names = [...environment.matchAll(/^ {2}readonly ([A-Z_]+)\??:/gm)].map(([, name]) => name ?? '');

describe('wrangler.jsonc', () => {
  test('has exactly the bindings that the Worker reads', () => {
    const given = [
      config.assets.binding,
      ...config.analytics_engine_datasets.map(({ binding }) => binding),
      ...config.durable_objects.bindings.map(({ name }) => name),
    ];
    const bindings = names.filter((name) => !name.startsWith('PAPEL_'));
    expect(bindings).toHaveLength(3);
    expect(given.toSorted()).toEqual(bindings.toSorted());
  });

  test('names a class that the Worker exports, with SQLite as its storage', () => {
    const classes = config.durable_objects.bindings.map(({ class_name: name }) => name);
    for (const name of classes) expect(Object.keys(worker)).toContain(name);
    expect(config.migrations.flatMap(({ new_sqlite_classes: made }) => made)).toEqual(classes);
  });

  test('has no secret, and only settings that the Worker reads', () => {
    for (const name of Object.keys(config.vars)) {
      expect(names).toContain(name);
      expect(isSecret(name)).toBe(false);
    }
  });

  test('is of the day that the tests in workerd are of', () => {
    const [, tested] = /compatibilityDate = "([\d-]+)"/.exec(read('edge/adapters/workerd-for-tests.ts')) ?? [];
    expect(config.compatibility_date).toBe(tested);
  });
});

describe.skipIf(!existsSync(join(root, 'dist/app/index.html')))('what wrangler’s build command makes', () => {
  const at = (path: string) => join(root, 'deploy/cloudflare', path);
  const [program = '', ...words] = config.build.command.split(' ');

  test('is what the configuration names: the Worker with its class, and the app without packed forms', async () => {
    execFileSync(program, words, { cwd: at(config.build.cwd) });
    const built: unknown = await import(/* @vite-ignore */ at(config.main));
    expect(Object.keys(v.parse(v.looseObject({}), built)).toSorted()).toEqual(['SeenEvents', 'default']);
    const files = readdirSync(at(config.assets.directory), { recursive: true, encoding: 'utf8' });
    for (const path of ['index.html', 'sw.js', '404.html', '500.html']) expect(files).toContain(path);
    expect(files.filter((path) => /\.(?:br|gz)$/.test(path))).toEqual([]);
    // https://developers.cloudflare.com/workers/platform/limits/#static-assets
    const sizes = files.map((path) => statSync(join(at(config.assets.directory), path)).size);
    expect(Math.max(...sizes)).toBeLessThan(25 * 1_024 * 1_024);
    expect(files.length).toBeLessThan(20_000);
  });
});

describe('the Worker before Cloudflare’s files', () => {
  const files = new Map([
    ['/index.html', '<!doctype html>'],
    ['/sw.js', 'worker'],
    ['/assets/app-1.js', 'app'],
  ]);
  const ASSETS = {
    fetch: ({ url }: Request) => {
      const file = files.get(new URL(url).pathname);
      return Promise.resolve(file === undefined ? new Response(null, { status: 404 }) : new Response(file));
    },
  };
  const ask = async (path: string, accept = 'text/html,*/*') => {
    const request = new Request(`https://papel.example${path}`, { headers: { accept } });
    const answer = await worker.default.fetch(request, { ASSETS });
    return { status: answer.status, text: await answer.text(), caching: answer.headers.get('Cache-Control') };
  };

  test('answers the app’s screens with the app', async () => {
    for (const path of ['/', '/library', '/answer-sheets/3/mark']) {
      expect(await ask(path)).toEqual({ status: 200, text: '<!doctype html>', caching: 'no-cache' });
    }
    expect(await ask('/', '*/*')).toMatchObject({ status: 200 });
  });

  test('answers nothing that is missing with a page', async () => {
    for (const path of ['/assets/model-1.bin', '/assets/gone', '/gone.js']) {
      const { status, text } = await ask(path);
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toContain('<!doctype');
    }
    expect(await ask('/library', 'application/json')).toMatchObject({ status: 404 });
  });

  test('lets hashed files be kept for good, and the shell be asked for anew', async () => {
    expect(await ask('/assets/app-1.js', '*/*')).toMatchObject({
      text: 'app',
      caching: 'public, max-age=31536000, immutable',
    });
    expect(await ask('/sw.js', '*/*')).toMatchObject({ text: 'worker', caching: 'no-cache' });
  });
});
