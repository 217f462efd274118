import type { FoundFace, HiddenArea } from '#contract/faces.ts';
import { CodedFailure } from '#contract/failures.ts';
import type { HiddenPhoto } from '../faces/judge-hiding.ts';
import type { Box } from '../faces/read-truth.ts';
import type { Detection, FoundFaces } from '../faces/summarise.ts';
import { facePeerNames, findByPeer } from './face-peers.ts';
import type { PageApi } from './page-api.ts';

/** What the suite `faces` asks of the page. @param run runs a job in the built worker */
export function createFacesApi(run: PageApi['run'], fetchBlob: (url: string) => Promise<Blob>): PageApi['faces'] {
  let detector = '';
  return {
    peerNames: () => facePeerNames,
    detector: () => detector,

    async find(url) {
      try {
        const { output, stagesMs } = await run('faces.find', { photo: await fetchBlob(url), purpose: 'count' });
        detector = output.detector;
        return {
          faces: output.faces.map(asDetection),
          imageHeight: output.photoSize.height,
          ms: stagesMs['detect'] ?? Number.NaN,
          decodeMs: stagesMs['decode'] ?? Number.NaN,
        };
      } catch (cause) {
        return failed(cause);
      }
    },

    async timeFrame(url) {
      const photo = await createImageBitmap(await fetchBlob(url));
      const { width, height } = frameSize;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      const scale = Math.max(width / photo.width, height / photo.height);
      context?.drawImage(photo, 0, 0, scale * photo.width, scale * photo.height);
      photo.close();
      const frame = context?.canvas.transferToImageBitmap();
      if (frame === undefined) throw new Error('no canvas');
      const { stagesMs } = await run('faces.read-frame', { frame });
      return stagesMs['detect'] ?? Number.NaN;
    },

    async findByPeer(name, url) {
      try {
        return await findByPeer(name, await fetchBlob(url));
      } catch (cause) {
        return failed(cause);
      }
    },

    async findAfterHiding(url, style, peerNames) {
      const photo = await fetchBlob(url);
      const { output } = await run('faces.find', { photo, purpose: 'hide' });
      const hidden = await run('faces.hide', { photo, areas: output.faces.map(asArea), style });
      return {
        areas: output.faces.map(({ box }) => asBox(box)),
        after: await findEverywhere(run, hidden.output.photo, peerNames),
      };
    },
  };
}

/** What cameras of laptops and phones give for a preview. */
const frameSize = { width: 640, height: 480 };

async function findEverywhere(
  run: PageApi['run'],
  photo: Blob,
  peerNames: readonly string[],
): Promise<HiddenPhoto['after']> {
  const { output } = await run('faces.find', { photo, purpose: 'count' });
  const after: Record<string, readonly Detection[]> = { papel: output.faces.map(asDetection) };
  for (const name of peerNames) after[name] = (await findByPeer(name, photo)).faces;
  return after;
}

function asDetection({ box, score }: FoundFace): Detection {
  return { box: asBox(box), score };
}

function asBox({ x, y, width, height }: HiddenArea['box']): Box {
  return [x, y, width, height];
}

function asArea({ box }: FoundFace): HiddenArea {
  return { box, shape: 'ellipse' };
}

function failed(cause: unknown): FoundFaces {
  const error = cause instanceof CodedFailure ? `${cause.failure.code}: ${cause.message}` : String(cause);
  return { faces: [], imageHeight: 1, ms: 0, decodeMs: 0, error };
}
