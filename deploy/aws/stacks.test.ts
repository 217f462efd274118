/** The synthesised templates by what has gone wrong in such stacks. Nothing here asks AWS. */
import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { hostRegions, markets, regions } from '../../contract/regions.ts';
import { readDeployment, readMarket } from '../../edge/config/read-deployment.ts';
import { readOperations } from '../../edge/config/read-operations.ts';
import { readSetting, refuseUnknownSettings } from '../../edge/config/settings.ts';
import { securityHeaders } from '../../edge/http/security-headers.ts';
import { exampleSettings } from './example-settings.mjs';
import { nameAlarmsStack, nameStack } from './app.ts';
import { writeMissingFile } from './edge-functions.ts';
import { allHostRegions } from './settings.ts';
import { findTemplate, stackRegions, templates } from './templates-for-tests.ts';

const here = nameStack('ap-southeast-1');
const variants = ['lambda', 'fargate'] as const;

test('each region of the registry is a stack, and its alarms of CloudFront one in us-east-1', () => {
  const names = [...templates.lambda.keys()];
  expect(allHostRegions.toSorted()).toEqual(Object.keys(hostRegions).toSorted());
  for (const region of allHostRegions) {
    expect(names).toEqual(expect.arrayContaining([nameStack(region), nameAlarmsStack(region)]));
    expect(stackRegions.get(nameStack(region))).toBe(region);
    expect(stackRegions.get(nameAlarmsStack(region))).toBe('us-east-1');
  }
  const hosts = allHostRegions.map((region) => {
    const [distribution] = Object.values(
      findTemplate('lambda', nameStack(region)).findResources('AWS::CloudFront::Distribution'),
    );
    return v.parse(
      v.looseObject({
        Properties: v.looseObject({ DistributionConfig: v.looseObject({ Aliases: v.tuple([v.string()]) }) }),
      }),
      distribution,
    ).Properties.DistributionConfig.Aliases[0];
  });
  expect(hosts.toSorted()).toEqual(markets.map((market) => `${market.toLowerCase()}.papel.example`).toSorted());
});

test('names that an account has once are other names in each region', () => {
  const types = ['CachePolicy', 'ResponseHeadersPolicy', 'Function', 'OriginAccessControl'] as const;
  for (const type of types) {
    const names = allHostRegions.flatMap((region) =>
      Object.values(findTemplate('lambda', nameStack(region)).findResources(`AWS::CloudFront::${type}`)).map(
        (resource) => JSON.stringify(/"Name":"[^"]+"/.exec(JSON.stringify(resource))),
      ),
    );
    expect(new Set(names).size, type).toBe(names.length);
  }
});

const behaviourSchema = v.looseObject({
  PathPattern: v.optional(v.string(), '*'),
  AllowedMethods: v.array(v.string()),
  CachePolicyId: v.union([v.string(), v.object({ Ref: v.string() })]),
  OriginRequestPolicyId: v.optional(v.string()),
  ResponseHeadersPolicyId: v.object({ Ref: v.string() }),
  FunctionAssociations: v.optional(v.array(v.looseObject({ EventType: v.string() })), []),
  LambdaFunctionAssociations: v.optional(
    v.array(v.looseObject({ EventType: v.string(), IncludeBody: v.optional(v.boolean()) })),
    [],
  ),
  ViewerProtocolPolicy: v.string(),
});
const distributionSchema = v.looseObject({
  Properties: v.looseObject({
    DistributionConfig: v.looseObject({
      DefaultCacheBehavior: behaviourSchema,
      CacheBehaviors: v.array(behaviourSchema),
      CustomErrorResponses: v.optional(v.unknown()),
      Restrictions: v.optional(
        v.object({ GeoRestriction: v.object({ RestrictionType: v.string(), Locations: v.array(v.string()) }) }),
      ),
    }),
  }),
});
function readDistribution(template: Template) {
  const [distribution] = Object.values(template.findResources('AWS::CloudFront::Distribution'));
  return v.parse(distributionSchema, distribution).Properties.DistributionConfig;
}
/** AWS's own policy for what may not be kept: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

describe.each(variants)('CloudFront before the edge on %s', (compute) => {
  const template = () => findTemplate(compute, here);

  test('answers no missing file with a page', () => {
    expect(readDistribution(template()).CustomErrorResponses).toBeUndefined();
    const statements = Object.values(template().findResources('AWS::S3::BucketPolicy'))
      .map((policy) => JSON.stringify(policy))
      .find((text) => text.includes('cloudfront.amazonaws.com'));
    // Without the right to list, S3 says 403 of what is missing.
    expect(statements).toContain('"s3:ListBucket"');
    expect(statements).toContain('AWS:SourceArn');
  });

  test('keeps files and never an answer of the edge', () => {
    const { CacheBehaviors: behaviours, DefaultCacheBehavior: shell } = readDistribution(template());
    const ofEdge = behaviours.filter(({ PathPattern }) => PathPattern !== 'assets/*');
    expect(ofEdge.map(({ PathPattern }) => PathPattern)).toEqual(['api/telemetry', 'api/*', 'health', 'ready']);
    for (const { CachePolicyId, OriginRequestPolicyId } of ofEdge) {
      expect(CachePolicyId).toBe(cachingDisabled);
      expect(OriginRequestPolicyId).toBeDefined();
    }
    expect(shell.CachePolicyId).toMatchObject({ Ref: expect.stringContaining('ShellCache') });
    for (const { ViewerProtocolPolicy } of [...behaviours, shell])
      expect(ViewerProtocolPolicy).toBe('redirect-to-https');
  });

  test('has both encodings, and nobody’s cookies, in the key of what it keeps', () => {
    const policies = Object.values(template().findResources('AWS::CloudFront::CachePolicy'));
    expect(policies).toHaveLength(2);
    for (const policy of policies) {
      expect(policy).toMatchObject({
        Properties: {
          CachePolicyConfig: {
            MinTTL: 0,
            ParametersInCacheKeyAndForwardedToOrigin: {
              EnableAcceptEncodingBrotli: true,
              EnableAcceptEncodingGzip: true,
              CookiesConfig: { CookieBehavior: 'none' },
              HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['x-papel-page'] },
              QueryStringsConfig: { QueryStringBehavior: 'none' },
            },
          },
        },
      });
    }
    template().hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: { Name: Match.stringLikeRegexp('ShellCache'), DefaultTTL: 0 },
    });
    template().hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: { Name: Match.stringLikeRegexp('AssetCache'), DefaultTTL: 31_536_000, MaxTTL: 31_536_000 },
    });
    const { CacheBehaviors: behaviours, DefaultCacheBehavior: shell } = readDistribution(template());
    const hashed = behaviours.find(({ PathPattern }) => PathPattern === 'assets/*');
    expect(hashed?.CachePolicyId).toMatchObject({ Ref: expect.stringContaining('AssetCache') });
    for (const files of [hashed, shell]) expect(files).toMatchObject({ Compress: true });
  });

  test('has the name that people type, over both protocols of the net, with the certificate that was given', () => {
    const { hostedZone, certificateArn } = exampleSettings;
    for (const Type of ['A', 'AAAA']) {
      const record = { Type, Name: 'ph.papel.example.', HostedZoneId: hostedZone.id };
      template().hasResourceProperties('AWS::Route53::RecordSet', record);
    }
    expect(readDistribution(template())).toMatchObject({
      Aliases: ['ph.papel.example'],
      ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
    });
  });

  test('is asked every five minutes from outside', () => {
    expect(Object.values(template().findResources('AWS::Synthetics::Canary'))).toMatchObject([
      {
        Properties: {
          Schedule: { Expression: 'rate(5 minutes)' },
          RunConfig: { EnvironmentVariables: { PAPEL_HOST: 'ph.papel.example', PAPEL_MARKET: 'PH' } },
        },
      },
    ]);
  });

  test('has files that nobody reaches but through it', () => {
    template().allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    template().hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { OriginAccessControlOriginType: 's3', SigningBehavior: 'always' },
    });
    const granted = JSON.stringify(template().findResources('AWS::S3::BucketPolicy'));
    expect(granted).not.toMatch(/"Effect":"Allow","Principal":(?:"\*"|\{"AWS":"\*"\})/);
  });

  test('puts each of the edge’s security headers on every answer', () => {
    const expected = securityHeaders({ cdnBase: null, apiBase: 'https://ph.papel.example' });
    const [policy] = Object.values(template().findResources('AWS::CloudFront::ResponseHeadersPolicy'));
    const { Properties } = v.parse(
      v.looseObject({
        Properties: v.looseObject({
          ResponseHeadersPolicyConfig: v.looseObject({
            CustomHeadersConfig: v.object({
              Items: v.array(v.object({ Header: v.string(), Value: v.string(), Override: v.literal(true) })),
            }),
            SecurityHeadersConfig: v.strictObject({
              ContentSecurityPolicy: v.object({ ContentSecurityPolicy: v.string(), Override: v.literal(true) }),
              ContentTypeOptions: v.object({ Override: v.literal(true) }),
              FrameOptions: v.object({ FrameOption: v.string(), Override: v.literal(true) }),
              ReferrerPolicy: v.object({ ReferrerPolicy: v.string(), Override: v.literal(true) }),
              StrictTransportSecurity: v.object({
                AccessControlMaxAgeSec: v.number(),
                IncludeSubdomains: v.boolean(),
                Override: v.literal(true),
              }),
            }),
          }),
        }),
      }),
      policy,
    );
    const { CustomHeadersConfig: custom, SecurityHeadersConfig: own } = Properties.ResponseHeadersPolicyConfig;
    const said = {
      ...Object.fromEntries(custom.Items.map(({ Header, Value }) => [Header, Value])),
      'Content-Security-Policy': own.ContentSecurityPolicy.ContentSecurityPolicy,
      'Referrer-Policy': own.ReferrerPolicy.ReferrerPolicy,
      'Strict-Transport-Security': `max-age=${own.StrictTransportSecurity.AccessControlMaxAgeSec}${own.StrictTransportSecurity.IncludeSubdomains ? '; includeSubDomains' : ''}`,
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': own.FrameOptions.FrameOption,
    };
    expect(said).toEqual(expected);
    // CloudFront takes ten of its own kind, and 10,240 characters together.
    expect(custom.Items.length).toBeLessThanOrEqual(10);
    expect(Object.values(said).join('').length).toBeLessThan(10_240);
    const { CacheBehaviors: behaviours, DefaultCacheBehavior: shell } = readDistribution(template());
    for (const { ResponseHeadersPolicyId } of [...behaviours, shell])
      expect(ResponseHeadersPolicyId.Ref).toMatch(/^Headers/);
  });

  test('asks the function which file is meant, for files only', () => {
    const { CacheBehaviors: behaviours, DefaultCacheBehavior: shell } = readDistribution(template());
    for (const { PathPattern, FunctionAssociations } of [...behaviours, shell]) {
      const isOfFiles = ['*', 'assets/*'].includes(PathPattern);
      expect(
        FunctionAssociations.map(({ EventType }) => EventType),
        PathPattern,
      ).toEqual(isOfFiles ? ['viewer-request'] : []);
    }
  });

  test('says in words of its own that a file is missing, where S3 would say it in XML, for files only', () => {
    const { CacheBehaviors: behaviours, DefaultCacheBehavior: shell } = readDistribution(template());
    const speaking = [...behaviours, shell].filter(({ LambdaFunctionAssociations }) =>
      LambdaFunctionAssociations.some(({ EventType }) => EventType === 'origin-response'),
    );
    expect(speaking.map(({ PathPattern }) => PathPattern)).toEqual(['assets/*', '*']);
    const functions = findTemplate(compute, `${here}-functions`).findResources('AWS::Lambda::Function');
    const inline = Object.values(functions).map((each) => JSON.stringify(each));
    expect(inline.find((each) => each.includes('x-papel-page'))).toContain('This page is not here');
    // CloudFormation takes 4 KiB of code in a template.
    expect(Buffer.byteLength(writeMissingFile())).toBeLessThan(4_096);
  });

  test('takes counts from browsers, and writes nothing else', () => {
    const { CacheBehaviors: behaviours, DefaultCacheBehavior: shell } = readDistribution(template());
    const writing = [...behaviours, shell].filter(({ AllowedMethods }) => AllowedMethods.includes('POST'));
    expect(writing.map(({ PathPattern }) => PathPattern)).toEqual(['api/telemetry']);
    const [signed] = writing.map(({ LambdaFunctionAssociations }) => LambdaFunctionAssociations);
    expect(JSON.stringify(signed).includes('"EventType":"origin-request","IncludeBody":true')).toBe(
      compute === 'lambda',
    );
  });
});

test('countries are let in as ISO writes them, all of the registry, and all where nobody said otherwise', () => {
  expect(readDistribution(findTemplate('lambda', here)).Restrictions).toBeUndefined();
  const { RestrictionType, Locations } =
    readDistribution(findTemplate('fargate', here)).Restrictions?.GeoRestriction ?? {};
  expect(RestrictionType).toBe('whitelist');
  const served = markets.flatMap((market) => regions[market].countries);
  // The canary is in Singapore.
  expect(Locations).toEqual([...served, 'SG'].toSorted());
  expect(Locations).toContain('GB');
  expect(Locations).not.toContain('UK');
});

const variablesSchema = v.record(v.string(), v.unknown());
/** References, as they could be once they are known. */
const known = (value: unknown) => (typeof value === 'string' ? value : 'papel-reference');

describe('the edge on Lambda', () => {
  const template = () => findTemplate('lambda', here);
  const edge = () => {
    const found = template().findResources('AWS::Lambda::Function', { Properties: { Handler: 'lambda.handler' } });
    const [resource] = Object.values(found);
    return v.parse(
      v.looseObject({ Properties: v.looseObject({ Environment: v.object({ Variables: variablesSchema }) }) }),
      resource,
    ).Properties;
  };

  test('is called by this CloudFront only', () => {
    template().allResourcesProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM' });
    const permissions = Object.values(template().findResources('AWS::Lambda::Permission'));
    expect(permissions.map((each) => JSON.stringify(each))).toHaveLength(2);
    for (const permission of permissions) {
      expect(permission).toMatchObject({
        Properties: { Principal: 'cloudfront.amazonaws.com', SourceArn: expect.anything() },
      });
    }
    template().hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
      OriginAccessControlConfig: { OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always' },
    });
  });

  test('has settings that the edge takes', () => {
    const environment = Object.fromEntries(
      Object.entries(edge().Environment.Variables).map(([name, value]) => [name, known(value)]),
    );
    refuseUnknownSettings(environment);
    expect(readMarket(environment)).toBe('PH');
    expect(readDeployment(environment, null)).toMatchObject({
      hostRegion: 'ap-southeast-1',
      apiBase: 'https://ph.papel.example',
    });
    expect(readSetting(environment, 'PAPEL_TELEMETRY_STORE')).toEqual({ kind: 'cloudwatch' });
    expect(readSetting(environment, 'PAPEL_SEEN_EVENTS_TABLE')).toBeDefined();
  });

  test('has a bound, and logs that go when counts go', () => {
    expect(edge()).toMatchObject({ Architectures: ['arm64'], ReservedConcurrentExecutions: expect.any(Number) });
    template().allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: regions.PH.retentionDays });
  });

  test('remembers events in the table that edge/stores/seen-in-dynamo.ts writes to, and may do nothing else there', () => {
    template().hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'session', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'session', AttributeType: 'S' }],
      TimeToLiveSpecification: { AttributeName: 'forgetAt', Enabled: true },
    });
    const actions = Object.values(template().findResources('AWS::IAM::Policy')).flatMap((policy) =>
      [...JSON.stringify(policy).matchAll(/"(dynamodb:[^"]+)"/g)].map(([, action]) => action),
    );
    expect(actions).toEqual(['dynamodb:UpdateItem']);
  });
});

describe('the edge on Fargate', () => {
  const template = () => findTemplate('fargate', here);
  const definitions = () =>
    Object.values(template().findResources('AWS::ECS::TaskDefinition')).map(
      (resource) =>
        v.parse(
          v.looseObject({
            Properties: v.looseObject({
              ContainerDefinitions: v.array(
                v.looseObject({
                  Name: v.string(),
                  Command: v.optional(v.array(v.string())),
                  Environment: v.array(v.object({ Name: v.string(), Value: v.unknown() })),
                  Secrets: v.array(v.looseObject({ Name: v.string() })),
                }),
              ),
            }),
          }),
          resource,
        ).Properties.ContainerDefinitions,
    );

  test('has settings that the edge takes, with passwords that nobody wrote down', () => {
    for (const container of definitions().flat()) {
      const given = container.Environment.map(({ Name, Value }) => [Name, known(Value)] as const);
      const secret = container.Secrets.map(({ Name }) => [Name, 'q7Zp2LmX9vRt4KcW8sNd'] as const);
      expect(given.map(([name]) => name).filter((name) => /PASSWORD|TOKEN/.test(name))).toEqual([]);
      const environment = {
        ...Object.fromEntries([...given, ...secret]),
        PAPEL_TRUSTED_PROXIES: '10.0.0.0/16',
        PAPEL_TELEMETRY_STORE: 'postgres://papel@database.internal:5433/papel?sslmode=require',
        PAPEL_REDIS_URL: 'rediss://redis.internal:6380',
      };
      refuseUnknownSettings(environment);
      expect(readOperations(environment).store).toMatchObject({ kind: 'postgres' });
      expect(JSON.stringify(container.Environment)).toMatch(/sslmode=require/);
      expect(JSON.stringify(container.Environment)).toMatch(/rediss:\/\//);
    }
  });

  test('migrates before it serves, deletes what is old each night, and is taken back where it fails', () => {
    const commands = definitions().map((containers) =>
      containers.map(({ Name, Command }) => [Name, Command?.join(' ')]),
    );
    expect(commands).toContainEqual([
      ['migrate', 'dist/edge/maintain.js migrate'],
      ['edge', undefined],
    ]);
    expect(commands).toContainEqual([['delete-old', 'dist/edge/maintain.js delete-old']]);
    template().hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: Match.arrayWith([
        Match.objectLike({ Name: 'migrate', Essential: false, ReadonlyRootFilesystem: true }),
        Match.objectLike({ Name: 'edge', DependsOn: [{ Condition: 'SUCCESS', ContainerName: 'migrate' }] }),
      ]),
    });
    template().hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
      },
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
    });
    template().resourceCountIs('AWS::Events::Rule', 1);
  });

  test('grows by processor and memory, from 3 to 20', () => {
    // A number of its own would throw a busy day back with every deployment.
    expect(JSON.stringify(template().findResources('AWS::ECS::Service'))).not.toContain('DesiredCount');
    template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 3,
      MaxCapacity: 20,
    });
    for (const [metric, target] of [
      ['ECSServiceAverageCPUUtilization', 70],
      ['ECSServiceAverageMemoryUtilization', 80],
    ]) {
      template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: target,
          PredefinedMetricSpecification: { PredefinedMetricType: metric },
        },
      });
    }
  });

  test('is reached over TLS from inside only, by its health and not by its store’s', () => {
    template().allResourcesProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
    template().allResourcesProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, Protocol: 'HTTPS' });
    template().allResourcesProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/health' });
    const groups = JSON.stringify(template().findResources('AWS::EC2::SecurityGroup'));
    expect(
      /"SecurityGroupIngress":\[.*?0\.0\.0\.0\/0/.exec(groups.replaceAll(/"SecurityGroupEgress":\[[^\]]*\]/g, '')),
    ).toBeNull();
  });

  test('keeps counts where nobody else reaches them, encrypted on disk and on the way', () => {
    template().allResourcesProperties('AWS::RDS::DBInstance', {
      PubliclyAccessible: false,
      StorageEncrypted: true,
      MultiAZ: true,
      DeletionProtection: true,
    });
    template().allResourcesProperties('AWS::ElastiCache::ReplicationGroup', {
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
      AuthToken: Match.anyValue(),
    });
    expect(JSON.stringify(template().findResources('AWS::ElastiCache::ReplicationGroup'))).toContain(
      '{{resolve:secretsmanager:',
    );
  });

  test('is the only one that has a database', () => {
    for (const type of ['AWS::RDS::DBInstance', 'AWS::ElastiCache::ReplicationGroup', 'AWS::EC2::VPC']) {
      expect(findTemplate('lambda', here).findResources(type)).toEqual({});
    }
  });
});
