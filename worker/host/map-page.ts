import { prepareDetectorInput, splitMaps, type MapPage } from '#worker/documents/page-maps.ts';
import type { Network } from './networks/network.ts';
import type { Runtime } from './runtime.ts';

/** A device without the detector asks for it again this long after it could not be had, not at every frame. */
const retryAfterMs = 30_000;

const detector = 'document-detection';

/** A photo waits this long for a detector that is still on its way over a slow line; the next one finds it there. */
const longestWaitMs = 8_000;

/** The document detector for photos, which wait for it to start, and for frames of the camera, which do not. */
export interface PageMapper {
  readonly photo: MapPage;
  readonly live: MapPage;
}

/**
 * The document detector on this worker's backend. Where it cannot be had, such as offline before it was ever fetched, there
 * are no maps: pages are then found by lines and colours, and it is asked for again later.
 */
export function createPageMapper(runtime: Pick<Runtime, 'network'>): PageMapper {
  let missingSince = -Infinity;
  let ready: Network | undefined;

  async function start(): Promise<Network | undefined> {
    if (performance.now() - missingSince < retryAfterMs) return undefined;
    try {
      ready = await runtime.network(detector);
    } catch (cause) {
      noteMissing(cause);
    }
    return ready;
  }

  function noteMissing(cause: unknown): void {
    missingSince = performance.now();
    console.warn('Pages are found without the document detector for now.', cause);
  }

  const mapWith = async (network: Network | undefined, photo: Parameters<MapPage>[0]) => {
    if (network === undefined) return undefined;
    try {
      const { maps, presence } = await network.run(prepareDetectorInput(photo));
      if (maps === undefined || presence === undefined)
        throw new Error('The detector gives other outputs than expected');
      return splitMaps(maps, presence[0] ?? 0, `${detector} ${network.version}`);
    } catch (cause) {
      ready = undefined;
      noteMissing(cause);
      return undefined;
    }
  };

  return {
    photo: async (photo) => mapWith(ready ?? (await Promise.race([start(), nothingAfter(longestWaitMs)])), photo),
    live: async (photo) => {
      if (ready === undefined) void start();
      return mapWith(ready, photo);
    },
  };
}

function nothingAfter(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined);
  });
}
