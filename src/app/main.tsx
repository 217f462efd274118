import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';

import { startOffline } from '#src/offline/register.ts';
import { applyRegion, regionLanguages } from '#src/regions/regions.ts';
import { openStore } from '#src/store/store.ts';
import { theSettings } from '#src/store/use-settings.ts';
import { pickLanguage } from '#src/ui/translations/languages.ts';
import { startTranslations } from '#src/ui/translations/translations.ts';

import '#src/ui/theme.css';
import '#src/ui/base.css';
import { openRouter } from './routes.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html lacks #root');

/** As long as a deletion can be undone: in a tab that stays open, it is gone for good after twice that time at most. */
const purgeEveryMs = 10 * 60_000;

/** A reload would close the viewfinder under the user's hand, and what a tool has not saved yet would be gone. */
function isInHand(): boolean {
  const { pathname } = globalThis.location;
  if (pathname.startsWith('/scan') || pathname.startsWith('/tools/')) return true;
  return pathname.startsWith('/sheets/') && pathname.endsWith('/camera');
}

/* Not awaited at the top level: chunks import from this one, and would wait for it while it waits for them. */
async function start(into: Element): Promise<void> {
  const regionAsked = applyRegion();
  await openStore();
  const { language } = await theSettings().getSettings();
  await startTranslations(language ?? pickLanguage([...navigator.languages, ...regionLanguages()]));
  const router = openRouter();
  createRoot(into).render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  );

  startBehindScreens(regionAsked).catch((cause: unknown) => console.error(cause));
}

const retryMs = 10_000;

/** Over a bad line a part may not come: the screens stay, photos wait in the store, and it is asked for again. */
async function fetchUntilThere<Part>(fetchPart: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await fetchPart();
    } catch (cause) {
      console.error(cause);
      await wait(retryMs);
    }
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Of pages there may be many in a first visit already; sheets and texts come once the first screen has all it needs. */
const othersAfterMs = 2000;

/** Photos of an earlier session may wait. The engine behind the queues starts with the first of them, not before. */
async function startBehindScreens(regionAsked: ReturnType<typeof applyRegion>): Promise<void> {
  const [documents, { startCounting }] = await fetchUntilThere(() =>
    Promise.all([import('#src/documents/flow.ts'), import('./start-counting.ts')]),
  );
  startCounting(regionAsked);
  const queues: { readonly isWorking: boolean }[] = [documents.theQueue()];
  void documents.theQueue().start();
  void startOffline({ isBusy: () => isInHand() || queues.some(({ isWorking }) => isWorking) });

  await wait(othersAfterMs);
  const [sheets, texts] = await fetchUntilThere(() =>
    Promise.all([import('#src/answer-sheets/flow.ts'), import('#src/text/flow.ts')]),
  );
  for (const queue of [sheets.theSheetQueue(), texts.theTextQueue()]) {
    queues.push(queue);
    void queue.start();
  }
  const purge = () => {
    void documents.purgeDeleted();
    void sheets.purgeDeleted();
  };
  purge();
  setInterval(purge, purgeEveryMs);
}

start(root).catch((cause: unknown) => {
  console.error(cause);
  // Nothing is there to translate with.
  root.textContent =
    'Papel did not start. Load this page again. / Hindi nagbukas ang Papel. Buksan ulit ang pahinang ito.';
});
