/** What remembers ids, for tests: a DynamoDB in memory by its protocol, and Durable Objects in this process. */
import { AwsClient } from 'aws4fetch';
import dynalite from 'dynalite';
import { SeenEvents, type ObjectNamespace } from './seen-in-durable-objects.ts';

interface OpenObjects {
  readonly namespace: ObjectNamespace;
  /** By the name that they were made for. */
  readonly objects: ReadonlyMap<string, SeenEvents>;
}

function openObject(): SeenEvents {
  const entries = new Map<string, unknown>();
  return new SeenEvents({
    storage: {
      get: (keys) => Promise.resolve(new Map([...entries].filter(([key]) => keys.includes(key)))),
      put: async (added) => {
        for (const [key, value] of Object.entries(added)) entries.set(key, value);
      },
      setAlarm: () => Promise.resolve(),
      deleteAll: async () => entries.clear(),
    },
  });
}

/** As Cloudflare has them: one for each name, and a request waits for the one before. */
export function openObjects(): OpenObjects {
  const objects = new Map<string, SeenEvents>();
  let last: Promise<unknown> = Promise.resolve();
  const namespace: ObjectNamespace = {
    idFromName: (name) => ({ name }),
    get: (id) => ({
      fetch: (address, init) => {
        const name = 'name' in id ? String(id.name) : '';
        const object = objects.get(name) ?? openObject();
        objects.set(name, object);
        const answer = last.then(() => object.fetch(new Request(address, init)));
        last = answer;
        return answer;
      },
    }),
  };
  return { namespace, objects };
}

export interface RunningDynamo {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** @param table that it has, for ids of events */
export async function startDynamo(table: string): Promise<RunningDynamo> {
  const server = dynalite({ createTableMs: 0 });
  const endpoint = await new Promise<string>((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(`http://127.0.0.1:${address.port}/`);
      else reject(new Error('DynamoDB has no port.'));
    });
  });
  const client = new AwsClient({
    accessKeyId: 'a',
    secretAccessKey: 'b',
    region: 'ap-southeast-1',
    service: 'dynamodb',
  });
  const answer = await client.fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.CreateTable' },
    body: JSON.stringify({
      TableName: table,
      AttributeDefinitions: [{ AttributeName: 'session', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'session', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  });
  if (!answer.ok) throw new Error(`The table was not made: ${await answer.text()}`);
  return {
    endpoint,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}
