/** The app's files and the one address: a private bucket behind CloudFront, with the edge below /api. */
import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { securityHeaders } from '../../edge/http/security-headers.ts';
import { answerMissing, signBodies } from './edge-functions.ts';
import { listCountries, type HostRegion, type Settings } from './settings.ts';

/** How requests reach the edge. */
export interface EdgeOrigin {
  readonly origin: cloudfront.IOrigin;
  readonly requestPolicy: cloudfront.IOriginRequestPolicy;
  /** Whether the origin wants the digest of a request's body. */
  readonly wantsBodyDigest: boolean;
}

const functionFile = (name: string) => fileURLToPath(new URL(`functions/${name}`, import.meta.url));

function takeHeader(headers: Map<string, string>, name: string): string {
  const value = headers.get(name);
  if (value === undefined) throw new Error(`The edge has no header ${name}.`);
  headers.delete(name);
  return value;
}

function takeExactly(headers: Map<string, string>, name: string, expected: string): void {
  const value = takeHeader(headers, name);
  if (value !== expected) throw new Error(`CloudFront's ${name} is ${expected}, the edge's ${value}.`);
}

/** The edge's own headers, on every answer: CloudFront keeps some of them apart, and takes the others as they are. */
function makeHeaders(scope: Construct, apiBase: string): cloudfront.ResponseHeadersPolicy {
  const headers = new Map(Object.entries(securityHeaders({ cdnBase: null, apiBase })));
  const override = true;
  const transport = /^max-age=(\d+); includeSubDomains$/.exec(takeHeader(headers, 'Strict-Transport-Security'));
  if (transport === null) throw new Error('Strict-Transport-Security is none that CloudFront could say.');
  takeExactly(headers, 'Referrer-Policy', 'no-referrer');
  takeExactly(headers, 'X-Frame-Options', 'DENY');
  takeExactly(headers, 'X-Content-Type-Options', 'nosniff');
  return new cloudfront.ResponseHeadersPolicy(scope, 'Headers', {
    comment: 'As edge/http/security-headers.ts',
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: takeHeader(headers, 'Content-Security-Policy'), override },
      contentTypeOptions: { override },
      frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override },
      referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER, override },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.seconds(Number(transport[1])),
        includeSubdomains: true,
        override,
      },
    },
    customHeadersBehavior: {
      customHeaders: [...headers].map(([header, value]) => ({ header, value, override })),
    },
  });
}

/** CloudFront leaves compressed answers alone, or packs them anew, unless both encodings are in the cache's key. */
const bothEncodings = { enableAcceptEncodingGzip: true, enableAcceptEncodingBrotli: true } as const;

/** Where a file is missing, people and programs are told so in ways of their own: functions/viewer-request.js says who asks. */
const byAsker = { ...bothEncodings, headerBehavior: cloudfront.CacheHeaderBehavior.allowList('x-papel-page') } as const;

function makeBucket(scope: Construct): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'Files', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // The shell of the version before, if an upload was the wrong one.
    versioned: true,
    lifecycleRules: [
      { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions-S1',
    reason: 'Public files only. Who asks for them, and when, is nobody’s business: pupils use this.',
  });
  return bucket;
}

export class Site {
  readonly bucket: s3.Bucket;
  readonly distribution: cloudfront.Distribution;

  constructor(
    scope: Construct,
    settings: Settings,
    { host, region, edge }: { host: string; region: HostRegion; edge: EdgeOrigin },
  ) {
    this.bucket = makeBucket(scope);
    const files = origins.S3BucketOrigin.withOriginAccessControl(this.bucket, {
      // Who may list is told 404 of a missing file, and 403 otherwise. Nobody can list through CloudFront: it asks for
      // objects by name, and passes no query.
      originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
    });
    const responseHeadersPolicy = makeHeaders(scope, `https://${host}`);
    const viewerRequest = new cloudfront.Function(scope, 'ViewerRequest', {
      code: cloudfront.FunctionCode.fromFile({ filePath: functionFile('viewer-request.js') }),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
      comment: 'Addresses of the app, and forms of files',
    });
    const shared = {
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy,
    };
    const ofFiles = {
      ...shared,
      origin: files,
      compress: true,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD,
      functionAssociations: [{ function: viewerRequest, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
      edgeLambdas: [answerMissing(scope)],
    };
    const ofEdge = {
      ...shared,
      origin: edge.origin,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      originRequestPolicy: edge.requestPolicy,
    };
    const year = Duration.days(365);
    this.distribution = new cloudfront.Distribution(scope, 'Distribution', {
      comment: `Papel, ${host}`,
      domainNames: [host],
      certificate: acm.Certificate.fromCertificateArn(scope, 'Certificate', settings.certificateArn),
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      priceClass: cloudfront.PriceClass.PRICE_CLASS_ALL,
      defaultRootObject: 'index.html',
      ...(settings.webAclArn === undefined ? {} : { webAclId: settings.webAclArn }),
      ...(settings.geoAllowList
        ? { geoRestriction: cloudfront.GeoRestriction.allowlist(...listCountries(region)) }
        : {}),
      // No error responses: they hold for the whole distribution, and would answer a missing model with a page.
      defaultBehavior: {
        ...ofFiles,
        cachePolicy: new cloudfront.CachePolicy(scope, 'ShellCache', {
          comment: 'As the object says, which is no-cache',
          minTtl: Duration.seconds(0),
          defaultTtl: Duration.seconds(0),
          maxTtl: year,
          ...byAsker,
        }),
      },
      additionalBehaviors: {
        'assets/*': {
          ...ofFiles,
          cachePolicy: new cloudfront.CachePolicy(scope, 'AssetCache', {
            comment: 'Names that have a digest of their content',
            minTtl: Duration.seconds(0),
            defaultTtl: year,
            maxTtl: year,
            ...byAsker,
          }),
        },
        'api/telemetry': {
          ...ofEdge,
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
          ...(edge.wantsBodyDigest ? { edgeLambdas: [signBodies(scope)] } : {}),
        },
        'api/*': { ...ofEdge, allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS },
        health: { ...ofEdge, allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD },
        ready: { ...ofEdge, allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD },
      },
    });
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR3',
        reason: 'Access logs would hold addresses of pupils and what they opened. CloudWatch counts without them.',
      },
      ...(settings.webAclArn === undefined
        ? [
            {
              id: 'AwsSolutions-CFR2',
              reason:
                'Static files, and an edge that keeps nothing about anyone; `webAclArn` puts a firewall before both.',
            },
          ]
        : []),
      ...(settings.geoAllowList
        ? []
        : [
            {
              id: 'AwsSolutions-CFR1',
              reason: 'Teachers travel; `geoAllowList` lets in the countries of the registry only.',
            },
          ]),
    );
    const zone = route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', {
      hostedZoneId: settings.hostedZone.id,
      zoneName: settings.hostedZone.name,
    });
    const target = route53.RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    new route53.ARecord(scope, 'AddressV4', { zone, recordName: `${host}.`, target });
    new route53.AaaaRecord(scope, 'AddressV6', { zone, recordName: `${host}.`, target });
  }
}
