/** What can be said of the images without an engine: their recipe, and their content put together by the same script. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { copyEdgeDist } from '../../scripts/copy-edge-dist.mjs';
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
  // Only /data may be written, and by who runs.
  const owned = texts('edge', 'COPY').filter((copy) => copy.includes('--chown'));
  expect(owned).toEqual(['--from=build --chown=65532:65532 /out/data /data']);
  const [environment = ''] = texts('edge', 'ENV');
  expect(environment.split(' ').toSorted()).toEqual(['HOST=0.0.0.0', 'NODE_ENV=production', 'PORT=8080']);
  expect(texts('edge', 'EXPOSE')).toEqual(['8080']);
  expect(texts('build', 'RUN').join(' ')).toContain('strip --strip-unneeded -o /out/node /usr/local/bin/node');
  expect(texts('web', 'USER')).toEqual(['33:33']);
});

test('nginx has what its configuration names, and no site or module of Debian’s beside it', () => {
  const nginx = readFileSync(join(root, 'deploy/docker/nginx/nginx.conf'), 'utf8');
  const [, files = ''] = /root (\S+);/.exec(nginx) ?? [];
  const [, headers = ''] = /include (security-headers\.conf);/.exec(nginx) ?? [];
  expect(texts('web', 'COPY')).toEqual([
    'deploy/docker/nginx/nginx.conf /etc/nginx/nginx.conf',
    `--from=build /src/deploy/docker/nginx/${headers} /etc/nginx/${headers}`,
    '--from=build /out/sbom.cdx.json /usr/share/papel/sbom.cdx.json',
    `--from=build /src/dist/app ${files}`,
  ]);
  const [install = ''] = texts('web', 'RUN');
  // Of which the second has the module that the configuration loads.
  expect(install).toContain('nginx-light libnginx-mod-http-brotli-static ');
  for (const folder of ['sites-enabled', 'modules-enabled']) expect(install).toContain(` /etc/nginx/${folder}`);
  expect(install, 'what was mended since the base was made').toContain('apt-get upgrade -y');
  expect(texts('web', 'EXPOSE')).toEqual(['8080 8443']);
  expect(texts('web', 'STOPSIGNAL'), 'answers are finished').toEqual(['SIGQUIT']);
  expect(readExecForm(texts('web', 'CMD')[0] ?? '')).toEqual(['nginx', '-e', 'stderr']);
});

test('the headers of nginx are written in the build, with the addresses that the page may ask', () => {
  const build = stage('build').instructions.map(({ name, text }) => `${name} ${text}`);
  const writing = build.indexOf('RUN node scripts/generate-deployment.mjs deploy/docker/nginx/security-headers.conf');
  for (const name of ['PAPEL_CDN_BASE', 'PAPEL_API_BASE']) {
    const given = build.indexOf(`ARG ${name}=""`);
    expect(given, name).toBeGreaterThan(0);
    expect(given, name).toBeLessThan(writing);
  }
});

test('images say what they are and carry the list of what is in them', () => {
  for (const name of ['edge', 'web']) {
    const labels = texts(name, 'LABEL').join(' ');
    for (const label of ['title', 'description', 'licenses', 'version', 'revision']) {
      expect(labels).toContain(`org.opencontainers.image.${label}=`);
    }
  }
  expect(texts('build', 'RUN').join(' ')).toContain('npm sbom --omit=dev --sbom-format cyclonedx');
  for (const name of ['edge', 'web']) expect(texts(name, 'COPY').join(' ')).toContain('/out/sbom.cdx.json ');
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

/** In bytes, unpacked, measured in November 2026; the pipeline measures the images themselves. */
const measuredElsewhere = {
  /** Layers of distroless/cc, from what others write. */
  'gcr.io/distroless/cc-debian13': 24_000_000,
  /** Layers of Debian 12, as debootstrap makes them without documentation. */
  debian: 74_000_000,
  /** What the web image takes from Debian. */
  packages: 15_000_000,
  /** Node 24.21 after strip. */
  '/out/node': 108_500_000,
  '/usr/bin/tini-static': 708_080,
  '/out/sbom.cdx.json': 93_442,
  '/out/data': 0,
  'deploy/docker/nginx/nginx.conf': 6_500,
  '/src/deploy/docker/nginx/security-headers.conf': 1_900,
};

/** The base, what is copied from the build, and what was measured here of that. */
function addUp(name: string, measured: Readonly<Record<string, number>>): number {
  const sizes = new Map(Object.entries({ ...measuredElsewhere, ...measured }));
  const [base = ''] = stage(name).image.split(':');
  const packages = texts(name, 'RUN').map(() => 'packages');
  const parts = [base, ...packages, ...texts(name, 'COPY').map((copy) => copy.split(' ').at(-2) ?? '')];
  return parts.reduce((bytes, part) => {
    const size = sizes.get(part);
    if (size === undefined) throw new Error(`Say how large ${part} is.`);
    return bytes + size;
  }, 0);
}

const token = 'b7f3-4c19-a2d8-77e0-91af';

describe.skipIf(!existsSync(join(root, 'dist/edge/maintain.js')))('the content of the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'papel-image-'));
  const app = join(folder, 'dist/app');
  let packages: readonly string[] = [];
  let edge: ChildProcess | undefined;
  let origin = '';

  beforeAll(() => {
    copyEdgeDist(join(folder, 'dist'));
    packages = copyEdgePackages(join(folder, 'node_modules'));
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => edge?.once('exit', resolve));
    if (edge?.kill('SIGTERM') === true) await ended;
    rmSync(folder, { recursive: true });
  });

  test('is under 170 MB with all that the image has, unpacked', () => {
    const sum = addUp('edge', {
      '/out/dist': sizeOf(join(folder, 'dist')),
      '/out/node_modules': sizeOf(join(folder, 'node_modules')),
    });
    // 158.7 MB in November 2026; Docker said 160.
    expect(sum).toBeGreaterThan(140_000_000);
    expect(sum).toBeLessThan(170_000_000);
  });

  test('of nginx is under 170 MB, too, with all three forms of each file', () => {
    const sum = addUp('web', { '/src/dist/app': sizeOf(join(root, 'dist/app')) });
    // Docker said 153 MB in November 2026.
    expect(sum).toBeGreaterThan(120_000_000);
    expect(sum).toBeLessThan(170_000_000);
  });

  test('has no packages but those that find libsql, and none of another C library', () => {
    expect(packages).toEqual(['libsql', '@neon-rs/load', 'detect-libc', expect.stringMatching(/^@libsql\/linux-/)]);
    expect(packages.join(' ')).not.toContain('musl');
  });

  test('runs alone: app, a store in SQLite, migration', async () => {
    const env = {
      PATH: process.env['PATH'],
      PORT: '0',
      PAPEL_TELEMETRY_STORE: `sqlite:${join(folder, 'counts.db')}`,
      // As in compose.yaml and in a cluster: with a store, none of these starts without a token.
      PAPEL_OPS_TOKEN_FILE: join(folder, 'ops-token'),
    };
    writeFileSync(join(folder, 'ops-token'), `${token}\n`);
    const options = { cwd: folder, env };
    for (const task of ['migrate', 'delete-old']) {
      expect((await run(process.execPath, ['dist/edge/maintain.js', task], options)).stdout).toBe(`${task}: done.\n`);
    }
    const started = spawn(process.execPath, ['dist/edge/node.js'], {
      ...options,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    edge = started;
    const said = await new Promise<string>((resolve) =>
      started.stdout.once('data', (data: Buffer) => resolve(data.toString())),
    );
    origin = /http:\/\/localhost:\d+/.exec(said)?.[0] ?? said;
    expect(await (await fetch(`${origin}/ready`)).json()).toEqual({ status: 'ready' });
    const told = await fetch(`${origin}/ready`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await told.json()).toHaveProperty('checks');
    expect((await fetch(origin)).status).toBe(200);
  });

  test.each([
    ['a misspelt setting', { PAPEL_MARKT: 'PH' }, 'PAPEL_MARKT'],
    ['a wrong one', { PAPEL_MARKET: 'XX' }, 'PAPEL_MARKET is not one of'],
    ['a file that is not there', { PAPEL_OPS_TOKEN_FILE: '/run/secrets/none' }, 'PAPEL_OPS_TOKEN_FILE names a file'],
  ])('ends with code 78 and a sentence at %s', async (_what, setting, sentence) => {
    const options = { cwd: folder, env: { PATH: process.env['PATH'], PORT: '0', ...setting }, timeout: 20_000 };
    const ended = await run(process.execPath, ['dist/edge/node.js'], options).catch((cause: unknown) => cause);
    expect(ended).toMatchObject({ code: 78, stderr: expect.stringContaining(sentence) });
    expect(ended, 'not where in the code').not.toMatchObject({ stderr: expect.stringContaining('    at ') });
  });

  test.each(['br', 'gzip', 'identity'])('has every file of the app, for who takes %s', async (encoding) => {
    const built = join(root, 'dist/app');
    const paths = readdirSync(built, { recursive: true, encoding: 'utf8' })
      .map((path) => path.split(sep).join('/'))
      .filter((path) => !/\.(?:br|gz)$/.test(path) && statSync(join(built, path)).isFile());
    expect(paths.length).toBeGreaterThan(100);
    for (const path of paths) {
      // `fetch` unpacks what it gets.
      const answer = await fetch(`${origin}/${path}`, { headers: { 'Accept-Encoding': encoding } });
      expect(answer.status, path).toBe(200);
      const isPacked = existsSync(join(built, `${path}.br`)) && encoding !== 'identity';
      expect(answer.headers.get('content-encoding'), path).toBe(isPacked ? encoding : null);
      expect(Buffer.from(await answer.arrayBuffer()).equals(readFileSync(join(built, path))), path).toBe(true);
    }
    // Neither is in the image: the edge makes both of brotli's form.
    expect(readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.gz'))).toEqual([]);
    expect(existsSync(join(app, 'index.html'))).toBe(false);
  });
});
