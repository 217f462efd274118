/** Asks the app from outside every five minutes, as a school would. */
import { readFileSync } from 'node:fs';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import type { Construct } from 'constructs';
import type { Market } from '../../contract/regions.ts';

export function makeCanary(
  scope: Construct,
  { host, market }: { readonly host: string; readonly market: Market },
): synthetics.Canary {
  const { partition, region, account } = Stack.of(scope);
  const canaryName = `papel-${market.toLowerCase()}`;
  const results = new s3.Bucket(scope, 'CanaryResults', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(30) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(results).acknowledge({ id: 'AwsSolutions-S1', reason: 'Only the canary writes here.' });
  // Written out: what the CDK would make may put metrics of any name.
  const role = new iam.Role(scope, 'CanaryRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const allow = (actions: string[], resources: string[], conditions?: Record<string, Record<string, string>>) =>
    role.addToPolicy(
      new iam.PolicyStatement({ actions, resources, ...(conditions === undefined ? {} : { conditions }) }),
    );
  allow(['s3:GetBucketLocation'], [results.bucketArn]);
  allow(['s3:PutObject'], [results.arnForObjects('*')]);
  allow(['s3:ListAllMyBuckets'], ['*']);
  allow(['cloudwatch:PutMetricData'], ['*'], { StringEquals: { 'cloudwatch:namespace': 'CloudWatchSynthetics' } });
  allow(
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    [`arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/cwsyn-${canaryName}-*`],
  );
  const reason =
    'Synthetics names its log group and its objects itself, and both other actions have no resource to name.';
  const findings = [
    'Resource::*',
    'Resource::<CanaryResults0F98E0DB.Arn>/*',
    `Resource::arn:<AWS::Partition>:logs:${region}:<AWS::AccountId>:log-group:/aws/lambda/cwsyn-${canaryName}-*`,
  ];
  Validations.of(role).acknowledge(...findings.map((finding) => ({ id: `AwsSolutions-IAM5[${finding}]`, reason })));
  return new synthetics.Canary(scope, 'Canary', {
    canaryName,
    runtime: synthetics.Runtime.SYNTHETICS_NODEJS_3_1,
    test: synthetics.Test.custom({
      handler: 'index.handler',
      code: synthetics.Code.fromInline(readFileSync(new URL('functions/canary.js', import.meta.url), 'utf8')),
    }),
    schedule: synthetics.Schedule.rate(Duration.minutes(5)),
    timeout: Duration.seconds(60),
    environmentVariables: { PAPEL_HOST: host, PAPEL_MARKET: market },
    artifactsBucketLocation: { bucket: results },
    role,
    provisionedResourceCleanup: true,
    successRetentionPeriod: Duration.days(7),
    failureRetentionPeriod: Duration.days(30),
  });
}
