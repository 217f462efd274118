/** The edge in a cluster: its pods and who may reach them. */
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-32';

export const namespace = 'papel';
/** Replaced by an overlay's `images`, with a digest: a cluster that is given none finds nothing to pull. */
const image = 'papel-edge';
export const settingsName = 'papel-settings';
export const secretsName = 'papel-secrets';
export const port = 8080;

/** Of distroless' user "nonroot". */
const nobody = 65_532;
const name = 'papel-edge';

export function labels(component: string): Record<string, string> {
  return { 'app.kubernetes.io/name': 'papel', 'app.kubernetes.io/component': component };
}

/** What every container of ours is allowed: nothing but to run. */
const restrictedContainer: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

/** What pods of the edge and of its jobs share: the image with settings and secrets, and no rights in the cluster. */
export function edgePod(options: {
  readonly args?: readonly string[];
  readonly container?: Partial<k8s.Container>;
  readonly pod?: Partial<k8s.PodSpec>;
}): k8s.PodSpec {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: nobody,
      runAsGroup: nobody,
      fsGroup: nobody,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'edge',
        image,
        ...(options.args === undefined ? {} : { args: [...options.args] }),
        envFrom: [{ configMapRef: { name: settingsName } }],
        securityContext: restrictedContainer,
        volumeMounts: [{ name: 'secrets', mountPath: '/run/secrets', readOnly: true }],
        ...options.container,
      },
    ],
    volumes: [{ name: 'secrets', secret: { secretName: secretsName, defaultMode: 0o440 } }],
    ...options.pod,
  };
}

const asks = (path: string): k8s.HttpGetAction => ({ path, port: k8s.IntOrString.fromString('http') });

function addDeployment(scope: Construct): void {
  new k8s.KubeDeployment(scope, 'deployment', {
    metadata: { name, namespace, labels: labels('edge') },
    spec: {
      // No number of replicas: the autoscaler has at least 3, and a number here would throw a busy day back with every
      // deployment.
      revisionHistoryLimit: 5,
      selector: { matchLabels: labels('edge') },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(0), maxSurge: k8s.IntOrString.fromNumber(1) },
      },
      template: {
        metadata: { labels: labels('edge') },
        spec: edgePod({
          container: {
            ports: [{ name: 'http', containerPort: port }],
            // A version that cannot reach what it stands on never gets a request: the roll-out stops. Once it runs, the
            // store of counts may be ill without taking the app away from pupils (decisions/0012).
            startupProbe: { httpGet: asks('/ready'), periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 },
            readinessProbe: { httpGet: asks('/health'), periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2 },
            livenessProbe: { httpGet: asks('/health'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
            resources: {
              requests: { cpu: k8s.Quantity.fromString('250m'), memory: k8s.Quantity.fromString('192Mi') },
              // No limit of the processor: it would slow the first requests after a quiet hour.
              limits: { memory: k8s.Quantity.fromString('256Mi') },
            },
            // Load balancers learn that a pod ends while it still answers. There is no shell that could sleep.
            lifecycle: { preStop: { sleep: { seconds: 5 } } },
          },
          pod: {
            // preStop, and the 10 s that answers get.
            terminationGracePeriodSeconds: 30,
            topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
              maxSkew: 1,
              topologyKey,
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: labels('edge') },
              matchLabelKeys: ['pod-template-hash'],
            })),
          },
        }),
      },
    },
  });
}

function addScaling(scope: Construct): void {
  new k8s.KubeHorizontalPodAutoscalerV2(scope, 'autoscaler', {
    metadata: { name, namespace, labels: labels('edge') },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 3,
      maxReplicas: 20,
      // Not memory: Node gives little of it back, so a busy morning would keep its pods for ever.
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }] },
        // Lessons come by the hour: what a break has let go would be missing in the next one.
        scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
      },
    },
  });
  new k8s.KubePodDisruptionBudget(scope, 'disruption', {
    metadata: { name, namespace, labels: labels('edge') },
    spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: labels('edge') } },
  });
}

function addService(scope: Construct): void {
  new k8s.KubeService(scope, 'service', {
    metadata: { name, namespace, labels: labels('edge') },
    spec: {
      type: 'ClusterIP',
      selector: labels('edge'),
      ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http'), appProtocol: 'http' }],
    },
  });
}

/** For Prometheus: a name that has the address of every pod, the ill ones too, and needs no right to list pods. */
function addPodNames(scope: Construct): void {
  new k8s.KubeService(scope, 'pods', {
    metadata: { name: 'papel-edge-pods', namespace, labels: labels('edge') },
    spec: {
      clusterIp: 'None',
      publishNotReadyAddresses: true,
      selector: labels('edge'),
      ports: [{ name: 'http', port, targetPort: k8s.IntOrString.fromString('http') }],
    },
  });
}

export function addEdge(scope: Construct): void {
  addDeployment(scope);
  addScaling(scope);
  addService(scope);
  addPodNames(scope);
}
