/**
 * Alarms, who hears of them, and the dashboard. Names begin with "Papel": deploy/pipeline/watch-alarms.mjs asks by that.
 * A test compares every metric and its dimensions with what is really emitted.
 */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { operations } from '../../contract/telemetry.ts';

const minute = Duration.minutes(1);
const fiveMinutes = Duration.minutes(5);

export interface Alarm {
  /** As in deploy/monitoring/runbooks, where it is the same. */
  readonly name: string;
  readonly what: string;
  readonly metric: cloudwatch.IMetric;
  readonly above: number;
  /** How many periods of the metric. */
  readonly periods: number;
  readonly whileSilent?: cloudwatch.TreatMissingData;
  readonly below?: true;
}

/** Encrypted with a key of its own: AWS's key for topics is none that CloudWatch may use, and alarms would reach nobody. */
function makeTopic(scope: Construct, email: string): sns.Topic {
  const key = new kms.Key(scope, 'AlarmKey', {
    description: 'Alarms of Papel on their way',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const cloudWatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
  key.grant(cloudWatch, 'kms:Decrypt', 'kms:GenerateDataKey*');
  const topic = new sns.Topic(scope, 'AlarmTopic', { masterKey: key, enforceSSL: true, displayName: 'Papel' });
  topic.grantPublish(cloudWatch);
  topic.addSubscription(new EmailSubscription(email));
  return topic;
}

export class Alarms {
  readonly made: cloudwatch.Alarm[] = [];

  constructor(
    scope: Construct,
    { email, place, list }: { readonly email: string; readonly place: string; readonly list: readonly Alarm[] },
  ) {
    const topic = makeTopic(scope, email);
    for (const { name, what, metric, above, periods, below, whileSilent } of list) {
      const alarm = new cloudwatch.Alarm(scope, `Alarm${name}`, {
        alarmName: `${name}-${place}`,
        alarmDescription: what,
        metric,
        threshold: above,
        comparisonOperator: below
          ? cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
          : cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluationPeriods: periods,
        treatMissingData: whileSilent ?? cloudwatch.TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
      this.made.push(alarm);
    }
  }
}

/** Thresholds are those of deploy/monitoring/rules.yml where it has the same alert. */
export function alarmsOfLambda(functionName: string): readonly Alarm[] {
  const metric = (metricName: string, statistic: string) =>
    new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: functionName },
      statistic,
      period: minute,
    });
  return [
    {
      name: 'PapelErrors',
      what: 'More than 1 % of the calls of the edge end in an error: deploy/monitoring/runbooks/PapelErrors.md',
      metric: new cloudwatch.MathExpression({
        // Five calls at least: one broken one at night wakes nobody.
        expression: 'IF(calls >= 5, 100 * errors / calls, 0)',
        usingMetrics: { errors: metric('Errors', 'Sum'), calls: metric('Invocations', 'Sum') },
        label: 'Errors, percent',
        period: minute,
      }),
      above: 1,
      periods: 5,
    },
    {
      name: 'Papel5xx',
      what: 'The edge answers with 5xx: deploy/monitoring/runbooks/PapelErrors.md',
      metric: metric('Url5xxCount', 'Sum'),
      above: 5,
      periods: 5,
    },
    {
      name: 'PapelSlow',
      what: 'One call in twenty takes over 500 ms: deploy/monitoring/runbooks/PapelSlow.md',
      metric: metric('Duration', 'p95'),
      above: 500,
      periods: 10,
    },
    {
      name: 'PapelThrottled',
      what: 'Calls are turned away, more at once than the function may have: deploy/monitoring/runbooks/PapelThrottled.md',
      metric: metric('Throttles', 'Sum'),
      above: 5,
      periods: 3,
    },
  ];
}

/** What the edge prints: edge/stores/emf-store.ts. */
export function alarmsOfOperations(): readonly Alarm[] {
  return operations.map((name) => ({
    name: `PapelOperationFails-${name}`,
    what: `More than 10 % of "${name}" fail on the devices of users: deploy/monitoring/runbooks/PapelOperationFails.md`,
    metric: new cloudwatch.Metric({
      namespace: 'Papel',
      metricName: 'Failures',
      dimensionsMap: { Name: name },
      // Each event is 0 or 1.
      statistic: 'Average',
      period: fiveMinutes,
    }),
    above: 0.1,
    periods: 3,
  }));
}

export function alarmsOfLoadBalancer(options: {
  readonly loadBalancer: string;
  readonly targetGroup: string;
}): readonly Alarm[] {
  const ofBalancer = { LoadBalancer: options.loadBalancer };
  const ofTargets = { ...ofBalancer, TargetGroup: options.targetGroup };
  const metric = (metricName: string, statistic: string, dimensionsMap: Record<string, string>) =>
    new cloudwatch.Metric({
      namespace: 'AWS/ApplicationELB',
      metricName,
      dimensionsMap,
      statistic,
      period: minute,
    });
  return [
    {
      name: 'PapelErrors',
      what: 'More than 1 % of the answers are errors: deploy/monitoring/runbooks/PapelErrors.md',
      metric: new cloudwatch.MathExpression({
        expression: 'IF(all >= 5, 100 * (FILL(targets, 0) + FILL(balancer, 0)) / all, 0)',
        usingMetrics: {
          targets: metric('HTTPCode_Target_5XX_Count', 'Sum', ofBalancer),
          balancer: metric('HTTPCode_ELB_5XX_Count', 'Sum', ofBalancer),
          all: metric('RequestCount', 'Sum', ofBalancer),
        },
        label: 'Errors, percent',
        period: minute,
      }),
      above: 1,
      periods: 5,
    },
    {
      name: 'Papel5xx',
      what: 'The load balancer itself answers with 5xx, as it does without edges: deploy/monitoring/runbooks/PapelAway.md',
      metric: metric('HTTPCode_ELB_5XX_Count', 'Sum', ofBalancer),
      above: 5,
      periods: 3,
    },
    {
      name: 'PapelSlow',
      what: 'One answer in twenty takes over 500 ms: deploy/monitoring/runbooks/PapelSlow.md',
      metric: metric('TargetResponseTime', 'p95', ofTargets),
      above: 0.5,
      periods: 10,
    },
    {
      name: 'PapelEdgeDown',
      what: 'An edge does not answer: deploy/monitoring/runbooks/PapelEdgeDown.md',
      metric: metric('UnHealthyHostCount', 'Maximum', ofTargets),
      above: 0,
      periods: 5,
    },
  ];
}

export function alarmOfCanary(canaryName: string): Alarm {
  return {
    name: 'PapelAway',
    what: 'The page, its script or the configuration cannot be had from outside: deploy/monitoring/runbooks/PapelAway.md',
    metric: new cloudwatch.Metric({
      namespace: 'CloudWatchSynthetics',
      metricName: 'SuccessPercent',
      dimensionsMap: { CanaryName: canaryName },
      statistic: 'Average',
      period: fiveMinutes,
    }),
    below: true,
    above: 90,
    periods: 2,
    // A canary that does not run says nothing either.
    whileSilent: cloudwatch.TreatMissingData.BREACHING,
  };
}

/** Metrics of CloudFront are in us-east-1 only. */
export function alarmsOfCloudFront(distributionId: string): readonly Alarm[] {
  return [
    {
      name: 'PapelErrors-CloudFront',
      what: 'More than 1 % of the answers to people are 5xx: deploy/monitoring/runbooks/PapelErrors.md',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/CloudFront',
        metricName: '5xxErrorRate',
        dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
        statistic: 'Average',
        period: minute,
      }),
      above: 1,
      periods: 5,
    },
  ];
}

function perOperation(title: string, metricName: string, statistic: string): cloudwatch.GraphWidget {
  return new cloudwatch.GraphWidget({
    title,
    width: 12,
    left: operations.map(
      (name) =>
        new cloudwatch.Metric({
          namespace: 'Papel',
          metricName,
          dimensionsMap: { Name: name },
          statistic,
          period: fiveMinutes,
          label: name,
        }),
    ),
  });
}

/** How Papel runs on people's devices, and every alarm. */
export function makeDashboard(
  scope: Construct,
  { place, alarms, showsOperations }: { place: string; alarms: readonly cloudwatch.Alarm[]; showsOperations: boolean },
): void {
  new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName: `Papel-${place}`,
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', width: 24, alarms: [...alarms] })],
      alarms.slice(0, 4).map((alarm) => new cloudwatch.AlarmWidget({ alarm, title: alarm.node.id, width: 6 })),
      showsOperations
        ? [
            perOperation('Time of one in twenty, by operation', 'OperationDuration', 'p95'),
            perOperation('Failures, by operation', 'Failures', 'Average'),
          ]
        : [],
    ],
  });
}
