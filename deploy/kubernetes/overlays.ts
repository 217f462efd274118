/** How requests come in, and what differs by region: files for `kubectl apply -k`. */
import { ApiObject, Testing, Yaml, type Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-32';
import { markets, regions, type Market } from '#contract/regions.ts';
import { labels, namespace, settingsName } from './edge.ts';

/** Of the Gateway API's HTTPRoute (gateway.networking.k8s.io/v1), what is used here. */
interface HttpRouteSpec {
  readonly parentRefs: readonly { readonly name: string; readonly namespace: string; readonly sectionName: string }[];
  readonly hostnames: readonly string[];
  readonly rules: readonly {
    readonly matches: readonly { readonly path: { readonly type: 'PathPrefix' | 'Exact'; readonly value: string } }[];
    readonly backendRefs: readonly { readonly name: string; readonly port: number }[];
    readonly timeouts: { readonly request: string };
  }[];
}

const host = 'papel.example';

function stringify(build: (chart: Chart) => void): string {
  const chart = Testing.chart();
  build(chart);
  return Yaml.stringify(...chart.toJson());
}

/** Every address but `/metrics`, which needs a token anyway, has a path by which the edge knows it: one rule does. */
function writeGateway(): string {
  const spec: HttpRouteSpec = {
    parentRefs: [{ name: 'public', namespace: 'gateway', sectionName: 'https' }],
    hostnames: [host],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ name: 'papel-edge', port: 80 }],
        // A model over a slow line is a long answer.
        timeouts: { request: '300s' },
      },
    ],
  };
  return stringify((chart) => {
    new ApiObject(chart, 'route', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'papel', namespace, labels: labels('edge') },
      spec,
    });
  });
}

function writeIngress(): string {
  return stringify((chart) => {
    new k8s.KubeIngress(chart, 'ingress', {
      metadata: { name: 'papel', namespace, labels: labels('edge') },
      spec: {
        tls: [{ hosts: [host], secretName: 'papel-tls' }],
        rules: [
          {
            host,
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: 'papel-edge', port: { name: 'http' } } } },
              ],
            },
          },
        ],
      },
    });
  });
}

const kustomization = (content: object): string =>
  Yaml.stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...content });
const component = (resources: readonly string[]): string =>
  Yaml.stringify({ apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', resources });

/** Settings of the market, and nodes where we say that they are: a wrong cluster schedules nothing. */
function writeOverlay(market: Market): string {
  const { hostRegion } = regions[market];
  const settings = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: settingsName, namespace },
    data: { PAPEL_MARKET: market, PAPEL_HOST_REGION: hostRegion },
  };
  const inRegion = { key: 'topology.kubernetes.io/region', operator: 'In', values: [hostRegion] };
  const affinity: k8s.NodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [inRegion] }] },
  };
  const patch = (path: string) =>
    JSON.stringify([{ op: 'add', path: `${path}/affinity`, value: { nodeAffinity: affinity } }]);
  return kustomization({
    resources: ['../../base'],
    components: ['../../gateway'],
    patches: [
      { patch: JSON.stringify(settings) },
      { target: { kind: 'Deployment' }, patch: patch('/spec/template/spec') },
      { target: { kind: 'Job' }, patch: patch('/spec/template/spec') },
      { target: { kind: 'CronJob' }, patch: patch('/spec/jobTemplate/spec/template/spec') },
      {
        target: { kind: 'HTTPRoute' },
        patch: JSON.stringify([{ op: 'replace', path: '/spec/hostnames', value: [`${market.toLowerCase()}.${host}`] }]),
      },
    ],
  });
}

/** By path below deploy/kubernetes. */
export function writeKustomizations(): ReadonlyMap<string, string> {
  return new Map([
    ['base/kustomization.yaml', kustomization({ resources: ['papel.yaml'] })],
    ['gateway/route.yaml', writeGateway()],
    ['gateway/kustomization.yaml', component(['route.yaml'])],
    ['ingress/ingress.yaml', writeIngress()],
    ['ingress/kustomization.yaml', component(['ingress.yaml'])],
    ...markets.map((market): [string, string] => [
      `overlays/${regions[market].hostRegion}/kustomization.yaml`,
      writeOverlay(market),
    ]),
  ]);
}
