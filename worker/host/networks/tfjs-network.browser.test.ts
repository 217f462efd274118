import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { fetchModel } from '#src/delivery/fetch-model.ts';
import { createSuppliers } from '#src/engine/suppliers.ts';
import type { NetworkOutputs } from './network.ts';
import { readModel, type ReadModel } from './read-model.ts';
import { startGraphics, startWasm } from './tfjs-backends.ts';
import { TfjsNetwork } from './tfjs-network.ts';

/* The shipped document detector on WebAssembly and on WebGL, in software where there is no graphics processor. */

/** Outputs are probabilities; two backends that differ by less than this on all of them say the same. */
const tolerance = 0.01;

let model: ReadModel;
let picture: Float32Array;

beforeAll(async () => {
  const suppliers = createSuppliers(
    () => {},
    () => {},
  );
  await startWasm(await suppliers.tfjs(() => {}));
  model = readModel((await fetchModel('document-detection')).files);
  // A light page on a dark desk, with grain.
  const size = 256;
  picture = Float32Array.from({ length: size * size * 3 }, (_, at) => {
    const x = Math.floor(at / 3) % size;
    const y = Math.floor(at / 3 / size);
    const isPage = x > 60 && x < 190 && y > 40 && y < 220;
    return (isPage ? 0.85 : 0.25) + 0.05 * Math.sin(x * 12.9898 + y * 78.233 + (at % 3));
  });
});

function largestDifference(a: NetworkOutputs, b: NetworkOutputs): number {
  return Math.max(
    ...Object.entries(a).flatMap(([name, values]) =>
      [...values].map((value, at) => Math.abs(value - (b[name]?.[at] ?? NaN))),
    ),
  );
}

async function onWebGl(): Promise<TfjsNetwork> {
  expect(await startGraphics('webgl', true)).toBe(true);
  return TfjsNetwork.create(model, 'webgl', 1);
}

async function onWasm(): Promise<TfjsNetwork> {
  await tf.setBackend('wasm');
  return TfjsNetwork.create(model, 'wasm', 1);
}

describe('the document detector', () => {
  it('sees a page where one is drawn, as probabilities', async () => {
    const { maps = new Float32Array(), presence } = await (await onWasm()).run(picture);
    expect(maps).toHaveLength(64 * 64 * 3);
    expect(Math.min(...maps)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...maps)).toBeLessThanOrEqual(1);
    expect(presence?.[0]).toBeGreaterThan(0.5);
    const pageAt = (x: number, y: number) => maps[3 * (y * 64 + x)];
    expect(pageAt(31, 32)).toBeGreaterThan(0.8);
    expect(pageAt(4, 32)).toBeLessThan(0.2);
  });

  it('says the same on WebAssembly and on WebGL', async () => {
    const expected = await (await onWasm()).run(picture);
    const network = await onWebGl();
    const outputs = await network.run(picture);
    expect(network.backend).toBe('webgl');
    expect(largestDifference(expected, outputs)).toBeLessThan(tolerance);
    network.dispose();
  });

  it('goes on with WebAssembly in the very run that loses the graphics context', async () => {
    const expected = await (await onWasm()).run(picture);
    const network = await onWebGl();
    await network.run(picture);
    const gpgpu: unknown = Reflect.get(tf.backend(), 'gpgpu');
    const gl: unknown = Reflect.get(gpgpu as object, 'gl');
    (gl as WebGL2RenderingContext).getExtension('WEBGL_lose_context')?.loseContext();
    const outputs = await network.run(picture);
    expect(network.backend).toBe('wasm');
    expect(largestDifference(expected, outputs)).toBeLessThan(1e-6);
    expect(largestDifference(expected, await network.run(picture))).toBeLessThan(1e-6);
  });

  it('leaves no tensors behind, when it throws neither', async () => {
    const network = await onWasm();
    await network.run(picture);
    const before = tf.memory().numTensors;
    await network.run(picture);
    await expect(network.run(picture.slice(1))).rejects.toThrow(/shape/);
    expect(tf.memory().numTensors).toBe(before);
    network.dispose();
    expect(tf.memory().numTensors).toBeLessThan(before);
  });
});
