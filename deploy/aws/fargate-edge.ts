/** The edge as containers on Fargate behind a load balancer that only CloudFront reaches, with PostgreSQL and Redis. */
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as events from 'aws-cdk-lib/aws-events';
import { EcsTask } from 'aws-cdk-lib/aws-events-targets';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { Stores, makeSecret } from './stores.ts';
import type { EdgeOrigin } from './site.ts';
import type { Settings } from './settings.ts';

const port = 8080;

export interface FargateEdgeOptions {
  readonly settings: Settings & { readonly image: string };
  readonly host: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetention: logs.RetentionDays;
}

interface Task {
  readonly image: ecs.ContainerImage;
  readonly environment: Record<string, string>;
  readonly secrets: Record<string, ecs.Secret>;
  readonly logging: ecs.LogDriver;
}

function makeNetwork(scope: Construct): ec2.Vpc {
  const vpc = new ec2.Vpc(scope, 'Network', {
    maxAzs: 2,
    natGateways: 1,
    subnetConfiguration: [
      { name: 'way-out', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
      { name: 'edge', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
      { name: 'stores', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
    ],
  });
  Validations.of(vpc).acknowledge({
    id: 'AwsSolutions-VPC7',
    reason: 'Flow logs would hold who asked when. Nothing in this network has an address that others reach.',
  });
  return vpc;
}

/** A container that only runs, as everywhere: no rights, a root that cannot be written. */
function addContainer(
  definition: ecs.FargateTaskDefinition,
  name: string,
  { image, ...task }: Task,
  options: Partial<ecs.ContainerDefinitionOptions>,
): ecs.ContainerDefinition {
  return definition.addContainer(name, {
    image,
    ...task,
    user: '65532',
    readonlyRootFilesystem: true,
    ...options,
  });
}

function makeDefinition(scope: Construct, id: string): ecs.FargateTaskDefinition {
  const definition = new ecs.FargateTaskDefinition(scope, id, { cpu: 256, memoryLimitMiB: 512 });
  Validations.of(definition).acknowledge({
    id: 'AwsSolutions-ECS2',
    reason: 'Settings are no secrets; passwords and the token come from Secrets Manager.',
  });
  return definition;
}

function addService(
  scope: Construct,
  { cluster, vpc, task, group }: { cluster: ecs.Cluster; vpc: ec2.Vpc; task: Task; group: ec2.SecurityGroup },
): ecs.FargateService {
  const definition = makeDefinition(scope, 'EdgeTask');
  // As the job of deploy/kubernetes: a database that cannot be migrated stops the deployment, and not the replicas.
  const migrate = addContainer(definition, 'migrate', task, {
    command: ['dist/edge/maintain.js', 'migrate'],
    essential: false,
  });
  const edge = addContainer(definition, 'edge', task, {
    portMappings: [{ containerPort: port, name: 'http' }],
    // It ends what it has begun: edge/adapters/node.ts.
    stopTimeout: Duration.seconds(30),
  });
  edge.addContainerDependencies({ container: migrate, condition: ecs.ContainerDependencyCondition.SUCCESS });
  const service = new ecs.FargateService(scope, 'EdgeService', {
    cluster,
    taskDefinition: definition,
    vpcSubnets: { subnetGroupName: 'edge' },
    securityGroups: [group],
    // No number of tasks: the scaling below has at least 3, and a number here would throw a busy day back with every
    // deployment.
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    healthCheckGracePeriod: Duration.seconds(60),
    circuitBreaker: { enable: true, rollback: true },
    assignPublicIp: false,
  });
  const scaling = service.autoScaleTaskCount({ minCapacity: 3, maxCapacity: 20 });
  // Lessons come by the hour: what a break has let go would be missing in the next one.
  const scaleInCooldown = Duration.minutes(10);
  scaling.scaleOnCpuUtilization('Processor', { targetUtilizationPercent: 70, scaleInCooldown });
  scaling.scaleOnMemoryUtilization('Memory', { targetUtilizationPercent: 80, scaleInCooldown });
  group.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(port), 'The load balancer');
  return service;
}

function addRetention(
  scope: Construct,
  { cluster, task, group }: { cluster: ecs.Cluster; task: Task; group: ec2.SecurityGroup },
): void {
  const definition = makeDefinition(scope, 'RetentionTask');
  addContainer(definition, 'delete-old', task, { command: ['dist/edge/maintain.js', 'delete-old'] });
  Validations.of(definition).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ecs:${Stack.of(scope).region}:*:task/<ClusterEB0386A7>/*]`,
    reason: 'Tasks have ids that nobody knows before; they are those of this cluster.',
  });
  new events.Rule(scope, 'Retention', {
    // Days of counts are days in UTC; not on the hour, when everybody's jobs start.
    schedule: events.Schedule.cron({ hour: '2', minute: '17' }),
    targets: [
      new EcsTask({
        cluster,
        taskDefinition: definition,
        subnetSelection: { subnetGroupName: 'edge' },
        securityGroups: [group],
      }),
    ],
  });
}

function addBalancer(
  scope: Construct,
  options: {
    readonly vpc: ec2.Vpc;
    readonly certificate: acm.Certificate;
    readonly service: ecs.FargateService;
    readonly group: ec2.SecurityGroup;
  },
): { readonly loadBalancer: elb.ApplicationLoadBalancer; readonly targets: elb.ApplicationTargetGroup } {
  const { vpc, certificate, service, group } = options;
  const balancerGroup = new ec2.SecurityGroup(scope, 'BalancerGroup', {
    vpc,
    description: 'Load balancer of the edge of Papel',
  });
  // CloudFront's way into a network ends in it, at an address of its own.
  balancerGroup.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.tcp(443), 'CloudFront');
  for (const each of [balancerGroup, group]) {
    Validations.of(each).acknowledge({
      id: 'AwsSolutions-EC23',
      reason: 'The rule cannot read a reference. What it would look at lets in this network’s own addresses.',
    });
  }
  const loadBalancer = new elb.ApplicationLoadBalancer(scope, 'Balancer', {
    vpc,
    internetFacing: false,
    vpcSubnets: { subnetGroupName: 'edge' },
    securityGroup: balancerGroup,
    dropInvalidHeaderFields: true,
  });
  Validations.of(loadBalancer).acknowledge({
    id: 'AwsSolutions-ELB2',
    reason: 'Access logs would hold addresses of pupils and what they opened.',
  });
  const listener = loadBalancer.addListener('Https', {
    port: 443,
    open: false,
    certificates: [certificate],
    sslPolicy: elb.SslPolicy.RECOMMENDED_TLS,
  });
  const targets = listener.addTargets('Edges', {
    port,
    protocol: elb.ApplicationProtocol.HTTP,
    targets: [service.loadBalancerTarget({ containerName: 'edge', containerPort: port })],
    // /health and not /ready: a store of counts that is ill takes no edge from pupils (decisions/0012).
    healthCheck: { path: '/health', interval: Duration.seconds(10), timeout: Duration.seconds(5) },
    deregistrationDelay: Duration.seconds(30),
  });
  return { loadBalancer, targets };
}

export class FargateEdge {
  readonly origin: EdgeOrigin;
  readonly loadBalancer: elb.ApplicationLoadBalancer;
  readonly targets: elb.ApplicationTargetGroup;

  constructor(scope: Construct, { settings, host, environment, logRetention }: FargateEdgeOptions) {
    const vpc = makeNetwork(scope);
    const group = new ec2.SecurityGroup(scope, 'EdgeGroup', { vpc, description: 'Edge of Papel' });
    const stores = new Stores(scope, { vpc, from: group });
    const token: secrets.Secret = makeSecret(scope, 'OpsToken', 'Bearer token for those who run Papel');
    const logGroup = new logs.LogGroup(scope, 'EdgeLogs', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const task: Task = {
      image: ecs.ContainerImage.fromRegistry(settings.image),
      environment: {
        ...environment,
        HOST: '0.0.0.0',
        PORT: String(port),
        // The load balancer, and CloudFront's way into this network; nobody else reaches a container.
        PAPEL_TRUSTED_PROXIES: vpc.vpcCidrBlock,
        PAPEL_COUNTRY_HEADER: 'CloudFront-Viewer-Country',
        PAPEL_TELEMETRY_STORE: stores.databaseUrl,
        PAPEL_REDIS_URL: stores.redisUrl,
      },
      secrets: {
        PAPEL_TELEMETRY_PASSWORD: ecs.Secret.fromSecretsManager(stores.databasePassword, 'password'),
        PAPEL_REDIS_PASSWORD: ecs.Secret.fromSecretsManager(stores.redisPassword),
        PAPEL_OPS_TOKEN: ecs.Secret.fromSecretsManager(token),
      },
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'edge', logGroup }),
    };
    const cluster = new ecs.Cluster(scope, 'Cluster', {
      vpc,
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
    });
    const service = addService(scope, { cluster, vpc, task, group });
    addRetention(scope, { cluster, task, group });

    // A name that leads nowhere: CloudFront comes through the network.
    const originHost = `origin-${host}`;
    const zone = route53.HostedZone.fromHostedZoneAttributes(scope, 'OriginZone', {
      hostedZoneId: settings.hostedZone.id,
      zoneName: settings.hostedZone.name,
    });
    const certificate = new acm.Certificate(scope, 'OriginCertificate', {
      domainName: originHost,
      subjectAlternativeNames: [host],
      validation: acm.CertificateValidation.fromDns(zone),
    });
    const { loadBalancer, targets } = addBalancer(scope, { vpc, certificate, service, group });
    this.loadBalancer = loadBalancer;
    this.targets = targets;
    this.origin = {
      origin: origins.VpcOrigin.withApplicationLoadBalancer(loadBalancer, {
        domainName: originHost,
        protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
      }),
      requestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
      wantsBodyDigest: false,
    };
  }
}
