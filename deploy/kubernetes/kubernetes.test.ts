/** The objects by what goes wrong with such objects, and every overlay by kubectl itself, where there is one. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { hostRegions, markets, regions } from '#contract/regions.ts';
import { readDeployment, readMarket } from '#edge/config/read-deployment.ts';
import { readOperations } from '#edge/config/read-operations.ts';
import { isSecret, refuseUnknownSettings, settings as allSettings } from '#edge/config/settings.ts';
import { findProgram } from '../../scripts/apt.mjs';
import { writeBase, writeSecretForm } from './base.ts';
import { writeKustomizations } from './overlays.ts';

const objectSchema = v.looseObject({
  apiVersion: v.string(),
  kind: v.string(),
  metadata: v.looseObject({
    name: v.string(),
    namespace: v.optional(v.string()),
    labels: v.optional(v.record(v.string(), v.string())),
  }),
});
type KubernetesObject = v.InferOutput<typeof objectSchema>;

function readObjects(yaml: string): readonly KubernetesObject[] {
  return v.parse(
    v.array(objectSchema),
    parseAllDocuments(yaml).map((document) => document.toJS() as unknown),
  );
}

function find(objects: readonly KubernetesObject[], kind: string, name?: string): KubernetesObject {
  const found = objects.find((each) => each.kind === kind && (name === undefined || each.metadata.name === name));
  if (found === undefined) throw new Error(`There is no ${kind} ${name ?? ''}.`);
  return found;
}

const probeSchema = v.looseObject({
  httpGet: v.object({ path: v.string(), port: v.string() }),
  periodSeconds: v.number(),
  failureThreshold: v.number(),
});
const podSchema = v.looseObject({
  automountServiceAccountToken: v.literal(false),
  securityContext: v.looseObject({
    runAsNonRoot: v.literal(true),
    runAsUser: v.pipe(v.number(), v.minValue(1_000)),
    fsGroup: v.number(),
    seccompProfile: v.object({ type: v.literal('RuntimeDefault') }),
  }),
  containers: v.array(
    v.looseObject({
      name: v.string(),
      image: v.string(),
      envFrom: v.array(v.object({ configMapRef: v.object({ name: v.string() }) })),
      volumeMounts: v.array(v.strictObject({ name: v.string(), mountPath: v.string(), readOnly: v.literal(true) })),
      args: v.optional(v.array(v.string())),
      securityContext: v.object({
        allowPrivilegeEscalation: v.literal(false),
        readOnlyRootFilesystem: v.literal(true),
        capabilities: v.object({ drop: v.tuple([v.literal('ALL')]) }),
      }),
      resources: v.object({
        requests: v.object({ cpu: v.string(), memory: v.string() }),
        limits: v.object({ memory: v.string() }),
      }),
      ports: v.optional(v.array(v.strictObject({ name: v.string(), containerPort: v.number() }))),
      startupProbe: v.optional(probeSchema),
      readinessProbe: v.optional(probeSchema),
      livenessProbe: v.optional(probeSchema),
    }),
  ),
  volumes: v.array(
    v.strictObject({ name: v.string(), secret: v.strictObject({ secretName: v.string(), defaultMode: v.number() }) }),
  ),
  affinity: v.optional(v.unknown()),
});
const podTemplate = v.looseObject({
  metadata: v.looseObject({ labels: v.record(v.string(), v.string()) }),
  spec: podSchema,
});
const workload = v.looseObject({ spec: v.looseObject({ template: podTemplate }) });
const cronJob = v.looseObject({
  spec: v.looseObject({ timeZone: v.string(), concurrencyPolicy: v.string(), jobTemplate: workload }),
});
const deploymentSchema = v.looseObject({
  spec: v.looseObject({ selector: v.object({ matchLabels: v.record(v.string(), v.string()) }), template: podTemplate }),
});
const serviceSchema = v.looseObject({
  spec: v.looseObject({
    selector: v.record(v.string(), v.string()),
    ports: v.tuple([v.looseObject({ name: v.string(), port: v.number(), targetPort: v.string() })]),
  }),
});
const configMap = v.looseObject({ data: v.record(v.string(), v.string()) });

const objects = readObjects(writeBase());
const deployment = v.parse(deploymentSchema, find(objects, 'Deployment'));
const migration = v.parse(workload, find(objects, 'Job'));
const retention = v.parse(cronJob, find(objects, 'CronJob'));
const templates = [deployment.spec.template, migration.spec.template, retention.spec.jobTemplate.spec.template];

test('there is everything, in the namespace, each under a name of its own', () => {
  const kinds = 'ConfigMap CronJob Deployment HorizontalPodAutoscaler Job Namespace PodDisruptionBudget Service'.split(
    ' ',
  );
  expect(objects.map(({ kind }) => kind).toSorted()).toEqual(
    [...kinds, 'NetworkPolicy', 'NetworkPolicy', 'NetworkPolicy', 'Service'].toSorted(),
  );
  for (const { kind, metadata } of objects)
    expect(metadata.namespace, kind).toBe(kind === 'Namespace' ? undefined : 'papel');
  expect(find(objects, 'Namespace').metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
  });
});

test('a roll-out stops at /ready; once it runs, an ill store takes no pod from pupils', () => {
  const [container] = deployment.spec.template.spec.containers;
  expect(container?.startupProbe?.httpGet).toEqual({ path: '/ready', port: 'http' });
  for (const probe of [container?.livenessProbe, container?.readinessProbe]) {
    expect(probe?.httpGet).toEqual({ path: '/health', port: 'http' });
  }
  const patience = (probe = container?.livenessProbe) => (probe?.periodSeconds ?? 0) * (probe?.failureThreshold ?? 0);
  expect(patience(container?.startupProbe), 'a migration of PostgreSQL may come first').toBeGreaterThanOrEqual(60);
  expect(patience(container?.readinessProbe), 'an ill pod gets no requests').toBeLessThanOrEqual(15);
  expect(patience(container?.livenessProbe), 'a busy pod is not an ill one').toBeGreaterThanOrEqual(30);
  expect(deployment.spec).toMatchObject({ strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } });
  expect(container?.ports, 'no port of the node').toEqual([{ name: 'http', containerPort: 8080 }]);
});

test('pods are spread over zones and nodes, and end once nobody asks them any more', () => {
  const [container] = deployment.spec.template.spec.containers;
  const { labels } = deployment.spec.template.metadata;
  expect(deployment.spec.template.spec).toMatchObject({
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      // A cluster with one zone runs all of them.
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: labels },
    })),
    // preStop's 5 s, and the 10 s that answers get.
    terminationGracePeriodSeconds: 30,
  });
  expect(container).toMatchObject({ lifecycle: { preStop: { sleep: { seconds: 5 } } } });
});

test('pods are found by who looks for them', () => {
  const { labels } = deployment.spec.template.metadata;
  const selectors = [
    deployment.spec.selector.matchLabels,
    ...objects.filter(({ kind }) => kind === 'Service').map((each) => v.parse(serviceSchema, each).spec.selector),
  ];
  expect(selectors).toHaveLength(3);
  for (const selector of selectors) expect(labels).toMatchObject(selector);
  expect(find(objects, 'PodDisruptionBudget')).toMatchObject({
    spec: { selector: { matchLabels: labels }, maxUnavailable: 1 },
  });
  expect(find(objects, 'NetworkPolicy', 'papel-edge')).toMatchObject({
    spec: { podSelector: { matchLabels: labels } },
  });
  expect(migration.spec.template.metadata.labels, 'jobs get no requests').not.toMatchObject(selectors[0] ?? {});
});

test('ports are the same ones from the route to the process', () => {
  const [container] = deployment.spec.template.spec.containers;
  const [named] = container?.ports ?? [];
  const { data } = v.parse(configMap, find(objects, 'ConfigMap'));
  expect(data).toMatchObject({ HOST: '0.0.0.0', PORT: String(named?.containerPort) });
  const service = v.parse(serviceSchema, find(objects, 'Service', 'papel-edge')).spec;
  expect(service.ports[0].targetPort).toBe(named?.name);
  const route = readObjects(writeKustomizations().get('gateway/route.yaml') ?? '')[0];
  expect(route).toMatchObject({
    spec: {
      // The gateway's listener with TLS: without it no browser would keep the app.
      parentRefs: [{ sectionName: 'https' }],
      rules: [{ backendRefs: [{ name: 'papel-edge', port: service.ports[0].port }] }],
    },
  });
  // The largest file over a line of 1 Mbit/s takes 3 minutes.
  const request = /"request":"(\d+)s"/.exec(JSON.stringify(route))?.[1];
  expect(Number(request)).toBeGreaterThanOrEqual(180);
  const ingress = readObjects(writeKustomizations().get('ingress/ingress.yaml') ?? '')[0];
  expect(ingress).toMatchObject({
    spec: { tls: [{ hosts: ['papel.example'], secretName: 'papel-tls' }], rules: [{ host: 'papel.example' }] },
  });
  // Prometheus asks each pod itself, also one that gets no requests.
  const pods = find(objects, 'Service', 'papel-edge-pods');
  expect(pods).toMatchObject({ spec: { clusterIP: 'None', publishNotReadyAddresses: true } });
  expect(v.parse(serviceSchema, pods).spec.ports[0]).toMatchObject({
    port: named?.containerPort,
    targetPort: named?.name,
  });
});

test('a pod has the memory that the edge takes, and as much as beside nginx', () => {
  const [container] = deployment.spec.template.spec.containers;
  // 150 to 190 MB while 60 devices fetch everything (deploy/README.md); the alert comes at 220.
  expect(container?.resources).toMatchObject({ requests: { memory: '192Mi' }, limits: { memory: '256Mi' } });
});

test('there are 3 to 20, by the processor and never by memory, and they go slowly', () => {
  const { spec } = v.parse(
    v.looseObject({ spec: v.looseObject({ metrics: v.array(v.unknown()) }) }),
    find(objects, 'HorizontalPodAutoscaler'),
  );
  expect(spec).toMatchObject({
    minReplicas: 3,
    maxReplicas: 20,
    scaleTargetRef: { kind: 'Deployment', name: find(objects, 'Deployment').metadata.name },
    metrics: [{ resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }],
    behavior: {
      // A school comes within a minute, and goes by the hour.
      scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }] },
      scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1 }] },
    },
  });
  expect(JSON.stringify(spec.metrics)).not.toContain('memory');
  expect(JSON.stringify(find(objects, 'Deployment')), 'the autoscaler’s number').not.toContain('"replicas"');
});

test('nothing goes in or out but what is said', () => {
  expect(find(objects, 'NetworkPolicy', 'papel-nothing-else')).toMatchObject({
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
  const { data } = v.parse(configMap, find(objects, 'ConfigMap'));
  const from = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
  const tcp = (port: number) => ({ protocol: 'TCP', port });
  const toDns = {
    to: [{ ...from('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
    ports: [{ protocol: 'UDP', port: 53 }, tcp(53)],
  };
  // Who may speak for a caller's address is who may come in, and the stores are where the settings say.
  const to = [{ ipBlock: { cidr: data['PAPEL_TRUSTED_PROXIES'] } }];
  const portOf = (name: string) => Number(new URL(data[name] ?? '').port);
  const [database, redis] = [tcp(portOf('PAPEL_TELEMETRY_STORE')), tcp(portOf('PAPEL_REDIS_URL'))];
  expect(find(objects, 'NetworkPolicy', 'papel-edge')).toMatchObject({
    spec: {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [from('gateway'), from('monitoring')], ports: [tcp(Number(data['PORT']))] }],
      egress: [toDns, { to, ports: [database, redis] }],
    },
  });
  const jobs = find(objects, 'NetworkPolicy', 'papel-jobs');
  expect(jobs).toMatchObject({
    spec: {
      podSelector: { matchLabels: migration.spec.template.metadata.labels },
      policyTypes: ['Ingress', 'Egress'],
      egress: [toDns, { to, ports: [database] }],
    },
  });
  expect(JSON.stringify(jobs)).not.toContain('"ingress"');
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  expect(JSON.stringify(policies)).not.toMatch(/0\.0\.0\.0\/0|"from":\[\]|"to":\[\]|"(?:ingress|egress)":\[\{\}\]/);
});

test('jobs run what the image has, keep out of each other’s way, and say when they fail', () => {
  const argsOf = ({ spec }: (typeof templates)[number]) => spec.containers.map(({ args }) => args);
  expect(templates.map(argsOf)).toEqual([
    [undefined],
    [['dist/edge/maintain.js', 'migrate']],
    [['dist/edge/maintain.js', 'delete-old']],
  ]);
  for (const { spec } of [migration.spec.template, retention.spec.jobTemplate.spec.template]) {
    expect(spec).toMatchObject({ restartPolicy: 'Never' });
  }
  // Every night: what is older than was promised does not wait for the end of a month.
  expect(retention.spec).toMatchObject({ schedule: expect.stringMatching(/^\d+ \d+ \* \* \*$/) });
  expect(retention.spec).toMatchObject({ concurrencyPolicy: 'Forbid', timeZone: 'Etc/UTC', failedJobsHistoryLimit: 3 });
  expect(migration.spec).toMatchObject({ ttlSecondsAfterFinished: 300, backoffLimit: 4 });
});

describe('settings', () => {
  const { data } = v.parse(configMap, find(objects, 'ConfigMap'));

  test('reach every pod, and so do the files of the secret, for the user that it runs as', () => {
    const [form] = readObjects(writeSecretForm());
    for (const { spec } of templates) {
      const [container] = spec.containers;
      expect(container?.envFrom).toEqual([{ configMapRef: { name: find(objects, 'ConfigMap').metadata.name } }]);
      const [volume] = spec.volumes;
      expect(volume?.secret.secretName).toBe(form?.metadata.name);
      expect(container?.volumeMounts).toMatchObject([{ name: volume?.name, mountPath: '/run/secrets' }]);
      // The files are root's; the group is the pod's.
      expect(volume?.secret.defaultMode).toBe(0o440);
      expect(spec.securityContext.fsGroup).toBe(spec.securityContext.runAsUser);
    }
  });

  test('are settings of the edge, and secrets are files of the secret that is mounted', () => {
    const files = Object.entries(data).filter(([name]) => name.endsWith('_FILE'));
    const form = v.parse(
      v.looseObject({ stringData: v.record(v.string(), v.string()) }),
      readObjects(writeSecretForm())[0],
    );
    for (const [name, path] of files) expect(path, name).toMatch(/^\/run\/secrets\/[\w-]+$/);
    expect(files.map(([, path]) => path.replace('/run/secrets/', '')).toSorted()).toEqual(
      Object.keys(form.stringData).toSorted(),
    );
    expect(Object.values(form.stringData), 'a form starts nothing').toEqual(['', '', '']);
    for (const [name] of files) expect(isSecret(name.replace(/_FILE$/, '')), name).toBe(true);
    const plain = Object.fromEntries(Object.entries(data).filter(([name]) => !name.endsWith('_FILE')));
    expect(() => refuseUnknownSettings(plain)).not.toThrow();
    for (const name of Object.keys(plain)) expect(Object.keys(allSettings)).toContain(name);
    const secret = '9f8e7d6c5b4a39281706f5e4d3c2b1a0';
    const read = readOperations({
      ...plain,
      PAPEL_OPS_TOKEN: secret,
      PAPEL_TELEMETRY_PASSWORD: secret,
      PAPEL_REDIS_PASSWORD: secret,
    });
    expect(read.store.kind).toBe('postgres');
    expect(JSON.stringify(objects)).not.toMatch(/"kind":"Secret"/);
  });
});

describe.skipIf(findProgram('kubectl') === undefined)('the overlays, as kubectl makes them', () => {
  const folder = join(import.meta.dirname, 'overlays');
  const build = (path: string) => readObjects(execFileSync('kubectl', ['kustomize', path], { encoding: 'utf8' }));

  test('are one for each region of the registry', () => {
    expect(readdirSync(folder).toSorted()).toEqual(Object.keys(hostRegions).toSorted());
    expect(new Set(markets.map((market) => regions[market].hostRegion)).size).toBe(markets.length);
  });

  test.each(markets)('%s is where its data are said to be, and no pod is anywhere else', (market) => {
    const { hostRegion } = regions[market];
    const made = build(join(folder, hostRegion));
    const { data } = v.parse(configMap, find(made, 'ConfigMap'));
    expect(readMarket(data)).toBe(market);
    expect(readDeployment(data, null).hostRegion).toBe(hostRegion);
    const pods = [
      v.parse(workload, find(made, 'Deployment')).spec.template.spec,
      v.parse(workload, find(made, 'Job')).spec.template.spec,
      v.parse(cronJob, find(made, 'CronJob')).spec.jobTemplate.spec.template.spec,
    ];
    for (const { affinity } of pods) {
      expect(JSON.stringify(affinity)).toContain(
        `"key":"topology.kubernetes.io/region","operator":"In","values":["${hostRegion}"]`,
      );
    }
    expect(find(made, 'HTTPRoute')).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      spec: {
        hostnames: [`${market.toLowerCase()}.papel.example`],
        rules: [{ backendRefs: [{ name: 'papel-edge', port: 80 }] }],
      },
    });
    expect(made).toHaveLength(objects.length + 1);
  });
});

describe.skipIf(findProgram('kubectl') === undefined)('an overlay of an operator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'papel-overlay-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('names image and host, and may take the Ingress in place of the gateway', () => {
    const to = (path: string) => relative(realpathSync(folder), join(import.meta.dirname, path));
    const digest = `sha256:${'0'.repeat(64)}`;
    const kustomization = {
      resources: [to('base')],
      components: [to('ingress')],
      images: [{ name: 'papel-edge', newName: 'registry.example/papel-edge', digest }],
      patches: [
        {
          target: { kind: 'Ingress' },
          patch: JSON.stringify([
            { op: 'replace', path: '/spec/rules/0/host', value: 'papel.school.example' },
            { op: 'replace', path: '/spec/tls/0/hosts', value: ['papel.school.example'] },
          ]),
        },
      ],
    };
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    const made = readObjects(execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' }));
    expect(made.map(({ kind }) => kind)).not.toContain('HTTPRoute');
    expect(find(made, 'Ingress')).toMatchObject({
      spec: {
        tls: [{ hosts: ['papel.school.example'] }],
        rules: [
          {
            host: 'papel.school.example',
            http: { paths: [{ path: '/', backend: { service: { name: 'papel-edge', port: { name: 'http' } } } }] },
          },
        ],
      },
    });
    const images = [find(made, 'Deployment'), find(made, 'Job')]
      .flatMap((each) => v.parse(workload, each).spec.template.spec.containers)
      .map(({ image }) => image);
    expect(images).toEqual(Array(2).fill(`registry.example/papel-edge@${digest}`));
  });
});

test('every pod keeps to the restricted profile, limits its memory, and has no image that moves', () => {
  for (const { spec } of templates) {
    for (const { image } of spec.containers) expect(image, 'a digest comes with the overlay').toBe('papel-edge');
  }
});
