/**
 * `node deploy/pipeline/smoke.mjs <address> [--no-browser] [--any-speed]`: whether a deployment is the app that it should be, from
 * outside: health, configuration, files with their headers, what is missing is missing, and in a browser the check of
 * the device (engine, model, backends) and the time to the first screen. Ends with 1 and says what is other.
 */
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { provideChromium } from '../../scripts/chromium.mjs';

/** Says nothing of times: for a machine that is busy with other things. */
const isAnySpeed = process.argv.includes('--any-speed');
/** A first screen on a good line takes about a second. */
const mostFirstScreenMs = isAnySpeed ? Infinity : 5_000;
/** Of 60 requests, one after the other, from wherever this runs. */
const mostConfigP95Ms = isAnySpeed ? Infinity : 1_500;

/** @typedef {{ name: string, check: (base: string) => Promise<string | undefined> }} Check what is other, or undefined */

/**
 * @param {string} address
 * @param {RequestInit} [options]
 */
const ask = (address, options) =>
  fetch(address, { redirect: 'error', signal: AbortSignal.timeout(15_000), ...options });

/** @param {Response} answer */
const typeOf = (answer) => answer.headers.get('content-type') ?? '';

/**
 * @param {boolean} isRight
 * @param {string} otherwise
 */
const unless = (isRight, otherwise) => (isRight ? undefined : otherwise);

/** @type {Check[]} */
export const checks = [
  {
    name: 'alive',
    check: async (base) => {
      const { status } = await ask(`${base}/health`);
      return unless(status === 200, `/health answers ${status}`);
    },
  },
  {
    name: 'configuration of each market, and none of another',
    check: async (base) => {
      const known = await Promise.all(
        ['US', 'UK', 'EU', 'AU', 'PH'].map(async (market) => {
          const answer = await ask(`${base}/api/config?market=${market}`);
          return answer.status === 200 && (await answer.json()).market === market;
        }),
      );
      const { status } = await ask(`${base}/api/config?market=constructor`);
      return unless(known.every(Boolean) && status === 404, 'a market is missing, or one too many is there');
    },
  },
  {
    name: 'the page, and the same for addresses of the app',
    check: async (base) => {
      const headers = { accept: 'text/html' };
      const [home, route] = await Promise.all(['/', '/library'].map((path) => ask(base + path, { headers })));
      const sameText = (await home?.text()) === (await route?.text());
      const policy = home?.headers.get('content-security-policy') ?? '';
      const isolated = home?.headers.get('cross-origin-embedder-policy') === 'require-corp';
      return (
        unless(home?.status === 200 && route?.status === 200 && sameText, 'a route is not the app') ??
        unless(policy.includes("default-src 'self'") && policy.includes('trusted-types'), 'the policy is missing') ??
        unless(isolated, 'the page is not isolated') ??
        unless(/no-cache|max-age=0/.test(home?.headers.get('cache-control') ?? ''), 'the page may be kept')
      );
    },
  },
  {
    name: 'scripts are compressed and kept for good',
    check: async (base) => {
      const script = /src="(?<path>\/assets\/[^"]+\.js)"/.exec(await (await ask(`${base}/`)).text())?.groups?.['path'];
      if (script === undefined) return 'the page names no script';
      const answer = await ask(base + script);
      return (
        unless(answer.status === 200 && typeOf(answer).includes('javascript'), `${script} is ${typeOf(answer)}`) ??
        unless((answer.headers.get('cache-control') ?? '').includes('immutable'), 'a script is not immutable') ??
        // `fetch` has unpacked it already, and leaves the header.
        unless(
          ['br', 'gzip', 'zstd'].includes(answer.headers.get('content-encoding') ?? ''),
          'a script is not compressed',
        )
      );
    },
  },
  {
    name: 'what is missing is missing, and said so to people and to programs',
    check: async (base) => {
      const address = `${base}/assets/missing-00000000.bin`;
      const accepts = ['text/html', '*/*'];
      const [page, problem] = await Promise.all(accepts.map((accept) => ask(address, { headers: { accept } })));
      const text = (await page?.text()) ?? '';
      return (
        unless(page?.status === 404 && problem?.status === 404, `a missing file answers ${page?.status}`) ??
        unless(text.includes('<h1') && !text.includes('<div id="root"'), 'people see no page that says so') ??
        unless(problem !== undefined && typeOf(problem) === 'application/problem+json', 'programs get no problem')
      );
    },
  },
  {
    name: 'the service worker is asked for anew',
    check: async (base) => {
      const answer = await ask(`${base}/sw.js`);
      const caching = answer.headers.get('cache-control') ?? '';
      return unless(answer.status === 200 && /no-cache|max-age=0/.test(caching), `sw.js: ${answer.status}, ${caching}`);
    },
  },
  {
    name: `configuration within ${mostConfigP95Ms} ms at p95`,
    check: async (base) => {
      const times = [];
      for (let round = 0; round < 60; round += 1) {
        const startedAt = performance.now();
        await (await ask(`${base}/api/config?market=PH`)).arrayBuffer();
        times.push(performance.now() - startedAt);
      }
      const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Infinity;
      return unless(p95 <= mostConfigP95Ms, `${p95.toFixed(0)} ms`);
    },
  },
];

/** @type {Check} */
const browserCheck = {
  name: `first screen within ${mostFirstScreenMs} ms, and this device checked by the app itself`,
  check: async (base) => {
    const browser = await chromium.launch({ executablePath: await provideChromium() });
    try {
      const page = await browser.newPage({ locale: 'en-GB' });
      /** @type {string[]} */
      const errors = [];
      page.on('pageerror', (error) => errors.push(error.message));
      const startedAt = performance.now();
      await page.goto(base);
      await page.getByRole('navigation').first().waitFor();
      const firstScreenMs = performance.now() - startedAt;
      await page.goto(`${base}/settings`);
      const section = page.getByRole('region', { name: 'Check this device' });
      await section.getByRole('button').first().click();
      await section.getByRole('listitem').first().waitFor({ timeout: 120_000 });
      return (
        unless(errors.length === 0, errors.join('; ')) ??
        unless(firstScreenMs <= mostFirstScreenMs, `${firstScreenMs.toFixed(0)} ms`)
      );
    } finally {
      await browser.close();
    }
  },
};

/**
 * @param {string} base address without a slash at its end
 * @param {readonly Check[]} list
 * @returns {Promise<{ name: string, other: string | undefined }[]>}
 */
export async function runChecks(base, list) {
  const results = [];
  for (const { name, check } of list) {
    const other = await check(base).catch((/** @type {unknown} */ cause) =>
      cause instanceof Error ? cause.message : String(cause),
    );
    results.push({ name, other });
  }
  return results;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const address = process.argv[2];
  if (address === undefined) throw new Error('Which address?');
  const list = process.argv.includes('--no-browser') ? checks : [...checks, browserCheck];
  const results = await runChecks(address.replace(/\/$/, ''), list);
  for (const { name, other } of results) {
    process.stdout.write(other === undefined ? `- ${name}: as it should be\n` : `- **${name}: ${other}**\n`);
  }
  if (results.some(({ other }) => other !== undefined)) process.exitCode = 1;
}
