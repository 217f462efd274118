/** The edge as a Lambda function that only this CloudFront may call, and its table of events that were counted. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { EdgeOrigin } from './site.ts';

/**
 * Of the 1,000 that an account usually has in a region. A request takes some 10 ms, so these carry thousands a second; a
 * flood ends here and not at the account's other functions, or its bill.
 */
const mostAtOnce = 50;

function makeTable(scope: Construct): dynamodb.Table {
  const table = new dynamodb.Table(scope, 'SeenEvents', {
    partitionKey: { name: 'session', type: dynamodb.AttributeType.STRING },
    timeToLiveAttribute: 'forgetAt',
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.AWS_MANAGED,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(table).acknowledge({
    id: 'AwsSolutions-DDB3',
    reason: 'Ids that are forgotten after nine days; a copy would keep them longer than promised.',
  });
  return table;
}

export interface LambdaEdgeOptions {
  /** The folder with lambda.js, as deploy/pipeline/synthesise.mjs builds it. */
  readonly code: string;
  readonly environment: Readonly<Record<string, string>>;
  /** In days: logs hold counts of how Papel runs, and go when those go. */
  readonly logRetention: logs.RetentionDays;
}

export class LambdaEdge {
  readonly function: lambda.Function;
  readonly origin: EdgeOrigin;

  constructor(scope: Construct, { code, environment, logRetention }: LambdaEdgeOptions) {
    const table = makeTable(scope);
    const logGroup = new logs.LogGroup(scope, 'EdgeLogs', {
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(scope, 'EdgeRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    table.grant(role, 'dynamodb:UpdateItem');
    this.function = new lambda.Function(scope, 'Edge', {
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'lambda.handler',
      code: lambda.Code.fromAsset(code),
      role,
      logGroup,
      memorySize: 512,
      // CloudFront waits 30 s; the slowest thing here is one write of 2 s, tried three times.
      timeout: Duration.seconds(10),
      reservedConcurrentExecutions: mostAtOnce,
      environment: {
        ...environment,
        PAPEL_TELEMETRY_STORE: 'cloudwatch',
        PAPEL_SEEN_EVENTS_TABLE: table.tableName,
      },
      description: 'Edge of Papel',
    });
    const url = this.function.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
    this.origin = {
      origin: origins.FunctionUrlOrigin.withOriginAccessControl(url),
      // The signature is for the function's own host. PAPEL_API_BASE tells the edge the one that people see.
      requestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      wantsBodyDigest: true,
    };
  }
}
