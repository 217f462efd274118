/** For tests: what an engine answers to the jobs of documents. */
import { wholePhoto } from '#contract/images.ts';
import type { JobInput, JobOutput } from '#contract/jobs.ts';
import type { RenderedPage } from '#contract/pages.ts';

export { FakeEngine, failing } from '#src/engine/testing/fake-engine.ts';

export function renderedAs(text: string): RenderedPage {
  return {
    page: new Blob([text]),
    cover: new Blob([`${text} small`]),
    size: { width: 100, height: 140 },
    paper: 'a4',
    quality: { edgeWidthPx: 2, glareShare: 0, paperBrightness: 220, dotsPerInch: 150, warnings: [] },
    version: 7,
  };
}

/** What a scan gives; the result's text names the photo, so that tests see which is which. */
export async function scanOf({ photo, look }: JobInput<'documents.scan'>): Promise<JobOutput<'documents.scan'>> {
  const photoSize = { width: 300, height: 400 };
  const edits = { ...look, corners: wholePhoto(photoSize), turns: 0 } as const;
  return { photoSize, finding: undefined, edits, rendered: renderedAs(`scan of ${await photo.text()}`) };
}
