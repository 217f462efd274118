import type { TextLanguage } from '#contract/text.ts';
import type { Helper } from '#worker/text/recogniser.ts';
import type { HelpDesk } from './help-desk.ts';

/** The page's answer that the other worker is ready comes in this time, unless that still starts. */
const mostWaitMs = 20;

/**
 * Another worker that can read a part of a page. It is asked to start now, so that it is ready when the page is prepared; a page
 * that is prepared before does not wait for it.
 */
export function askForHelper(desk: HelpDesk, languages: readonly TextLanguage[]): Helper {
  const isStarted = desk.ask('text.start', { languages }).then((output) => output !== undefined);
  return {
    isReady: () => Promise.race([isStarted, wait(mostWaitMs).then(() => false)]),
    async recognise(pictures) {
      const buffers = pictures.map(({ values }) => values.buffer);
      return (await desk.ask('text.recognise', { pictures, languages }, buffers))?.lines;
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
