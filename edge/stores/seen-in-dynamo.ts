/**
 * Ids of events in a table of DynamoDB, one item for each session with the set of its ids: adding to the set and learning
 * what was in it before is one step. DynamoDB deletes items by its own time to live, on the attribute `forgetAt`.
 */
import { AwsClient } from 'aws4fetch';
import * as v from 'valibot';
import { rememberDays, type SeenEvents } from './count-once.ts';
import { dayMs } from './telemetry-store.ts';

export interface DynamoOptions {
  /** Its key is the text `session`. */
  readonly table: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  };
  /** In place of the region's own, as in tests. */
  readonly endpoint?: string | undefined;
  readonly now?: () => number;
}

/** Of one try; it usually takes some 10 ms. */
const answerMs = 2_000;

/** The item as it was before; nothing where there was none. */
const answerSchema = v.object({
  Attributes: v.optional(v.object({ ids: v.optional(v.object({ SS: v.array(v.string()) })) })),
});

export function rememberInDynamo({ table, region, credentials, endpoint, now = Date.now }: DynamoOptions): SeenEvents {
  const { sessionToken, ...keys } = credentials;
  const client = new AwsClient({
    ...keys,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    region,
    service: 'dynamodb',
    retries: 2,
  });
  const address = endpoint ?? `https://dynamodb.${region}.amazonaws.com/`;
  return {
    add: async (session, ids) => {
      const answer = await client.fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.UpdateItem' },
        body: JSON.stringify({
          TableName: table,
          Key: { session: { S: session } },
          UpdateExpression: 'SET forgetAt = :forgetAt ADD ids :ids',
          ExpressionAttributeValues: {
            ':ids': { SS: ids },
            ':forgetAt': { N: String(Math.ceil((now() + rememberDays * dayMs) / 1_000)) },
          },
          ReturnValues: 'ALL_OLD',
        }),
        signal: AbortSignal.timeout(answerMs),
      });
      if (!answer.ok) throw new Error(`DynamoDB answered ${answer.status}.`);
      const { Attributes } = v.parse(answerSchema, await answer.json());
      const known = new Set(Attributes?.ids?.SS);
      return ids.filter((id) => !known.has(id));
    },
  };
}
