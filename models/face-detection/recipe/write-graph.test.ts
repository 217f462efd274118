import { expect, it } from 'vitest';
import { readModel } from '#worker/host/networks/read-model.ts';
import { GraphWriter, quantise } from './write-graph.ts';

it('quantises each output channel by its own largest weight', () => {
  // Two channels along the last axis, the second a thousandth of the first.
  const values = Float32Array.of(1, 0.001, -0.6, -0.0006, 0.25, 0.0002);
  const { steps, scales } = quantise(values, [1, 1, 3, 2], 3);
  expect([...steps]).toEqual([127, 127, -76, -76, 32, 25]);
  for (const [at, value] of values.entries()) {
    expect(Math.abs((steps[at] ?? 0) * (scales[at % 2] ?? 0) - value)).toBeLessThanOrEqual((scales[at % 2] ?? 0) * 0.51);
  }
});

it('writes what the app reads, weights in 8 bits but for those that are kept exact', () => {
  const graph = new GraphWriter();
  const image = graph.image('image');
  const weights = { shape: [1, 1, 3, 2] as const, values: Float32Array.of(1, 2, 3, 4, 5, 6.1) };
  const form = { stride: 1, padding: 'SAME', depthwise: false, relu: true } as const;
  const first = graph.convolve('first', image, weights, Float32Array.of(0.1, 0.2), form);
  const kept = { shape: [1, 1, 2, 1] as const, values: Float32Array.of(0.123456, 1) };
  graph.sigmoid('score', graph.convolve('last', first, kept, Float32Array.of(0), { ...form, exact: true }));
  const { json, weights: bytes } = graph.write('a test', { node: 'image', shape: [1, 4, 4, 3] }, [
    { node: 'score', shape: [1, 4, 4, 1] },
  ]);
  expect(bytes.length).toBe(6 + 4 * (2 + 2 + 1));
  const read = readModel({
    'model.json': Uint8Array.from(Buffer.from(json)).buffer,
    'weights.bin': Uint8Array.from(bytes).buffer,
  });
  expect(read.input).toEqual({ name: 'image:0', shape: [1, 4, 4, 3] });
  expect(read.outputs).toEqual(['score:0']);
  const floats = new Float32Array(read.weightData);
  for (const [at, value] of weights.values.entries()) expect(floats[at]).toBeCloseTo(value, 1);
  expect(floats[8]).toBeCloseTo(0.123456, 6);
});
