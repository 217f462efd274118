import { describe, expect, it } from 'vitest';
import { readModel } from './read-model.ts';

const dim = (...sizes: number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });

function modelOf(weights: readonly object[], bytes: ArrayLike<number>): Record<string, ArrayBuffer> {
  const json = {
    format: 'graph-model',
    modelTopology: { node: [] },
    signature: {
      inputs: { image: { name: 'image:0', tensorShape: dim(1, 2, 3, 3) } },
      outputs: { maps: { name: 'maps:0', tensorShape: dim(1, 1) } },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
  return {
    'model.json': new TextEncoder().encode(JSON.stringify(json)).buffer,
    'weights.bin': Uint8Array.from(bytes).buffer,
  };
}

const perChannel = {
  name: 'w',
  shape: [2, 3],
  dtype: 'float32',
  quantization: { dtype: 'int8', axis: 1, scales: [1, 0.5, 2] },
};

describe('readModel', () => {
  it('gives each output channel its own scale', () => {
    const { weightData, weightSpecs } = readModel(modelOf([perChannel], [1, 2, 3, 255, 254, 128]));
    expect([...new Float32Array(weightData)]).toEqual([1, 1, 6, -1, -1, -256]);
    expect(weightSpecs).toEqual([{ name: 'w', shape: [2, 3], dtype: 'float32' }]);
  });

  it('scales the channels of a depthwise kernel, which are not its last axis', () => {
    const entry = { ...perChannel, shape: [1, 2, 2], quantization: { dtype: 'int8', axis: 1, scales: [1, 10] } };
    expect([...new Float32Array(readModel(modelOf([entry], [1, 2, 3, 4])).weightData)]).toEqual([1, 2, 30, 40]);
  });

  it("reads tfjs' own 8 bits, plain floats, and several of them in a row", () => {
    const floats = new Uint8Array(Float32Array.of(0.25, -3).buffer);
    const files = modelOf(
      [
        { name: 'q', shape: [2], dtype: 'float32', quantization: { dtype: 'uint8', scale: 0.5, min: -1 } },
        { name: 'b', shape: [2], dtype: 'float32' },
      ],
      [0, 4, ...floats],
    );
    expect([...new Float32Array(readModel(files).weightData)]).toEqual([-1, 1, 0.25, -3]);
  });

  it('says what goes in and what comes out', () => {
    const { input, outputs } = readModel(modelOf([], []));
    expect(input).toEqual({ name: 'image:0', shape: [1, 2, 3, 3] });
    expect(outputs).toEqual(['maps:0']);
  });

  it.each<[string, Record<string, ArrayBuffer>]>([
    ['too few bytes', modelOf([perChannel], [1, 2, 3, 4, 5])],
    ['too many bytes', modelOf([perChannel], [1, 2, 3, 4, 5, 6, 7])],
    [
      'a scale missing',
      modelOf([{ ...perChannel, quantization: { dtype: 'int8', axis: 1, scales: [1, 2] } }], [1, 2, 3, 4, 5, 6]),
    ],
    ['no weights', { 'model.json': modelOf([], [])['model.json'] ?? new ArrayBuffer(0) }],
    ['something else', { 'model.json': new TextEncoder().encode('<!doctype html>').buffer }],
    ['another format', { 'model.json': new TextEncoder().encode('{"format":"layers-model"}').buffer }],
  ])('refuses %s', (_name, files) => {
    expect(() => readModel(files)).toThrow(/cannot be read/);
  });
});
