/** Trusted Types in the built app: contract/trusted-types.ts. That the app itself lives with them, every other spec shows. */
import type { ScriptScope } from '#contract/trusted-types.ts';
import { expect, test } from './support/test.ts';

/** What a page or a worker says to each way of running or drawing a text: `ran`, or the kind of error. */
function tryTexts(): Promise<Record<string, string>> {
  const attempt = (work: () => unknown) => {
    try {
      work();
      return 'ran';
    } catch (cause) {
      return cause instanceof Error ? cause.name : 'thrown';
    }
  };
  const element = document.createElement('div');
  const script = document.createElement('script');
  return Promise.resolve({
    'markup of text': attempt(() => (element.innerHTML = '<img src=x onerror=alert(1)>')),
    'no markup': attempt(() => (element.innerHTML = '')),
    'a document of text': attempt(() => new DOMParser().parseFromString('<p>', 'text/html')),
    'a script of text': attempt(() => (script.textContent = 'alert(1)')),
    'a script elsewhere': attempt(() => (script.src = 'https://elsewhere.example/x.js')),
    'a file that is no script': attempt(() => (script.src = '/api/config')),
    'a worker of text': attempt(() => new Worker(URL.createObjectURL(new Blob(['1'])))),
    'a worker elsewhere': attempt(() => new Worker('https://elsewhere.example/x.js')),
    'another policy': attempt(() => {
      const { trustedTypes }: ScriptScope = globalThis;
      trustedTypes?.createPolicy('mine', { createScriptURL: (address) => address });
    }),
  });
}

test('nothing that is a text becomes code or markup', async ({ page, watch }) => {
  watch.allow(/TrustedHTML|TrustedScript|trusted-types/);
  await page.goto('/');
  await expect(page.getByRole('main')).toBeVisible();
  expect(await page.evaluate(tryTexts)).toEqual({
    'markup of text': 'TypeError',
    'no markup': 'ran',
    'a document of text': 'TypeError',
    'a script of text': 'TypeError',
    'a script elsewhere': 'TypeError',
    'a file that is no script': 'TypeError',
    'a worker of text': 'TypeError',
    'a worker elsewhere': 'TypeError',
    'another policy': 'TypeError',
  });
});

test('the scripts of workers and of the service worker come under the same policy', async ({
  page,
  request,
  watch,
}) => {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Check now' }).click();
  const scripts = () =>
    watch.requests.map(({ url }) => new URL(url).pathname).filter((path) => path.includes('/worker-'));
  await expect.poll(() => scripts().length, { timeout: 60_000 }).toBeGreaterThan(0);
  for (const path of [...scripts(), '/sw.js']) {
    const policy = (await request.get(path)).headers()['content-security-policy'];
    expect(policy, path).toContain("require-trusted-types-for 'script'; trusted-types papel default");
  }
});
