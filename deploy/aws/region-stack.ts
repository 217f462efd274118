/** One region: files, edge, names, alarms. Its alarms of CloudFront are a stack of their own, where those metrics are. */
import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { regions } from '../../contract/regions.ts';
import {
  Alarms,
  alarmOfCanary,
  alarmsOfCloudFront,
  alarmsOfLambda,
  alarmsOfLoadBalancer,
  alarmsOfOperations,
  makeDashboard,
  type Alarm,
} from './alarms.ts';
import { makeCanary } from './canary.ts';
import { FargateEdge } from './fargate-edge.ts';
import { LambdaEdge } from './lambda-edge.ts';
import { marketOfHost, nameHost, type HostRegion, type Settings } from './settings.ts';
import { Site, type EdgeOrigin } from './site.ts';

export interface RegionProps extends StackProps {
  readonly region: HostRegion;
  readonly settings: Settings;
  /** Folder with the built edge of Lambda. */
  readonly edgeCode: string;
}

/** What CloudWatch takes, up to a year. */
const daysOfLogs = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

/** Logs hold counts of how Papel runs, so they go no later than the market's counts. */
function chooseLogRetention(days: number): logs.RetentionDays {
  return Math.max(...daysOfLogs.filter((each) => each <= days));
}

export class RegionStack extends Stack {
  constructor(scope: Construct, id: string, { region, settings, edgeCode, ...props }: RegionProps) {
    super(scope, id, props);
    const market = marketOfHost(region);
    const host = nameHost(settings, region);
    const { retentionDays } = regions[market];
    const environment = {
      PAPEL_MARKET: market,
      PAPEL_HOST_REGION: region,
      // Same as the app's own: the edge compares it with the origin of who sends counts.
      PAPEL_API_BASE: `https://${host}`,
    };
    const logRetention = chooseLogRetention(retentionDays);
    const { edge, alarms } = this.#makeEdge({ settings, edgeCode, environment, logRetention, host });
    const site = new Site(this, settings, { host, region, edge });
    const canary = makeCanary(this, { host, market });
    const { made } = new Alarms(this, {
      email: settings.alarmEmail,
      place: region,
      list: [alarmOfCanary(canary.canaryName), ...alarms],
    });
    makeDashboard(this, { place: region, alarms: made, showsOperations: settings.compute === 'lambda' });

    new CfnOutput(this, 'Url', { value: `https://${host}` });
    new CfnOutput(this, 'Bucket', { value: site.bucket.bucketName });
    new CfnOutput(this, 'DistributionId', { value: site.distribution.distributionId });
  }

  #makeEdge(options: {
    settings: Settings;
    edgeCode: string;
    environment: Readonly<Record<string, string>>;
    logRetention: logs.RetentionDays;
    host: string;
  }): { edge: EdgeOrigin; alarms: readonly Alarm[] } {
    const { settings, edgeCode, ...shared } = options;
    const { image } = settings;
    // The settings' schema: an image goes with Fargate, and only with it.
    if (image === undefined) {
      const edge = new LambdaEdge(this, { ...shared, code: edgeCode });
      return { edge: edge.origin, alarms: [...alarmsOfLambda(edge.function.functionName), ...alarmsOfOperations()] };
    }
    const edge = new FargateEdge(this, { ...shared, settings: { ...settings, image } });
    const alarms = alarmsOfLoadBalancer({
      loadBalancer: edge.loadBalancer.loadBalancerFullName,
      targetGroup: edge.targets.targetGroupFullName,
    });
    return { edge: edge.origin, alarms };
  }
}

export interface CloudFrontAlarmsProps extends StackProps {
  readonly region: HostRegion;
  readonly settings: Settings;
}

/** In us-east-1, for the distribution of a region; deploy-region.mjs hands over which. */
export class CloudFrontAlarmsStack extends Stack {
  constructor(scope: Construct, id: string, { region, settings, ...props }: CloudFrontAlarmsProps) {
    super(scope, id, props);
    const distribution = new CfnParameter(this, 'DistributionId', {
      description: `Output DistributionId of the stack in ${region}`,
      allowedPattern: '^[A-Z0-9]{10,20}$',
    });
    new Alarms(this, {
      email: settings.alarmEmail,
      place: region,
      list: alarmsOfCloudFront(distribution.valueAsString),
    });
  }
}
