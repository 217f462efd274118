import type { FoundFace, HiddenArea } from '#contract/faces.ts';
import { CodedFailure } from '#contract/failures.ts';
import type { Box } from '../faces/read-truth.ts';
import type { Detection, FoundFaces } from '../faces/summarise.ts';
import { facePeerNames, findByPeer } from './face-peers.ts';
import type { PageApi } from './page-api.ts';

/** How a photo that was hidden is asked for. */
const hiddenScheme = 'hidden:';

/**
 * What the suite `faces` asks of the page.
 *
 * @param run runs a job in the built worker
 * @param runOnWasm in a worker of its own, which has its networks on WebAssembly
 */
export function createFacesApi(
  run: PageApi['run'],
  runOnWasm: PageApi['run'],
  fetchBlob: (url: string) => Promise<Blob>,
): PageApi['faces'] {
  let detector = '';
  let lastHidden = { digest: '', photo: new Blob() };
  // The same for each style: looked for once.
  const toHide = new Map<string, readonly FoundFace[]>();
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
      const { stagesMs } = await run('faces.read-frame', { frame: await takeFrame(await fetchBlob(url)) });
      return stagesMs['detect'] ?? Number.NaN;
    },

    digest: async (url) => digestOf(await fetchBlob(url)),

    async findByPeer(name, url) {
      try {
        if (!url.startsWith(hiddenScheme)) return await findByPeer(name, await fetchBlob(url));
        if (url !== `${hiddenScheme}${lastHidden.digest}`) throw new Error('Another photo was hidden last');
        return await findByPeer(name, lastHidden.photo);
      } catch (cause) {
        return failed(cause);
      }
    },

    async findOnBoth(url) {
      const photo = await fetchBlob(url);
      const wasm = await runOnWasm('faces.read-frame', { frame: await takeFrame(photo) });
      const webgl = await run('faces.read-frame', { frame: await takeFrame(photo) });
      return { wasm: wasm.output.faces.map(asDetection), webgl: webgl.output.faces.map(asDetection) };
    },

    async findAfterHiding(url, style) {
      const photo = await fetchBlob(url);
      const faces = toHide.get(url) ?? (await run('faces.find', { photo, purpose: 'hide' })).output.faces;
      toHide.set(url, faces);
      const hidden = await run('faces.hide', { photo, areas: faces.map(asArea), style });
      lastHidden = { digest: await digestOf(hidden.output.photo), photo: hidden.output.photo };
      const again = await run('faces.find', { photo: lastHidden.photo, purpose: 'count' });
      return {
        areas: faces.map(({ box }) => asBox(box)),
        found: again.output.faces.map(asDetection),
        ms: again.stagesMs['detect'] ?? Number.NaN,
        digest: lastHidden.digest,
      };
    },
  };
}

/** What cameras of laptops and phones give for a preview. */
const frameSize = { width: 640, height: 480 };

/** What a camera would give that looks at the photo: as much of it as fills the frame. */
async function takeFrame(file: Blob): Promise<ImageBitmap> {
  const photo = await createImageBitmap(file);
  const { width, height } = frameSize;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('no canvas');
  const scale = Math.max(width / photo.width, height / photo.height);
  context.drawImage(photo, 0, 0, scale * photo.width, scale * photo.height);
  photo.close();
  return context.canvas.transferToImageBitmap();
}

async function digestOf(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
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
