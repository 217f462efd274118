/** Rules and dashboard ask for what the edge really writes; promtool says when alerts come. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { operations } from '#contract/telemetry.ts';
import { createApp } from '#edge/app.ts';
import { findProgram } from '../../scripts/apt.mjs';
import { writeDashboard } from './dashboard.ts';

const here = import.meta.dirname;
const read = (name: string) => readFileSync(join(here, name), 'utf8');
const token = 'b7f3-4c19-a2d8-77e0-91af';

const rulesSchema = v.object({
  groups: v.array(
    v.object({
      name: v.string(),
      rules: v.array(
        v.strictObject({
          alert: v.string(),
          expr: v.string(),
          for: v.optional(v.string()),
          labels: v.strictObject({ severity: v.picklist(['page', 'warning']) }),
          annotations: v.strictObject({ summary: v.string(), runbook: v.string() }),
        }),
      ),
    }),
  ),
});
const rules = v.parse(rulesSchema, parse(read('rules.yml'))).groups.flatMap((group) => group.rules);

const targetSchema = v.looseObject({ expr: v.string(), legendFormat: v.string() });
const dashboardSchema = v.looseObject({
  panels: v.array(
    v.looseObject({
      id: v.number(),
      title: v.string(),
      fieldConfig: v.optional(
        v.object({ defaults: v.looseObject({ unit: v.string() }), overrides: v.array(v.never()) }),
      ),
      gridPos: v.object({ x: v.number(), y: v.number(), w: v.number(), h: v.number() }),
      targets: v.optional(v.array(targetSchema), []),
    }),
  ),
  templating: v.object({ list: v.array(v.looseObject({ name: v.string() })) }),
});
const dashboard = v.parse(dashboardSchema, JSON.parse(writeDashboard()));
const targets = dashboard.panels.flatMap((panel) => panel.targets);

/** What the edge writes once it was asked for everything: each metric with its labels and their values. */
async function readEmitted(): Promise<ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>> {
  const kept = {
    add: () => Promise.resolve(),
    summarise: null,
    checks: {},
    purge: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const app = createApp({
    assets: { find: () => undefined },
    telemetry: { store: kept, rateLimit: { take: () => 0 }, addressOf: () => undefined },
    operations: { token },
  });
  const event = {
    kind: 'operation',
    id: crypto.randomUUID(),
    session: crypto.randomUUID(),
    at: Date.now() - 1_000,
    market: 'PH',
    deviceClass: 'low',
    app: '0123456789ab',
    operation: operations[1],
    outcome: 'success',
    failure: null,
    durationMs: 100,
    backend: 'wasm',
    models: null,
  };
  const batch = { v: 1, batchId: crypto.randomUUID(), sentAt: Date.now(), events: [event] };
  const sent = await app.request('http://localhost/api/telemetry', {
    method: 'POST',
    headers: { Origin: 'http://localhost', Host: 'localhost', 'Content-Type': 'application/json' },
    body: JSON.stringify(batch),
  });
  expect(sent.status).toBe(202);
  await app.fetch(new Request('http://localhost/health'));
  const answer = await app.fetch(
    new Request('http://localhost/metrics', { headers: { Authorization: `Bearer ${token}` } }),
  );
  const emitted = new Map<string, Map<string, Set<string>>>();
  for (const [, name = '', labels = ''] of (await answer.text()).matchAll(/^(papel_\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = emitted.get(name) ?? new Map<string, Set<string>>();
    emitted.set(name, known);
    for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
      known.set(label, (known.get(label) ?? new Set()).add(value));
    }
  }
  return emitted;
}

/** Of Prometheus itself: whether it reached a target, and what it adds to each series of one. */
const ofPrometheus = { metrics: ['up'], labels: ['job', 'instance'] };
const functions = /^(?:sum|rate|increase|resets|histogram_quantile|vector|by|and|or|le)$/;

/** The metrics that a query names, and the labels that it wants each of them to have. */
function readQuery(query: string) {
  const metrics = [...query.matchAll(/\b(papel_\w+|up)\b(?:\{([^}]*)\})?/g)].map(([, name = '', matchers = '']) => ({
    name,
    labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  }));
  const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) =>
    list.split(',').map((label) => label.trim()),
  );
  return { metrics, grouped };
}

describe('rules and dashboard', () => {
  let emitted: Awaited<ReturnType<typeof readEmitted>>;
  beforeAll(async () => {
    emitted = await readEmitted();
  });

  const queries = [
    ...rules.map(({ alert, expr }) => [alert, expr] as const),
    ...targets.map(({ expr }) => ['dashboard', expr] as const),
  ];

  test.each(queries)('%s asks for what the edge writes: %s', (_name, query) => {
    const { metrics, grouped } = readQuery(query);
    expect(metrics.length).toBeGreaterThan(0);
    for (const { name, labels } of metrics) {
      const known = ofPrometheus.metrics.includes(name) ? [] : [...(emitted.get(name)?.keys() ?? ['no such metric'])];
      expect(known, name).not.toContain('no such metric');
      // Buckets alone have `le`; what a query groups by is checked at each metric that could have it.
      const needed = [
        ...labels,
        ...(labels.length + grouped.length > 0 ? grouped.filter((label) => label !== 'le') : []),
      ];
      for (const label of needed) expect([...known, ...ofPrometheus.labels], `${label} of ${name}`).toContain(label);
    }
    const words = query.replaceAll(/"[^"]*"|\{[^}]*\}|\[[^\]]*\]/g, '').match(/\b[a-z]\w*(?=\s*\()/gi) ?? [];
    for (const word of words) expect(word).toMatch(functions);
  });

  test('wait for values that there are', () => {
    const known = (metric: string, label: string) => [...(emitted.get(metric)?.get(label) ?? [])];
    expect(known('papel_telemetry_events_total', 'result')).toEqual(['accepted', 'rejected']);
    // Written only once the store was away: edge/telemetry/accept-telemetry.ts.
    const source = readFileSync(join(here, '../../edge/telemetry/accept-telemetry.ts'), 'utf8');
    for (const [, value = ''] of read('rules.yml').matchAll(/result="([^"]+)"/g))
      expect(source).toContain(`'${value}'`);
    for (const [, value = ''] of read('rules.yml').matchAll(/outcome="([^"]+)"/g))
      expect(['success', 'failure']).toContain(value);
    expect(known('papel_http_requests_total', 'route')).toContain('/health');
  });

  test('legends and choices name labels of their queries', () => {
    for (const { expr, legendFormat } of targets) {
      const { grouped } = readQuery(expr);
      for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
        expect([...grouped, 'instance'], legendFormat).toContain(label);
      }
      for (const [, name = ''] of expr.matchAll(/\$(?!__)(\w+)/g)) {
        expect(dashboard.templating.list.map((choice) => choice.name)).toContain(name);
      }
    }
  });

  test('show processing time and success by operation, market and device', () => {
    for (const label of ['operation', 'market', 'device']) {
      for (const metric of ['papel_operation_duration_seconds_bucket', 'papel_operations_total']) {
        const found = targets.some(({ expr }) => expr.includes(metric) && readQuery(expr).grouped.includes(label));
        expect(found, `${metric} by ${label}`).toBe(true);
      }
    }
  });

  test('panels have the unit of what they show', () => {
    const unitOf = (query: string) => {
      if (query.includes(' / ')) return 'percentunit';
      if (query.includes('_seconds_bucket')) return 's';
      if (query === 'papel_memory_bytes') return 'bytes';
      return query.includes('papel_http_requests_total') ? 'reqps' : 'short';
    };
    for (const { title, fieldConfig, targets: shown } of dashboard.panels) {
      for (const { expr } of shown) expect(fieldConfig?.defaults.unit, title).toBe(unitOf(expr));
    }
  });

  test('no panel lies on another, and none is there twice', () => {
    const places = dashboard.panels.map(({ gridPos }) => gridPos);
    for (const [at, one] of places.entries()) {
      expect(one.x + one.w).toBeLessThanOrEqual(24);
      for (const other of places.slice(at + 1)) {
        const apart =
          one.x + one.w <= other.x ||
          other.x + other.w <= one.x ||
          one.y + one.h <= other.y ||
          other.y + other.h <= one.y;
        expect(apart).toBe(true);
      }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});

test('every alert has a page that says what it means and what to do, and every page an alert', () => {
  // CloudWatch's alarms are beside deploy/aws: its tests look for the pages that they name.
  const ofAws = [...readFileSync(join(here, '../aws/alarms.ts'), 'utf8').matchAll(/runbooks\/(\w+)\.md/g)];
  const alerts = new Set([...rules.map(({ alert }) => alert), ...ofAws.map(([, name = '']) => name)]);
  expect(readdirSync(join(here, 'runbooks')).toSorted()).toEqual([...alerts].map((name) => `${name}.md`).toSorted());
  for (const { alert, annotations } of rules)
    expect(annotations.runbook).toBe(`deploy/monitoring/runbooks/${alert}.md`);
  for (const alert of alerts) {
    const page = read(`runbooks/${alert}.md`);
    expect(page.split('\n')[0]).toBe(`# ${alert}`);
    for (const heading of ['## What users notice', '## Look', '## Do']) expect(page, alert).toContain(`\n${heading}\n`);
  }
});

test('every alert is tested, with what brings it', () => {
  const tests = read('rules.test.yml');
  for (const { alert } of rules)
    expect(tests).toMatch(new RegExp(`alertname: ${alert}\\n\\s+exp_alerts:(?: &\\w+)?\\n`));
});

test('Prometheus asks each edge where it answers, by the job that rules go by, loads the rules, and hands alerts on', () => {
  const scrape = v.object({
    job_name: v.string(),
    metrics_path: v.string(),
    authorization: v.object({ credentials_file: v.string() }),
    dns_sd_configs: v.tuple([v.looseObject({ names: v.array(v.string()), type: v.string(), port: v.number() })]),
  });
  const prometheus = v.object({
    global: v.object({ scrape_interval: v.string(), evaluation_interval: v.string() }),
    rule_files: v.array(v.string()),
    alerting: v.object({
      alertmanagers: v.tuple([v.object({ static_configs: v.tuple([v.object({ targets: v.array(v.string()) })]) })]),
    }),
    scrape_configs: v.tuple([scrape]),
  });
  const {
    rule_files: files,
    alerting,
    scrape_configs: scrapes,
    ...rest
  } = v.parse(prometheus, parse(read('prometheus.yml')));
  expect(files).toEqual(['rules.yml']);
  expect(alerting.alertmanagers[0].static_configs[0].targets).toEqual(['alertmanager:9093']);
  const [{ job_name: job, metrics_path: path, dns_sd_configs: found }] = scrapes;
  expect(path).toBe('/metrics');
  // Alerts that wait for a minute need several looks within it.
  for (const interval of Object.values(rest.global)) expect(Number.parseInt(interval, 10)).toBeLessThanOrEqual(30);
  const jobs = [...rules.map(({ expr }) => expr), ...targets.map(({ expr }) => expr)].flatMap((query) =>
    [...query.matchAll(/job="([^"]+)"/g)].map(([, name]) => name),
  );
  expect(new Set(jobs)).toEqual(new Set([job]));
  const compose = readFileSync(join(here, '../../compose.yaml'), 'utf8');
  expect(found[0]).toMatchObject({ type: 'A', port: Number(/ PORT: '(\d+)'/.exec(compose)?.[1]) });
});

describe.skipIf(findProgram('promtool') === undefined)('promtool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'papel-prometheus-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const promtool = (...args: readonly string[]) => spawnSync('promtool', args, { cwd: here, encoding: 'utf8' });

  test('sees each alert come when it should, and at no other time', () => {
    const { status, stdout, stderr } = promtool('test', 'rules', 'rules.test.yml');
    expect(stdout + stderr).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  test('sees when a rule is another', () => {
    writeFileSync(
      join(folder, 'rules.yml'),
      read('rules.yml').replace('papel_memory_bytes > 220e6', 'papel_memory_bytes > 240e6'),
    );
    writeFileSync(join(folder, 'rules.test.yml'), read('rules.test.yml'));
    expect(spawnSync('promtool', ['test', 'rules', 'rules.test.yml'], { cwd: folder }).status).toBe(1);
  });

  test('takes the configuration, which has the token from a file and knows both places', () => {
    const name = 'prometheus.yml';
    const config = read(name);
    expect(config).toContain('credentials_file: /run/secrets/ops-token');
    expect(readFileSync(join(here, '../../compose.yaml'), 'utf8')).toContain('aliases: [edge]');
    expect(readFileSync(join(here, '../kubernetes/base/papel.yaml'), 'utf8')).toContain('name: papel-edge-pods');
    expect(config).toContain('names: [edge, papel-edge-pods.papel.svc.cluster.local]');
    writeFileSync(join(folder, 'ops-token'), token);
    writeFileSync(join(folder, 'rules.yml'), read('rules.yml'));
    writeFileSync(join(folder, name), config.replace('/run/secrets/ops-token', join(folder, 'ops-token')));
    expect(execFileSync('promtool', ['check', 'config', join(folder, name)], { encoding: 'utf8' })).toContain(
      'SUCCESS',
    );
  });
});
