import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the line does to one answer. */
export interface Fault {
  /** Breaks off after so many bytes of the body, as a lost network does. */
  readonly cutAfter?: number;
  /** Another answer instead. */
  readonly status?: number;
  /** Changes one byte of the plain file. */
  readonly tampers?: boolean;
}

export interface AskedOverLine {
  readonly path: string;
  readonly range: string | undefined;
  /** Of the body, as far as it came. */
  sentBytes: number;
}

/** A line to a server that the test can disturb. */
export interface UnsteadyLine {
  readonly url: string;
  readonly asked: readonly AskedOverLine[];
  /** Decides over each answer; `undefined` lets it pass. */
  disturb: (path: string, range: string | undefined) => Fault | undefined;
  readonly close: () => Promise<void>;
}

/**
 * Opens a line to the server of that port: what is asked for through it is noted, and passed on unless the test wants
 * otherwise. As a CDN does, it lets every page read its answers.
 *
 * @param host as the browser is to name it; another name is another origin
 */
export async function openLine(port: number, host: 'localhost' | '127.0.0.1' = 'localhost'): Promise<UnsteadyLine> {
  const asked: AskedOverLine[] = [];
  const server = createServer((received, sent) => {
    const path = received.url ?? '/';
    const { range } = received.headers;
    const note = { path, range, sentBytes: 0 };
    asked.push(note);
    const fault = line.disturb(path, range) ?? {};
    if (received.method === 'OPTIONS' || fault.status !== undefined) {
      sent.writeHead(fault.status ?? 204, openToAll).end();
      return;
    }
    pass(port, received, sent, fault, note);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The line has no port.');
  const line: UnsteadyLine = {
    url: `http://${host}:${address.port}`,
    asked,
    disturb: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return line;
}

const openToAll = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Range' };

function pass(port: number, received: IncomingMessage, sent: ServerResponse, fault: Fault, note: AskedOverLine): void {
  const headers = { ...received.headers };
  // A byte of a packed file would make it one that cannot be unpacked, which any browser notices.
  if (fault.tampers) delete headers['accept-encoding'];
  const options = { host: '127.0.0.1', port, path: received.url, method: received.method, headers, agent: false };
  const asking = forward(options, (answer) => {
    sent.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...openToAll });
    answer.on('data', (piece: Buffer) => {
      const room = (fault.cutAfter ?? Infinity) - note.sentBytes;
      const part = piece.subarray(0, room);
      if (fault.tampers && note.sentBytes === 0 && part.length > 0) part[part.length - 1] = (part.at(-1) ?? 0) ^ 1;
      note.sentBytes += part.length;
      sent.write(part, () => {
        if (part.length === room) received.socket.destroy();
      });
    });
    answer.on('end', () => sent.end());
  });
  // The server is gone: so is the line.
  asking.on('error', () => received.socket.destroy());
  sent.on('close', () => asking.destroy());
  asking.end();
}
