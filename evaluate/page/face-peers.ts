import * as v from 'valibot';
import type { Box } from '../faces/read-truth.ts';
import type { Detection, FoundFaces } from '../faces/summarise.ts';

/*
 * Other detectors with the weights that they ship, each as its authors' example runs it, on the page itself: neither is made
 * for workers. Their files are served from evaluate/peers; what they give is parsed, as nothing types it here.
 */

type Find = (picture: OffscreenCanvas) => Promise<readonly Detection[]>;

/** Where the harness serves the installed packages, and the wasm of tfjs 4.22, which both bundle without it. */
const packages = '/peers/@vladmandic/';
const tfjsWasm = '/tfjs-wasm/';

/** Most faces that a peer may tell of; the crowds of the set have fewer. */
const mostFaces = 200;

/** By name, version and threshold: under that, answers are kept from run to run. */
const peers: readonly { readonly name: string; readonly start: () => Promise<Find> }[] = [
  { name: '@vladmandic/human 3.3.6 at 0.2', start: startHuman },
  { name: '@vladmandic/face-api 1.7.15 SSD at 0.5', start: startFaceApi },
];

/**
 * Threads of tfjs start from a script made of text, which the policy refuses, and then its start waits for ever. One thread is
 * what our own backend has here, too.
 */
async function withoutThreads(tf: unknown): Promise<void> {
  await call(await call(tf, 'env'), 'set', 'WASM_HAS_MULTITHREAD_SUPPORT', false);
}

export const facePeerNames: readonly string[] = peers.map(({ name }) => name);

const started = new Map<string, Promise<Find>>();

export async function findByPeer(name: string, photo: Blob): Promise<FoundFaces> {
  const peer = peers.find((candidate) => candidate.name === name);
  if (peer === undefined) throw new Error(`No peer ${name}`);
  const starting = started.get(name) ?? peer.start();
  started.set(name, starting);
  const find = await starting;
  const decodingAt = performance.now();
  const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
  const picture = new OffscreenCanvas(bitmap.width, bitmap.height);
  picture.getContext('2d', { willReadFrequently: true })?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const startedAt = performance.now();
  const faces = await find(picture);
  return {
    faces,
    imageHeight: picture.height,
    ms: performance.now() - startedAt,
    decodeMs: startedAt - decodingAt,
  };
}

const box = v.tuple([v.number(), v.number(), v.number(), v.number()]);
const humanResult = v.object({ face: v.array(v.object({ box, boxScore: v.number() })) });

/** Its own detector alone: no mesh, no recognition. Boxes are not enlarged, and more than one face may be told of. */
async function startHuman(): Promise<Find> {
  const library: unknown = await import(/* @vite-ignore */ `${packages}human/dist/human.esm.js`);
  const off = { enabled: false };
  const human = construct(property(library, 'Human'), {
    backend: 'wasm',
    wasmPath: tfjsWasm,
    modelBasePath: `${packages}human/models/`,
    cacheSensitivity: 0,
    warmup: 'none',
    filter: off,
    face: {
      enabled: true,
      detector: { modelPath: 'blazeface.json', maxDetected: mostFaces, minConfidence: 0.2, rotation: false, scale: 1 },
      mesh: off,
      iris: off,
      emotion: off,
      description: off,
    },
    body: off,
    hand: off,
    object: off,
    gesture: off,
    segmentation: off,
  });
  await withoutThreads(property(human, 'tf'));
  return async (picture) => {
    const { face } = v.parse(humanResult, await call(human, 'detect', picture));
    return face.map((found) => ({ box: toBox(found.box), score: found.boxScore }));
  };
}

const faceApiResult = v.array(
  v.object({
    score: v.number(),
    box: v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() }),
  }),
);

async function startFaceApi(): Promise<Find> {
  const library: unknown = await import(/* @vite-ignore */ `${packages}face-api/dist/face-api.esm.js`);
  const tf = property(library, 'tf');
  await withoutThreads(tf);
  await call(tf, 'setWasmPaths', tfjsWasm);
  await call(tf, 'setBackend', 'wasm');
  await call(tf, 'ready');
  await call(property(property(library, 'nets'), 'ssdMobilenetv1'), 'loadFromUri', `${packages}face-api/model`);
  const options = construct(property(library, 'SsdMobilenetv1Options'), { minConfidence: 0.5, maxResults: mostFaces });
  return async (picture) => {
    // It takes canvases of the page only.
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d')?.drawImage(picture, 0, 0);
    const found = v.parse(faceApiResult, await call(library, 'detectAllFaces', canvas, options));
    return found.map(({ score, box: place }) => ({ score, box: [place.x, place.y, place.width, place.height] }));
  };
}

function toBox([x, y, width, height]: Box): Box {
  return [x, y, width, height];
}

function property(of: unknown, name: string): unknown {
  return (typeof of === 'object' || typeof of === 'function') && of !== null ? Reflect.get(of, name) : undefined;
}

async function call(of: unknown, name: string, ...args: readonly unknown[]): Promise<unknown> {
  const method = property(of, name);
  if (typeof method !== 'function') throw new Error(`The peer has no ${name}`);
  const result: unknown = await Reflect.apply(method, of, args);
  return result;
}

function construct(type: unknown, ...args: readonly unknown[]): unknown {
  if (typeof type !== 'function') throw new Error('The peer has another form than expected');
  const made: unknown = Reflect.construct(type, args);
  return made;
}
