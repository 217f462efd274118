import { useLayoutEffect, useState } from 'react';

import type { Size } from '#contract/images.ts';

/** The element's inner size in CSS pixels, and again whenever it changes; `undefined` until it is measured. */
export function useElementSize(element: { readonly current: HTMLElement | null }): Size | undefined {
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    const watched = element.current;
    if (watched === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
