import { createClient } from '@redis/client';

/** What is used of Redis. Nothing waits for a connection that is lost: a command fails at once, and the caller decides. */
export type RedisConnection = ReturnType<typeof makeClient>;

function makeClient(url: string) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2_000,
      // Tries for ever, ten seconds apart at most, with jitter so that replicas do not come back in step.
      reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 10_000) * (0.5 + Math.random() / 2),
    },
  });
  // Said by /ready and by whichever command fails; without a listener it would end the process.
  client.on('error', () => {});
  return client;
}

/** Connects in the background; until it is, commands fail. */
export function connectRedis(url: string): RedisConnection {
  const client = makeClient(url);
  void client.connect().catch(() => {});
  return client;
}

/** How long an answer is waited for: a line that is cut without a word shows no other way. */
const answerMs = 2_000;

/** @throws when Redis is not there, or does not answer in time */
export async function withinTime<T>(answer: Promise<T>, limitMs = answerMs): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in time.')), limitMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
