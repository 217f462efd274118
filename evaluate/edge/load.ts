/** A client that costs little: bytes written to sockets that stay open, answers read up to their end. */
import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Line {
  /** @throws when the connection ends before the answer */
  readonly ask: (request: Buffer | string) => Promise<Answer>;
  readonly close: () => void;
}

/** @returns the answer's length in bytes; nothing while it is not whole */
function measureAnswer(received: string): number | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, headEnd + 2))?.[1];
  if (length !== undefined) {
    const end = headEnd + 4 + Number(length);
    return received.length >= end ? end : undefined;
  }
  const end = received.indexOf('0\r\n\r\n', headEnd);
  return end < 0 ? undefined : end + 5;
}

export function openLine(port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    let waiting: { resolve: (answer: Answer) => void; reject: (cause: unknown) => void } | undefined;
    let received = '';
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
      resolve({
        ask: (request) =>
          new Promise((answered, failed) => {
            if (socket.destroyed) {
              failed(new Error('The connection has ended.'));
              return;
            }
            waiting = { resolve: answered, reject: failed };
            socket.write(request);
          }),
        close: () => socket.destroy(),
      });
    });
    const end = () => {
      waiting?.reject(new Error('The connection has ended.'));
      waiting = undefined;
    };
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      received += piece;
      const length = measureAnswer(received);
      if (length === undefined) return;
      const text = received.slice(0, length);
      received = received.slice(length);
      const { resolve: answer } = waiting ?? {};
      waiting = undefined;
      answer?.({ status: Number(text.slice(9, 12)), text });
    });
    socket.on('error', (cause) => {
      reject(cause);
      end();
    });
    socket.on('close', end);
  });
}

export interface LoadResult {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/**
 * Asks over so many connections, each again when it was answered, or, with `perSecond`, at fixed times: then an answer's
 * time counts from when it was due, so that waiting behind a slow one shows.
 */
export async function load(
  port: number,
  makeRequest: () => Buffer | string,
  {
    connections,
    seconds,
    expected,
    perSecond,
  }: { connections: number; seconds: number; expected: number; perSecond?: number },
): Promise<LoadResult> {
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(port)));
  const times: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  let due = startedAt;
  await Promise.all(
    lines.map(async (line) => {
      while (performance.now() < endsAt) {
        const request = makeRequest();
        let from = performance.now();
        if (perSecond !== undefined) {
          due += 1_000 / perSecond;
          const wait = due - performance.now();
          from = due;
          if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        }
        const { status, text } = await line.ask(request);
        if (status !== expected) throw new Error(`Answered ${status}: ${text.slice(-200)}`);
        times.push(performance.now() - from);
      }
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1_000;
  for (const line of lines) line.close();
  return { perSecond: times.length / elapsed, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
