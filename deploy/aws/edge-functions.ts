/** Functions of Lambda@Edge: they live in us-east-1, in a stack of their own for each region's stack. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { writeProblem } from '../../edge/http/problem.ts';

const locate = (path: string) => new URL(path, import.meta.url);

function makeFunction(
  scope: Construct,
  id: string,
  { code, description }: { readonly code: lambda.Code; readonly description: string },
): lambda.IVersion {
  const made = new cloudfront.experimental.EdgeFunction(scope, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code,
    memorySize: 128,
    timeout: Duration.seconds(5),
    stackId: `${Stack.of(scope).stackName}-functions`,
    description,
  });
  const { role } = made.lambda;
  if (role !== undefined) {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: 'A function of CloudFront logs in whichever region it ran: no one group could be named.',
    });
  }
  return made.currentVersion;
}

/** The digest of a body, which the signature for a function URL needs. */
export function signBodies(scope: Construct): cloudfront.EdgeLambda {
  const code = lambda.Code.fromAsset(fileURLToPath(locate('functions/sign-body')));
  return {
    functionVersion: makeFunction(scope, 'SignBody', { code, description: 'Digest of a body, for a signature' }),
    eventType: cloudfront.LambdaEdgeEventType.ORIGIN_REQUEST,
    includeBody: true,
  };
}

/** The function with the page of the app, and with the edge's own words for programs. */
export function writeMissingFile(): string {
  const page = readFileSync(locate('../../public/404.html'), 'utf8');
  return readFileSync(locate('functions/missing-file.js'), 'utf8')
    .replace("'(page)'", () => JSON.stringify(page))
    .replace("'(problem)'", () => JSON.stringify(writeProblem(404, 'There is nothing at this address.')));
}

/** What is missing in the bucket is said as the edge says it. */
export function answerMissing(scope: Construct): cloudfront.EdgeLambda {
  const code = lambda.Code.fromInline(writeMissingFile());
  return {
    functionVersion: makeFunction(scope, 'MissingFile', { code, description: 'What is said of a missing file' }),
    eventType: cloudfront.LambdaEdgeEventType.ORIGIN_RESPONSE,
  };
}
