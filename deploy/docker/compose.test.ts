/** compose.yaml by the schema of its specification, and by what goes wrong in such files. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ajv } from 'ajv';
import { createClient } from '@redis/client';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSecretFiles } from '#edge/adapters/secret-files.ts';
import { readOperations } from '#edge/config/read-operations.ts';
import { refuseUnknownSettings } from '#edge/config/settings.ts';
import { findProgram } from '../../scripts/apt.mjs';
import { root } from '../../scripts/root.mjs';
import { findFreePort } from './nginx-for-tests.ts';
import { readDockerfile } from './read-dockerfile.ts';

const text = readFileSync(join(root, 'compose.yaml'), 'utf8');
const read = (): unknown => parse(text, { merge: true });

const serviceSchema = v.looseObject({
  image: v.string(),
  profiles: v.array(v.picklist(['school', 'scale'])),
  build: v.optional(v.looseObject({ target: v.string(), args: v.optional(v.record(v.string(), v.string())) })),
  ports: v.optional(v.array(v.string()), []),
  environment: v.optional(v.record(v.string(), v.string()), {}),
  secrets: v.optional(v.array(v.string()), []),
  volumes: v.optional(v.array(v.string()), []),
  networks: v.union([
    v.array(v.string()),
    v.record(v.string(), v.looseObject({ aliases: v.optional(v.array(v.string())) })),
  ]),
  depends_on: v.optional(
    v.record(v.string(), v.looseObject({ condition: v.string(), required: v.optional(v.boolean(), true) })),
    {},
  ),
  restart: v.string(),
  init: v.optional(v.boolean(), false),
  tmpfs: v.optional(v.array(v.string()), []),
  stop_grace_period: v.optional(v.string(), '10s'),
  logging: v.object({ options: v.record(v.string(), v.string()) }),
  read_only: v.boolean(),
  cap_drop: v.array(v.string()),
  security_opt: v.array(v.string()),
  user: v.optional(v.string()),
  healthcheck: v.optional(v.looseObject({ test: v.array(v.string()) })),
  command: v.optional(v.array(v.string())),
  deploy: v.looseObject({
    replicas: v.optional(v.union([v.number(), v.string()])),
    resources: v.object({ limits: v.object({ cpus: v.string(), memory: v.string(), pids: v.number() }) }),
  }),
});
const composeSchema = v.looseObject({
  services: v.record(v.string(), serviceSchema),
  networks: v.record(
    v.string(),
    v.looseObject({
      internal: v.optional(v.boolean(), false),
      ipam: v.optional(v.object({ config: v.tuple([v.object({ subnet: v.string() })]) })),
    }),
  ),
  volumes: v.record(v.string(), v.object({})),
  secrets: v.record(v.string(), v.object({ file: v.string() })),
});
const compose = v.parse(composeSchema, read());
const services = Object.entries(compose.services);
const networksOf = ({ networks }: (typeof services)[number][1]) =>
  Array.isArray(networks) ? networks : Object.keys(networks);
const dockerfile = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
/** The last instruction of that name. */
const textOf = (stage: string, instruction: string) =>
  dockerfile.find(({ name }) => name === stage)?.instructions.findLast(({ name }) => name === instruction)?.text ?? '';

const folder = mkdtempSync(join(tmpdir(), 'papel-compose-'));
const secrets = join(folder, 'secrets');
beforeAll(() => {
  const prepare = join(root, 'deploy/docker/prepare.sh');
  execFileSync('sh', [prepare, 'papel.school.example'], { env: { ...process.env, PAPEL_SECRETS_FOLDER: secrets } });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the schema of the Compose Specification', () => {
  const schema: unknown = JSON.parse(readFileSync(join(root, 'deploy/docker/schema/compose-spec.json'), 'utf8'));
  const any = () => true;
  const formats = Object.fromEntries(
    ['duration', 'expose', 'ports', 'subnet_ip_address', 'uint32'].map((name) => [name, any]),
  );
  const ajv = new Ajv({ strict: false, allErrors: true, formats });
  const validate = ajv.compile({ ...(schema as object), $schema: 'http://json-schema.org/draft-07/schema#' });

  test('takes compose.yaml', () => {
    validate(read());
    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['restart: unless-stopped', 'restarts: unless-stopped'],
    ['condition: service_healthy', 'condition: healthy'],
    ['read_only: true', 'readonly: true'],
    ['limits: {', 'limit: {'],
    ['internal: true', 'internals: true'],
  ])('refuses %s written as %s', (right, wrong) => {
    expect(text).toContain(right);
    expect(validate(parse(text.replaceAll(right, wrong), { merge: true }))).toBe(false);
  });
});

test('only nginx has ports of this machine, and there is one of it', () => {
  const published = services.filter(([, { ports }]) => ports.length > 0).map(([name]) => name);
  expect(published).toEqual(['web']);
  expect(compose.services['web']?.deploy.replicas).toBeUndefined();
});

test('the edge and its stores are on networks without a way out, and stores on one that nginx is not on', () => {
  for (const [name, service] of services) {
    const open = networksOf(service).filter((network) => compose.networks[network]?.internal !== true);
    expect(open, name).toEqual(name === 'web' ? ['outside'] : []);
  }
  for (const name of ['postgres', 'redis']) {
    const service = compose.services[name];
    expect(service && networksOf(service)).toEqual(['stores']);
  }
});

test('every service is hardened, limited, comes back, and says whether it is well', () => {
  for (const [name, service] of services) {
    expect(service.read_only, name).toBe(true);
    expect(service.cap_drop, name).toEqual(['ALL']);
    expect(service.security_opt, name).toEqual(['no-new-privileges:true']);
    expect(service.restart, name).toBe('unless-stopped');
    const stage = dockerfile.find((each) => each.name === service.build?.target);
    const instructions = stage?.instructions.map((each) => each.name) ?? [];
    expect(service.healthcheck !== undefined || instructions.includes('HEALTHCHECK'), `health of ${name}`).toBe(true);
    expect(service.user !== undefined || instructions.includes('USER'), `user of ${name}`).toBe(true);
  }
});

/** In MB. */
const memoryOf = (name: string) => Number.parseInt(compose.services[name]?.deploy.resources.limits.memory ?? '', 10);
const secondsOf = (duration = '') => Number(/^(\d+)s$/.exec(duration)?.[1]);

test('what runs has the memory that it takes, and a machine of 1 GB carries a school', () => {
  for (const name of ['edge', 'edge-replica'])
    expect(memoryOf(name), 'as deploy/monitoring/rules.yml has it').toBe(256);
  expect(memoryOf('web')).toBeGreaterThanOrEqual(64);
  const ofSchool = services.filter(([, { profiles }]) => profiles.includes('school')).map(([name]) => memoryOf(name));
  expect(ofSchool.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(512);
  const most = /maxmemory (\d+)mb/.exec(compose.services['redis']?.command?.join('\n') ?? '')?.[1];
  expect(Number(most), 'Redis refuses before its container is ended').toBeLessThanOrEqual(memoryOf('redis') * 0.8);
});

test('nothing fills the disk: logs have an end', () => {
  for (const [name, { logging }] of services) {
    expect(Object.keys(logging.options).toSorted(), name).toEqual(['max-file', 'max-size']);
  }
});

test('what ends is let end: answers at the edge, the shutdown of PostgreSQL, nginx under an init', () => {
  // edge/adapters/node.ts gives answers 10 s.
  for (const name of ['edge', 'edge-replica'])
    expect(secondsOf(compose.services[name]?.stop_grace_period)).toBeGreaterThan(10);
  const { postgres, web } = compose.services;
  // SIGTERM waits for connections, which the edge keeps: https://www.postgresql.org/docs/current/server-shutdown.html
  expect(postgres).toMatchObject({ stop_signal: 'SIGINT' });
  expect(secondsOf(postgres?.stop_grace_period)).toBeGreaterThanOrEqual(30);
  expect(web?.init).toBe(true);
});

test('what has to be written can be, though every root is read-only', () => {
  const { web, edge, postgres, redis } = compose.services;
  const [, user] = /^(\d+):/.exec(textOf('web', 'USER')) ?? [];
  expect(web?.tmpfs).toContainEqual(expect.stringMatching(new RegExp(`^/tmp:.*\\buid=${user},`)));
  expect(edge?.volumes).toEqual(['counts:/data']);
  expect(textOf('edge', 'COPY')).toMatch(/ \/data$/);
  const socket = '/var/run/postgresql:size=1m,uid=70,gid=70,mode=0775';
  expect(postgres?.tmpfs, 'uid of alpine’s postgres').toEqual(['/tmp:size=16m', socket]);
  const [volume = ''] = postgres?.volumes ?? [];
  expect(postgres?.environment['PGDATA']).toMatch(new RegExp(`^${volume.split(':')[1]}/`));
  expect(redis?.volumes).toEqual(['redis:/data']);
  expect(redis?.command?.join('\n')).toContain('dir /data\n');
});

test('addresses are the ones that nginx, the images and the networks have', () => {
  const nginx = readFileSync(join(root, 'deploy/docker/nginx/nginx.conf'), 'utf8');
  const { web, edge, 'edge-replica': replica } = compose.services;
  expect(web?.ports).toEqual(['${HTTPS_PORT:-443}:8443', '${HTTP_PORT:-80}:8080']);
  expect(nginx).toContain('listen 8443 ssl');
  expect(nginx).toMatch(/listen 8080;\s+return 301 https/);
  for (const service of [edge, replica]) {
    expect(nginx).toContain(`http://edge:${service?.environment['PORT']};`);
    expect(service?.environment['HOST']).toBe('0.0.0.0');
    // nginx is on this network, and its word on a caller's address counts.
    expect(service?.environment['PAPEL_TRUSTED_PROXIES']).toBe(compose.networks['inside']?.ipam?.config[0].subnet);
  }
  expect(web?.build?.args).toEqual({ PAPEL_CDN_BASE: '${PAPEL_CDN_BASE:-}', PAPEL_API_BASE: '${PAPEL_API_BASE:-}' });
});

test('settings of a school are read where there are any', () => {
  for (const name of ['edge', 'edge-replica']) {
    expect(compose.services[name]).toMatchObject({ env_file: [{ path: '.env', required: false }] });
  }
});

test('PostgreSQL asks everybody for a password, also on its own machine', () => {
  expect(compose.services['postgres']?.environment).toMatchObject({
    POSTGRES_INITDB_ARGS: '--auth-host=scram-sha-256 --auth-local=scram-sha-256',
    POSTGRES_PASSWORD_FILE: '/run/secrets/telemetry-password',
  });
  const check = compose.services['postgres']?.healthcheck?.test.join(' ');
  expect(check, 'a socket answers before the network does').toMatch(/^CMD pg_isready .*-h 127\.0\.0\.1/);
});

test('images of others are pinned by digest', () => {
  const foreign = services.filter(([, { build }]) => build === undefined);
  expect(foreign.map(([name]) => name)).toEqual(['postgres', 'redis']);
  for (const [, { image }] of foreign) expect(image).toMatch(/^[a-z]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
});

test('who stands on another waits until that one is well, and profiles are whole', () => {
  for (const profile of ['school', 'scale'] as const) {
    const active = services.filter(([, { profiles }]) => profiles.includes(profile)).map(([name]) => name);
    const answeringToEdge = active.filter((name) => {
      const networks = compose.services[name]?.networks;
      const aliases =
        networks === undefined || Array.isArray(networks)
          ? []
          : Object.values(networks).flatMap((each) => each.aliases ?? []);
      return name === 'edge' || aliases.includes('edge');
    });
    expect(answeringToEdge, `nginx asks "edge" in ${profile}`).toHaveLength(1);
    for (const name of active) {
      for (const [other, { condition, required }] of Object.entries(compose.services[name]?.depends_on ?? {})) {
        expect(condition).toBe('service_healthy');
        expect(active.includes(other) || !required, `${name} without ${other}`).toBe(true);
      }
    }
  }
  const replicas = compose.services['edge-replica'];
  expect(Object.keys(replicas?.depends_on ?? {})).toEqual(['postgres', 'redis']);
});

test('what is kept is on named volumes, and secrets are files that prepare.sh makes', () => {
  for (const [, { volumes, secrets: used }] of services) {
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
    for (const secret of used) expect(Object.keys(compose.secrets)).toContain(secret);
  }
  for (const [name, { file }] of Object.entries(compose.secrets)) {
    expect(file).toBe(`deploy/docker/secrets/${name}`);
    expect(readFileSync(join(secrets, name), 'utf8').length, name).toBeGreaterThan(16);
  }
  expect(text).not.toMatch(/(?:PASSWORD|TOKEN)(?!_FILE)\b["']?\s*[:=]/);
});

test('the edge takes the settings that it gets, passwords from files included', () => {
  for (const name of ['edge', 'edge-replica']) {
    const service = compose.services[name];
    const environment = Object.fromEntries(
      Object.entries(service?.environment ?? {}).map(([key, value]) => {
        if (!key.endsWith('_FILE')) return [key, value];
        expect(service?.secrets, `${key} is mounted`).toContain(value.replace('/run/secrets/', ''));
        return [key, value.replace('/run/secrets', secrets)];
      }),
    );
    const settings = readSecretFiles(environment);
    expect(() => refuseUnknownSettings(settings)).not.toThrow();
    const { store, redisUrl, token } = readOperations(settings);
    expect(token).toHaveLength(64);
    if (name === 'edge') continue;
    const passwordOf = (file: string) => readFileSync(join(secrets, file), 'utf8').trim();
    expect(store).toEqual({
      kind: 'postgres',
      url: `postgres://papel:${passwordOf('telemetry-password')}@postgres:5432/papel`,
    });
    expect(redisUrl).toBe(`redis://:${passwordOf('redis-password')}@redis:6379`);
  }
});

test('what may be set from outside has a value without it, and is in .env.example', () => {
  const example = readFileSync(join(root, '.env.example'), 'utf8');
  const names = [...text.matchAll(/(?<!\$)\$\{(\w+)(:-)?/g)];
  expect(names.length).toBeGreaterThan(5);
  for (const [whole, name, fallback] of names) {
    expect(fallback, whole).toBe(':-');
    expect(example, name).toMatch(new RegExp(`^#${name}=`, 'm'));
  }
});

describe.skipIf(findProgram('redis-server') === undefined)('Redis, by the very command', () => {
  test('asks for the password of the file, which no list of processes shows, and keeps what it has', async () => {
    const [shell = '', flag = '', script = ''] = compose.services['redis']?.command ?? [];
    const port = await findFreePort();
    const data = join(folder, 'redis');
    mkdirSync(data);
    const command = script
      .replaceAll('$$', '$')
      .replace('/run/secrets', secrets)
      .replace('bind * -::*', `bind 127.0.0.1\nport ${port}`)
      .replace('dir /data', `dir ${data}`);
    const redis = spawn(shell, [flag, command], { stdio: 'ignore' });
    const password = readFileSync(join(secrets, 'redis-password'), 'utf8').trim();
    try {
      const connect = (url: string) =>
        createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => {});
      const client = connect(`redis://:${password}@127.0.0.1:${port}`);
      for (let tries = 0; !client.isReady && tries < 50; tries += 1) await client.connect().catch(() => sleep(100));
      expect(await client.ping()).toBe('PONG');
      expect(await client.configGet('appendfsync')).toEqual({ appendfsync: 'always' });
      expect(await client.configGet('appendonly')).toEqual({ appendonly: 'yes' });
      expect(await client.configGet('maxmemory-policy')).toEqual({ 'maxmemory-policy': 'noeviction' });
      expect(readFileSync(`/proc/${redis.pid}/cmdline`, 'utf8')).not.toContain(password);
      client.destroy();
      const [, check = ''] = compose.services['redis']?.healthcheck?.test ?? [];
      const isWell = (folderOfSecrets: string) => {
        const asked = check.replaceAll('$$', '$').replace('/run/secrets', folderOfSecrets);
        const here = asked.replace('redis-cli', `redis-cli -p ${port} 2>&1`);
        return spawnSync(shell, [flag, here]).status === 0;
      };
      expect(isWell(secrets), 'by its health check').toBe(true);
      expect(isWell(folder), 'without the password').toBe(false);
      await expect(
        connect(`redis://127.0.0.1:${port}`)
          .connect()
          .then((other) => other.ping()),
      ).rejects.toThrow('NOAUTH');
    } finally {
      redis.kill('SIGKILL');
    }
  });
});
