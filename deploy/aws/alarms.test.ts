/** Alarms by what is really emitted: one on a metric or a dimension that nobody writes never sounds. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { deviceClasses, operations } from '../../contract/telemetry.ts';
import { printToCloudWatch } from '../../edge/stores/emf-store.ts';
import { askCloudWatch } from '../pipeline/watch-alarms.mjs';
import { root } from '../../scripts/root.mjs';
import { nameAlarmsStack, nameStack } from './app.ts';
import { allHostRegions } from './settings.ts';
import { findTemplate, stackRegions, templates } from './templates-for-tests.ts';

const here = nameStack('ap-southeast-1');

const dimensionsSchema = v.optional(v.array(v.object({ Name: v.string(), Value: v.unknown() })), []);
const metricSchema = v.looseObject({ Namespace: v.string(), MetricName: v.string(), Dimensions: dimensionsSchema });
const alarmSchema = v.looseObject({
  Properties: v.looseObject({
    AlarmName: v.string(),
    AlarmDescription: v.string(),
    AlarmActions: v.array(v.unknown()),
    Namespace: v.optional(v.string()),
    MetricName: v.optional(v.string()),
    Dimensions: dimensionsSchema,
    Metrics: v.optional(
      v.array(v.looseObject({ MetricStat: v.optional(v.looseObject({ Metric: metricSchema })) })),
      [],
    ),
  }),
});
const listAlarms = (template: Template) =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    (alarm) => v.parse(alarmSchema, alarm).Properties,
  );

/** Metric and names of dimensions, `namespace metric dimension,dimension`, of AWS's own: its documentation's tables. */
const metricsOfAws = new Set([
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html and .../urls-monitoring.html
  ...['Invocations', 'Errors', 'Duration', 'Throttles', 'Url5xxCount'].map((name) => `AWS/Lambda ${name} FunctionName`),
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
  ...['RequestCount', 'HTTPCode_ELB_5XX_Count', 'HTTPCode_Target_5XX_Count'].map(
    (name) => `AWS/ApplicationELB ${name} LoadBalancer`,
  ),
  ...['TargetResponseTime', 'UnHealthyHostCount'].map((name) => `AWS/ApplicationELB ${name} LoadBalancer,TargetGroup`),
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
  'AWS/CloudFront 5xxErrorRate DistributionId,Region',
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html
  'CloudWatchSynthetics SuccessPercent CanaryName',
]);

const emfSchema = v.looseObject({
  _aws: v.looseObject({
    CloudWatchMetrics: v.array(
      v.object({
        Namespace: v.string(),
        Dimensions: v.array(v.array(v.string())),
        Metrics: v.array(v.looseObject({ Name: v.string() })),
      }),
    ),
  }),
  Name: v.string(),
});

/** What the edge prints for one event of each operation: `namespace metric dimensions value-of-Name`. */
async function listEmitted(): Promise<Set<string>> {
  const lines: string[] = [];
  const store = printToCloudWatch((line) => lines.push(line));
  await store.add(
    operations.map((name) => ({
      id: name,
      session: 'one',
      kind: 'operation',
      name,
      value: 12,
      outcome: 'success',
      market: 'PH',
      deviceClass: deviceClasses[0],
      receivedAt: 0,
    })) as unknown as Parameters<typeof store.add>[0],
  );
  return new Set(
    lines.flatMap((line) => {
      const { _aws: aws, Name } = v.parse(emfSchema, JSON.parse(line));
      return aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
        Dimensions.flatMap((set) => Metrics.map((metric) => `${Namespace} ${metric.Name} ${set.join()} ${Name}`)),
      );
    }),
  );
}

describe('alarms', () => {
  const all = () => [...templates.lambda.values(), ...templates.fargate.values()].flatMap(listAlarms);

  test('have metrics that there are, with the dimensions that these have', async () => {
    const emitted = await listEmitted();
    const named = all().flatMap(({ AlarmName, Namespace, MetricName, Dimensions, Metrics }) => {
      const inside = Metrics.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat.Metric]));
      const isPlain = Namespace !== undefined && MetricName !== undefined;
      const metrics = isPlain ? [{ Namespace, MetricName, Dimensions }] : inside;
      expect(metrics.length, AlarmName).toBeGreaterThan(0);
      return metrics.map((metric) => {
        const names = metric.Dimensions.map(({ Name }) => Name)
          .toSorted()
          .join();
        // Of ours the value counts too: an operation that nothing measures is never slow.
        const value = metric.Namespace === 'Papel' ? ` ${String(metric.Dimensions[0]?.Value)}` : '';
        return `${metric.Namespace} ${metric.MetricName} ${names}${value}`;
      });
    });
    expect(named.filter((text) => !emitted.has(text) && !metricsOfAws.has(text))).toEqual([]);
    const ours = named.filter((text) => text.startsWith('Papel ')).length;
    expect(ours).toBe(operations.length * allHostRegions.length);
  });

  test('are found by deploy/pipeline/watch-alarms.mjs, once each, and are heard', () => {
    for (const { AlarmActions } of all()) expect(AlarmActions).toHaveLength(1);
    /** All alarms sound at once, each where its stack is. */
    const list = (place: string) =>
      [...templates.lambda].flatMap(([stack, template]) =>
        stackRegions.get(stack) === place ? listAlarms(template).map(({ AlarmName }) => AlarmName) : [],
      );
    for (const region of allHostRegions) {
      const found = askCloudWatch(region, (_program, args) => {
        const prefix = args[args.indexOf('--alarm-name-prefix') + 1] ?? '';
        const names = list(args[args.indexOf('--region') + 1] ?? '');
        return JSON.stringify(names.filter((name) => name.startsWith(prefix)));
      });
      const own = [nameStack(region), nameAlarmsStack(region)].flatMap((stack) =>
        listAlarms(findTemplate('lambda', stack)).map(({ AlarmName }) => AlarmName),
      );
      expect(found.toSorted()).toEqual(own.toSorted());
    }
    const names = [...templates.lambda.values()].flatMap(listAlarms).map(({ AlarmName }) => AlarmName);
    expect(new Set(names).size).toBe(names.length);
  });

  test('name the page that says what to do', () => {
    for (const { AlarmDescription } of all()) {
      const [page = AlarmDescription] = /deploy\/monitoring\/runbooks\/\w+\.md$/.exec(AlarmDescription) ?? [];
      expect(existsSync(join(root, page)), page).toBe(true);
    }
  });

  test('are all on the region’s dashboard, and one address hears of them', () => {
    for (const template of [findTemplate('lambda', here), findTemplate('fargate', here)]) {
      const ids = Object.keys(template.findResources('AWS::CloudWatch::Alarm'));
      const dashboards = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
      expect(dashboards).toHaveLength(1);
      expect(ids.filter((id) => !JSON.stringify(dashboards).includes(`"${id}"`))).toEqual([]);
    }
    for (const template of templates.lambda.values()) {
      if (listAlarms(template).length === 0) continue;
      template.allResourcesProperties('AWS::SNS::Subscription', {
        Protocol: 'email',
        Endpoint: 'alarms@papel.example',
      });
    }
  });

  test('know errors, slowness, 5xx, calls turned away, and the canary', () => {
    const names = listAlarms(findTemplate('lambda', here)).map(({ AlarmName }) => AlarmName);
    for (const name of ['PapelErrors', 'PapelSlow', 'Papel5xx', 'PapelThrottled', 'PapelAway']) {
      expect(names).toContain(`${name}-ap-southeast-1`);
    }
    expect(
      listAlarms(findTemplate('lambda', nameAlarmsStack('ap-southeast-1'))).map(({ Namespace }) => Namespace),
    ).toEqual(['AWS/CloudFront']);
    const elsewhere = [...templates.lambda].filter(([name]) => !name.endsWith('-cloudfront'));
    const namespaces = elsewhere.flatMap(([, template]) => listAlarms(template)).map(({ Namespace }) => Namespace);
    expect(namespaces).not.toContain('AWS/CloudFront');
  });

  test('reach a topic that CloudWatch has the key of, over TLS', () => {
    findTemplate('lambda', here).allResourcesProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: Match.objectLike({ 'Fn::GetAtt': Match.anyValue() }),
    });
    const key = JSON.stringify(findTemplate('lambda', here).findResources('AWS::KMS::Key'));
    expect(key).toContain('cloudwatch.amazonaws.com');
    expect(key).toContain('kms:GenerateDataKey*');
    findTemplate('lambda', here).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });
});
