/** What can be said of the images without an engine: their recipe, and their content put together by the same script. */
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { copyEdgePackages } from '../../scripts/copy-edge-packages.mjs';
import { root } from '../../scripts/root.mjs';
import { readDockerfile, readExecForm, type Stage } from './read-dockerfile.ts';

const run = promisify(execFile);
const stages = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));

function stage(name: string): Stage {
  const found = stages.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no stage ${name}.`);
  return found;
}

function texts(name: string, instruction: string): readonly string[] {
  return stage(name)
    .instructions.filter((each) => each.name === instruction)
    .map(({ text }) => text);
}

test('every base is pinned by digest, and builds and runs are of one Node 24', () => {
  for (const { image } of stages) expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
  expect(stage('build').image).toMatch(/^node:24-/);
  expect(texts('edge', 'COPY')).toContain('--from=build /out/node /usr/local/bin/node');
});

test('the build has all packages, and has them before it builds', () => {
  const commands = texts('build', 'RUN');
  const install = commands.findIndex((text) => text === 'npm ci');
  const build = commands.findIndex((text) => text.includes('scripts/build.mjs'));
  expect(install).toBeGreaterThanOrEqual(0);
  expect(build).toBeGreaterThan(install);
  expect(commands.join(' ')).not.toMatch(/npm (?:ci|install)[^&]*(?:--omit|--production|--only)/);
});

test('the edge runs nothing while it is built, has an init, no shell, and nobody’s rights', () => {
  expect(stage('edge').image).toContain('gcr.io/distroless/');
  expect(stage('edge').image).toContain(':nonroot@');
  expect(texts('edge', 'RUN'), 'there is no shell to run it').toEqual([]);
  expect(texts('edge', 'USER')).toEqual(['65532:65532']);
  expect(readExecForm(texts('edge', 'ENTRYPOINT')[0] ?? '')).toEqual([
    '/usr/local/bin/tini',
    '--',
    '/usr/local/bin/node',
  ]);
  expect(readExecForm(texts('edge', 'CMD')[0] ?? '')).toEqual(['dist/edge/node.js']);
  for (const copy of texts('edge', 'COPY'))
    expect(copy, 'only /data may be written').toMatch(/--chown=\S+ \S+ \/data$|^--from=build /);
  expect(texts('web', 'USER')).toEqual(['33:33']);
});

test('images say what they are and carry the list of what is in them', () => {
  for (const name of ['edge', 'web']) {
    const labels = texts(name, 'LABEL').join(' ');
    for (const label of ['title', 'description', 'licenses', 'version', 'revision']) {
      expect(labels).toContain(`org.opencontainers.image.${label}=`);
    }
  }
  expect(texts('build', 'RUN').join(' ')).toContain('npm sbom --omit=dev --sbom-format cyclonedx');
  expect(texts('edge', 'COPY').join(' ')).toContain('/app/sbom.cdx.json');
});

test('no build argument and no setting is a secret', () => {
  for (const { instructions } of stages) {
    const set = instructions.filter(({ name }) => name === 'ARG' || name === 'ENV').map(({ text }) => text);
    expect(set.join(' ')).not.toMatch(/TOKEN|PASSWORD|SECRET|KEY/i);
  }
});

describe('the context of the build', () => {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => /^[^#\s]/.test(line));

  test('starts from nothing and has all that the build is made from', () => {
    expect(lines[0]).toBe('*');
    const sources =
      /const parts = \[([^\]]*)\]/.exec(readFileSync(join(root, 'scripts/sources.mjs'), 'utf8'))?.[1] ?? '';
    const parts = [...sources.matchAll(/'([^']+)'/g)].map(([, part]) => part);
    expect(parts.length).toBeGreaterThan(10);
    for (const part of [...parts, '.npmrc', 'deploy']) expect(lines, part).toContain(`!${part}`);
  });

  test('has no secrets and no history', () => {
    expect(lines).toContain('deploy/docker/secrets');
    for (const path of ['.git', '.env', 'node_modules', 'dist', 'evaluate']) expect(lines).not.toContain(`!${path}`);
  });
});

describe('health checks', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  const listen = (answer: (path: string) => number) =>
    new Promise<number>((resolve) => {
      server = createServer((request, response) => {
        response.statusCode = answer(request.url ?? '');
        response.end();
      }).listen(0, '127.0.0.1', () => {
        const address = server?.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  const exitCode = (program: string, args: readonly string[], env = {}) =>
    run(program, args, { env: { ...process.env, ...env } }).then(
      () => 0,
      (cause: { readonly code: number }) => cause.code,
    );

  test('the edge’s is a line of Node that sees whether /health answers', async () => {
    const [program, ...args] = readExecForm(texts('edge', 'HEALTHCHECK')[0] ?? '');
    expect(program).toBe('/usr/local/bin/node');
    let status = 200;
    const port = await listen((path) => (path === '/health' ? status : 404));
    const check = () => exitCode(process.execPath, args, { PORT: String(port) });
    expect(await check()).toBe(0);
    status = 500;
    expect(await check()).toBe(1);
    server?.close();
    expect(await exitCode(process.execPath, args, { PORT: '9' })).toBe(1);
  });

  test('nginx’s is a line of Perl that sees whether it sends to TLS', async () => {
    const [program = '', ...args] = readExecForm(texts('web', 'HEALTHCHECK')[0] ?? '');
    let status = 301;
    const port = await listen(() => status);
    const asked = args.map((word) => word.replace('127.0.0.1:8080', `127.0.0.1:${port}`));
    expect(await exitCode(program, asked)).toBe(0);
    status = 502;
    expect(await exitCode(program, asked)).not.toBe(0);
    expect(
      await exitCode(
        program,
        args.map((word) => word.replace('127.0.0.1:8080', '127.0.0.1:9')),
      ),
    ).not.toBe(0);
  });
});

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

describe.skipIf(!existsSync(join(root, 'dist/edge/maintain.js')))('the content of the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'papel-image-'));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('runs alone: app, a store in SQLite, migration; and is small', async () => {
    cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
    const packages = copyEdgePackages(join(folder, 'node_modules'));
    expect(packages).toContain('libsql');
    expect(packages).not.toContain('react');
    // Node is 108.5 MB after strip, distroless/cc some 24 MB. What is ours was 75.7 MB in November 2026, 46 MB to pull.
    expect(sizeOf(folder)).toBeLessThan(85_000_000);

    const env = {
      PATH: process.env['PATH'],
      PORT: '0',
      PAPEL_TELEMETRY_STORE: `sqlite:${join(folder, 'counts.db')}`,
      PAPEL_OPS_TOKEN: 'b7f3-4c19-a2d8-77e0-91af',
    };
    const options = { cwd: folder, env };
    for (const task of ['migrate', 'delete-old']) {
      expect((await run(process.execPath, ['dist/edge/maintain.js', task], options)).stdout).toBe(`${task}: done.\n`);
    }
    const edge = spawn(process.execPath, ['dist/edge/node.js'], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const said = await new Promise<string>((resolve) =>
        edge.stdout.once('data', (data: Buffer) => resolve(data.toString())),
      );
      const origin = /http:\/\/localhost:\d+/.exec(said)?.[0] ?? said;
      expect(await (await fetch(`${origin}/ready`)).json()).toEqual({ status: 'ready' });
      expect((await fetch(origin)).status).toBe(200);
    } finally {
      edge.kill('SIGTERM');
      await new Promise((resolve) => edge.once('exit', resolve));
    }
  });
});
