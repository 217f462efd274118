import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { FaceBox, FoundFace } from '#contract/faces.ts';
import type { RgbaImage } from '#contract/images.ts';
import type { NetworkBackend } from '#contract/supplies.ts';
import { fetchModel } from '#src/delivery/fetch-model.ts';
import { createSuppliers } from '#src/engine/suppliers.ts';
import { drawFace } from '#src/engine/testing/draw-face.ts';
import type { FaceNetwork } from '#worker/faces/face-network.ts';
import { findFacesLive } from '#worker/faces/find-faces.ts';
import { readModel, type ReadModel } from './networks/read-model.ts';
import { startGraphics, startWasm } from './networks/tfjs-backends.ts';
import { TfjsNetwork } from './networks/tfjs-network.ts';

/*
 * The shipped face detector on WebAssembly and on WebGL, in software where there is no graphics processor. Devices take the quicker one
 * (`networks.measure`); whichever it is, people get the same faces.
 */

/** As the evaluation of faces has it, and explains it (evaluate/faces/compare-backends.ts). */
const tolerance = { overlap: 0.9, score: 0.05 };

const size = { width: 256, height: 192 };
let model: ReadModel;

beforeAll(async () => {
  const suppliers = createSuppliers(
    () => {},
    () => {},
  );
  await startWasm(await suppliers.tfjs(() => {}));
  model = readModel((await fetchModel('face-detection')).files);
});

function drawPeople(): RgbaImage {
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = '#b9c4c0';
  context.fillRect(0, 0, size.width, size.height);
  for (const [x, height] of [
    [20, 40],
    [90, 78],
    [180, 58],
  ] as const) {
    drawFace(context, { x, y: 50, width: height / 1.3, height }, 0);
  }
  return { ...size, data: context.getImageData(0, 0, size.width, size.height).data };
}

async function findOn(backend: NetworkBackend): Promise<readonly FoundFace[]> {
  const hasStarted = backend === 'webgl' ? await startGraphics('webgl', true) : await tf.setBackend(backend);
  expect(hasStarted).toBe(true);
  const network = await TfjsNetwork.create(model, backend, 1);
  const blazeFace: FaceNetwork = {
    family: 'blazeface',
    detector: 'face-detection 1',
    run: (input, { width, height }) => network.run(input, [1, height, width, 3]),
  };
  const faces = await findFacesLive(blazeFace, drawPeople(), size);
  expect(network.backend).toBe(backend);
  network.dispose();
  return faces;
}

function overlapOf(one: FaceBox, other: FaceBox): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (one.width * one.height + other.width * other.height - width * height);
}

it('finds the same faces on WebGL as on WebAssembly', async () => {
  const onWasm = await findOn('wasm');
  const onWebGl = await findOn('webgl');
  expect(onWasm).toHaveLength(3);
  expect(onWebGl).toHaveLength(3);
  for (const [index, face] of onWasm.entries()) {
    const other = onWebGl[index];
    expect(overlapOf(face.box, other?.box ?? { x: 0, y: 0, width: 0, height: 0 })).toBeGreaterThan(tolerance.overlap);
    expect(Math.abs(face.score - (other?.score ?? 0))).toBeLessThan(tolerance.score);
  }
});
