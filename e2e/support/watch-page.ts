import type { BrowserContext } from '@playwright/test';

export interface SentRequest {
  readonly url: string;
  readonly method: string;
  /** Whether anything but the address and the browser's own headers went along. */
  readonly hasBody: boolean;
}

export interface PageWatch {
  /** Everything that any page, worker or service worker of the context asked for, in order. */
  readonly requests: readonly SentRequest[];
  /** Console errors, uncaught errors and refusals by the content security policy. */
  readonly problems: readonly string[];
  /** Takes problems that a test provokes off the list. */
  readonly allow: (pattern: RegExp) => void;
  /** Lets pages read from another origin, which a test provides; nothing may be sent there. */
  readonly allowReading: (url: string) => void;
  readonly readable: readonly string[];
}

export function watchContext(context: BrowserContext): PageWatch {
  const requests: SentRequest[] = [];
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  const readable: string[] = [];
  context.on('request', (request) => {
    requests.push({ url: request.url(), method: request.method(), hasBody: request.postDataBuffer() !== null });
  });
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (webError) => {
    const error = webError.error();
    problems.push(`uncaught: ${error.stack ?? error.message}`);
  });
  return {
    requests,
    get problems() {
      return problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)));
    },
    allow: (pattern) => allowed.push(pattern),
    allowReading: (url) => readable.push(new URL(url).origin),
    readable,
  };
}

/**
 * Requests that could carry something off the device: to anywhere but the app, or with a body or in a way that sends.
 * data: and blob: are made on the device and stay there.
 */
export function sendingRequests(
  requests: readonly SentRequest[],
  origin: string,
  readable: readonly string[] = [],
): readonly SentRequest[] {
  const origins = new Set([origin, ...readable]);
  return requests
    .filter(({ url }) => !/^(?:data|blob|about):/.test(url))
    .filter(({ url, method, hasBody }) => !origins.has(new URL(url).origin) || method !== 'GET' || hasBody);
}
