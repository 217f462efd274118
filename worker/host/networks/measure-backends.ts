import * as tf from '@tensorflow/tfjs-core';
import type { BackendReading, NetworkName } from '#contract/supplies.ts';
import type { SupplyDesk } from '../supply-desk.ts';
import type { NetworkOutputs } from './network.ts';
import { readModel, type ReadModel } from './read-model.ts';
import { startTfjs } from './start-network.ts';
import { startGraphics } from './tfjs-backends.ts';
import { TfjsNetwork } from './tfjs-network.ts';

/** The first runs compile shaders and grow memory; the choice is for the thousandth. */
const warmUpRuns = 2;
const timedRuns = 5;

/** Runs a network on each backend of this device with one fixed input. `wasm` is always there and always first. */
export async function measureBackends(
  desk: SupplyDesk,
  name: NetworkName,
  report: (done: number, total: number) => void,
): Promise<readonly BackendReading[]> {
  const [{ files, evenInSoftware }] = await Promise.all([desk.order(name), startTfjs(desk)]);
  const model = readModel(files);
  const input = makePattern(model);
  const backends = ['wasm', 'webgl', 'webgpu'] as const;
  const readings: BackendReading[] = [];
  let expected: NetworkOutputs | undefined;
  for (const [done, backend] of backends.entries()) {
    report(done, backends.length);
    if (backend !== 'wasm' && !(await startGraphics(backend, evenInSoftware))) continue;
    try {
      const { ms, outputs } = await timeRuns(model, backend, input);
      expected ??= outputs;
      readings.push({ backend, ms, difference: largestDifference(expected, outputs) });
    } catch (cause) {
      if (backend === 'wasm') throw cause;
      console.warn(`The network does not run on ${backend}.`, cause);
    } finally {
      await tf.setBackend('wasm');
      if (backend !== 'wasm') tf.removeBackend(backend);
    }
  }
  return readings;
}

async function timeRuns(
  model: ReadModel,
  backend: BackendReading['backend'],
  input: Float32Array,
): Promise<{ ms: number; outputs: NetworkOutputs }> {
  const network = await TfjsNetwork.create(model, backend, 0);
  try {
    let outputs: NetworkOutputs = {};
    const times: number[] = [];
    for (let run = 0; run < warmUpRuns + timedRuns; run++) {
      const startedAt = performance.now();
      outputs = await network.run(input);
      if (run >= warmUpRuns) times.push(performance.now() - startedAt);
    }
    if (network.backend !== backend) throw new Error(`${backend} was lost`);
    return { ms: times.toSorted((a, b) => a - b)[timedRuns >> 1] ?? Infinity, outputs };
  } finally {
    network.dispose();
  }
}

/** Values from 0 to 1 with edges at many scales, as a picture has. */
function makePattern({ input: { shape } }: ReadModel): Float32Array {
  const [, height = 1, width = 1, channels = 1] = shape;
  return Float32Array.from({ length: height * width * channels }, (_, at) => {
    const x = Math.floor(at / channels) % width;
    const y = Math.floor(at / (channels * width));
    return (((x >> 4) ^ (y >> 4)) & 1) * 0.5 + ((x * 7 + y * 13 + (at % channels) * 29) % 64) / 128;
  });
}

/** Largest difference of any value; what is not a number counts as infinitely far off. */
function largestDifference(expected: NetworkOutputs, actual: NetworkOutputs): number {
  let largest = 0;
  for (const [name, values] of Object.entries(expected)) {
    const others = actual[name];
    for (const [at, value] of values.entries()) {
      const difference = Math.abs(value - (others?.[at] ?? Number.NaN));
      largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
    }
  }
  return largest;
}
