import type { BrowserContext } from '@playwright/test';

export interface PageWatch {
  /** Every address that any page, worker or service worker of the context asked for, in order. */
  readonly requests: readonly string[];
  /** Console errors, uncaught errors and refusals by the content security policy. */
  readonly problems: readonly string[];
  /** Takes problems that a test provokes off the list. */
  readonly allow: (pattern: RegExp) => void;
}

export function watchContext(context: BrowserContext): PageWatch {
  const requests: string[] = [];
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  context.on('request', (request) => requests.push(request.url()));
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
  };
}

/** Addresses that lead away from the app; data: and blob: are made on the device and stay there. */
export function leavingRequests(requests: readonly string[], origin: string): readonly string[] {
  return requests.filter(
    (url) => !/^(?:data|blob|about|chrome-extension):/.test(url) && new URL(url).origin !== origin,
  );
}
