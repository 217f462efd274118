/** What every region has: the namespace with its rules, settings, jobs, and the edge. */
import { Testing, Yaml } from 'cdk8s';
import { k8s } from 'cdk8s-plus-32';
import type { Construct } from 'constructs';
import { addEdge, edgePod, labels, namespace, port, secretsName, settingsName } from './edge.ts';

/** Of whoever brings requests in, and of Prometheus: overlays change them where they are called otherwise. */
const gatewayNamespace = 'gateway';
const monitoringNamespace = 'monitoring';
/** Where PostgreSQL and Redis are, in the cluster or not. */
const storesNetwork = '10.0.0.0/8';

/** The names of the files in the secret, which are those of compose.yaml. */
const secretFiles = ['ops-token', 'telemetry-password', 'redis-password'] as const;

function addNamespace(scope: Construct): void {
  new k8s.KubeNamespace(scope, 'namespace', {
    metadata: {
      name: namespace,
      labels: {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    },
  });
}

function addSettings(scope: Construct): void {
  new k8s.KubeConfigMap(scope, 'settings', {
    metadata: { name: settingsName, namespace, labels: labels('edge') },
    data: {
      HOST: '0.0.0.0',
      PORT: String(port),
      // Pods of the cluster; the network policy lets none but the gateway's in.
      PAPEL_TRUSTED_PROXIES: storesNetwork,
      PAPEL_TELEMETRY_STORE: 'postgres://papel@postgres:5432/papel',
      PAPEL_TELEMETRY_PASSWORD_FILE: '/run/secrets/telemetry-password',
      PAPEL_REDIS_URL: 'redis://redis:6379',
      PAPEL_REDIS_PASSWORD_FILE: '/run/secrets/redis-password',
      PAPEL_OPS_TOKEN_FILE: '/run/secrets/ops-token',
    },
  });
}

const tcp = (number: number): k8s.NetworkPolicyPort => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(number) });
const fromNamespace = (name: string): k8s.NetworkPolicyPeer => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const toDns: k8s.NetworkPolicyEgressRule = {
  to: [{ ...fromNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'UDP', port: k8s.IntOrString.fromNumber(53) }, tcp(53)],
};

function addPolicies(scope: Construct): void {
  new k8s.KubeNetworkPolicy(scope, 'nothing-else', {
    metadata: { name: 'papel-nothing-else', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  });
  new k8s.KubeNetworkPolicy(scope, 'edge-policy', {
    metadata: { name: 'papel-edge', namespace },
    spec: {
      podSelector: { matchLabels: labels('edge') },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [fromNamespace(gatewayNamespace), fromNamespace(monitoringNamespace)], ports: [tcp(port)] }],
      egress: [toDns, { to: [{ ipBlock: { cidr: storesNetwork } }], ports: [tcp(5432), tcp(6379)] }],
    },
  });
  new k8s.KubeNetworkPolicy(scope, 'jobs-policy', {
    metadata: { name: 'papel-jobs', namespace },
    spec: {
      podSelector: { matchLabels: labels('maintenance') },
      policyTypes: ['Ingress', 'Egress'],
      egress: [toDns, { to: [{ ipBlock: { cidr: storesNetwork } }], ports: [tcp(5432)] }],
    },
  });
}

/** One run of dist/edge/maintain.js. */
function maintenance(task: string): k8s.JobSpec {
  return {
    backoffLimit: 4,
    activeDeadlineSeconds: 600,
    // A job cannot be changed; one that is gone can be applied again.
    ttlSecondsAfterFinished: 300,
    template: {
      metadata: { labels: labels('maintenance') },
      spec: edgePod({
        args: ['dist/edge/maintain.js', task],
        container: {
          name: task,
          resources: {
            requests: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('96Mi') },
            limits: { memory: k8s.Quantity.fromString('192Mi') },
          },
        },
        pod: { restartPolicy: 'Never' },
      }),
    },
  };
}

function addJobs(scope: Construct): void {
  new k8s.KubeJob(scope, 'migrate', {
    metadata: { name: 'papel-migrate', namespace, labels: labels('maintenance') },
    spec: maintenance('migrate'),
  });
  new k8s.KubeCronJob(scope, 'delete-old', {
    metadata: { name: 'papel-delete-old', namespace, labels: labels('maintenance') },
    spec: {
      // Days of counts are days in UTC; not on the hour, when everybody's jobs start.
      schedule: '17 2 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3_600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: maintenance('delete-old') },
    },
  });
}

/** The objects of deploy/kubernetes/base, as YAML. */
export function writeBase(): string {
  const chart = Testing.chart();
  addNamespace(chart);
  addSettings(chart);
  addPolicies(chart);
  addJobs(chart);
  addEdge(chart);
  return Yaml.stringify(...chart.toJson());
}

/** A form to fill in, outside of what is applied; the edge refuses empty secrets, so the form as it is starts nothing. */
export function writeSecretForm(): string {
  const chart = Testing.chart();
  new k8s.KubeSecret(chart, 'secrets', {
    metadata: { name: secretsName, namespace, labels: labels('edge') },
    type: 'Opaque',
    stringData: Object.fromEntries(secretFiles.map((file) => [file, ''])),
  });
  return Yaml.stringify(...chart.toJson());
}
