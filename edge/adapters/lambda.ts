/**
 * The edge as an AWS Lambda function behind a function URL or an HTTP API. Files come from elsewhere (S3 and CloudFront);
 * telemetry is on with PAPEL_TELEMETRY_STORE=cloudwatch.
 */
import { getConnInfo, handle } from 'hono/aws-lambda';
import { createApp } from '../app.ts';
import { readAppOrigins, readDeployment, readMarket } from '../config/read-deployment.ts';
import { readToken } from '../config/read-operations.ts';
import { readSetting, refuse, type Environment } from '../config/settings.ts';
import { logAsJson } from '../http/log.ts';
import { answerProblem } from '../http/problem.ts';
import { countOnce } from '../stores/count-once.ts';
import { cloudWatchDays, printToCloudWatch } from '../stores/emf-store.ts';
import { rememberInDynamo } from '../stores/seen-in-dynamo.ts';
import type { TelemetryStore } from '../stores/telemetry-store.ts';
import { limitInMemory } from '../telemetry/rate-limit.ts';
import { readSecretFiles } from './secret-files.ts';

/** Each instance counts for itself, so this is a brake and no limit: a web application firewall goes before it. */
const batchesPerSecond = 10;

/** Lambda sets these itself, for the role that the function has. */
function readPlatform(environment: Environment, name: string): string {
  return environment[name] ?? refuse(name, 'is not set, which Lambda does.');
}

function openStore(environment: Environment, print: (text: string) => unknown): TelemetryStore {
  const store = printToCloudWatch((line) => print(`${line}\n`));
  const table = readSetting(environment, 'PAPEL_SEEN_EVENTS_TABLE');
  if (table === undefined) return store;
  const seen = rememberInDynamo({
    table,
    region: readPlatform(environment, 'AWS_REGION'),
    credentials: {
      accessKeyId: readPlatform(environment, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: readPlatform(environment, 'AWS_SECRET_ACCESS_KEY'),
      sessionToken: environment['AWS_SESSION_TOKEN'],
    },
    endpoint: environment['AWS_ENDPOINT_URL_DYNAMODB'],
  });
  return countOnce(store, seen);
}

/** @param print takes a line with its end; Lambda brings what is printed to CloudWatch */
export function createHandler(environment: Environment, print: (text: string) => unknown): ReturnType<typeof handle> {
  const { kind } = readSetting(environment, 'PAPEL_TELEMETRY_STORE') ?? { kind: 'none' };
  if (kind !== 'none' && kind !== 'cloudwatch') {
    refuse('PAPEL_TELEMETRY_STORE', 'is not cloudwatch or none, which is all that there is on Lambda.');
  }
  const app = createApp({
    assets: (context) => answerProblem(context, 404, 'There is nothing at this address.'),
    market: readMarket(environment),
    appOrigins: readAppOrigins(environment),
    deployment: {
      ...readDeployment(environment, null),
      retentionDays: kind === 'cloudwatch' ? cloudWatchDays : undefined,
    },
    telemetry:
      kind === 'cloudwatch'
        ? {
            store: openStore(environment, print),
            rateLimit: limitInMemory({ perSecond: batchesPerSecond }),
            addressOf: (context) => getConnInfo(context).remote.address,
          }
        : undefined,
    operations: {
      token: readToken(environment),
      log: logAsJson(print),
      facts: () => ({
        version: environment['AWS_LAMBDA_FUNCTION_VERSION'] ?? 'unknown',
        uptimeSeconds: Math.round(process.uptime()),
        memoryBytes: process.memoryUsage.rss(),
      }),
    },
  });
  return handle(app);
}

export const handler = createHandler(readSecretFiles(process.env), (text) => process.stdout.write(text));
