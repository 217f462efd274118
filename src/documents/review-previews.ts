import { useEffect, useRef, useState } from 'react';
import type { Look, PageEdits } from '#contract/pages.ts';
import { engine } from '#src/engine/engine.ts';
import { latestOnly, type LatestOnly } from './review-latest-only.ts';
import { readPageBlob } from './use-documents.ts';

export interface PreviewOrder {
  readonly pageId: string;
  readonly edits: PageEdits;
  readonly looks: readonly Look[];
  readonly longSidePx: number;
}

/** Addresses of preview pictures by look. */
export type Previews = ReadonlyMap<Look, string>;

const nothing: Previews = new Map();

interface Shown {
  readonly pageId: string;
  /** The edits that the pictures show. */
  readonly edits: PageEdits;
  readonly pictures: Previews;
}

/**
 * Pictures of a page as it would be with these edits, made in the worker; the last ones stay until the next are there.
 * While `order` is undefined there are none.
 */
export function usePreviews(order: PreviewOrder | undefined): {
  readonly pictures: Previews;
  /** What the pictures show; undefined while there are none. */
  readonly of: PageEdits | undefined;
} {
  const [shown, setShown] = useState<Shown>();
  const previewer = useRef<LatestOnly<PreviewOrder | undefined>>(undefined);

  useEffect(() => {
    let current: Shown | undefined;
    const started = latestOnly(
      makePreviews,
      (made) => {
        free(current);
        current = made;
        setShown(made);
      },
      // A preview that fails leaves the last one standing; the page itself says what is wrong with it.
      (cause) => console.warn(cause),
    );
    previewer.current = started;
    return () => {
      started.stop();
      free(current);
    };
  }, []);

  // Edits are compared by what they say: a live query gives a new object for each change of the record.
  const wanted = order === undefined ? '' : JSON.stringify(order);
  useEffect(() => {
    previewer.current?.ask(order);
    // oxlint-disable-next-line react/exhaustive-deps -- `wanted` is `order`
  }, [wanted]);

  const isOurs = shown !== undefined && shown.pageId === order?.pageId;
  return { pictures: isOurs ? shown.pictures : nothing, of: isOurs ? shown.edits : undefined };
}

async function makePreviews(order: PreviewOrder | undefined): Promise<Shown | undefined> {
  if (order === undefined) return undefined;
  const { pageId, edits, looks, longSidePx } = order;
  const photo = await readPageBlob(pageId, 'original');
  if (photo === undefined) return undefined;
  const { previews } = await engine.run('documents.preview', { photo, edits, looks, longSidePx });
  const pictures = new Map(previews.map(({ look, picture }) => [look, URL.createObjectURL(picture)]));
  return { pageId, edits, pictures };
}

function free(shown: Shown | undefined): void {
  for (const url of shown?.pictures.values() ?? []) URL.revokeObjectURL(url);
}
