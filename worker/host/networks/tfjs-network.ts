import * as tf from '@tensorflow/tfjs-core';
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter';
import type { NetworkBackend } from '#contract/supplies.ts';
import type { Network, NetworkOutputs } from './network.ts';
import type { ReadModel } from './read-model.ts';
import { fallBackToWasm, hasLostDevice } from './tfjs-backends.ts';

/** A graph model of tfjs on the backend that is current when it is made. */
export class TfjsNetwork implements Network {
  readonly #source: ReadModel;
  #model: GraphModel;
  #backend: NetworkBackend;
  readonly version: number;

  private constructor(source: ReadModel, model: GraphModel, backend: NetworkBackend, version: number) {
    this.#source = source;
    this.version = version;
    this.#model = model;
    this.#backend = backend;
  }

  static async create(source: ReadModel, backend: NetworkBackend, version: number): Promise<TfjsNetwork> {
    return new TfjsNetwork(source, await loadModel(source), backend, version);
  }

  get backend(): NetworkBackend {
    return this.#backend;
  }

  /** A run that meets a lost graphics device is done again on WebAssembly, where the network then stays. */
  async run(input: Float32Array, shape?: readonly number[]): Promise<NetworkOutputs> {
    if (this.#backend === 'wasm') return this.#execute(input, shape);
    try {
      const outputs = await unlessLost(this.#backend, this.#execute(input, shape));
      if (outputs !== undefined) return outputs;
    } catch (cause) {
      console.warn(`The network stopped on ${this.#backend}; it goes on with WebAssembly.`, cause);
    }
    await fallBackToWasm(this.#backend);
    this.#model = await loadModel(this.#source);
    this.#backend = 'wasm';
    return this.#execute(input, shape);
  }

  dispose(): void {
    this.#model.dispose();
  }

  async #execute(input: Float32Array, shape: readonly number[] | undefined): Promise<NetworkOutputs> {
    const { input: description, outputs } = this.#source;
    // tfjs has one current backend for all: another network, or a measurement, may have changed it.
    if (tf.getBackend() !== this.#backend) await tf.setBackend(this.#backend);
    const image = tf.tensor(input, [...(shape ?? description.shape)], 'float32');
    let tensors: tf.Tensor[] = [];
    try {
      const result = this.#model.execute({ [description.name]: image }, [...outputs]);
      tensors = Array.isArray(result) ? result : [result];
      const values: [string, Float32Array][] = [];
      for (const [index, tensor] of tensors.entries()) {
        values.push([plainName(outputs[index] ?? ''), new Float32Array(await tensor.data())]);
      }
      return Object.fromEntries(values);
    } finally {
      tf.dispose([image, ...tensors]);
    }
  }
}

/** How often it is asked whether the device is still there. */
const lossCheckMs = 50;

/**
 * What `work` gives, or `undefined` where the graphics device is lost meanwhile: tfjs then waits for ever for a sign of the
 * device, or reads nothing but zeros.
 */
async function unlessLost<T>(backend: NetworkBackend, work: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setInterval> | undefined;
  const loss = new Promise<undefined>((resolve) => {
    timer = setInterval(() => {
      if (hasLostDevice(backend)) resolve(undefined);
    }, lossCheckMs);
  });
  try {
    const result = await Promise.race([work, loss]);
    return hasLostDevice(backend) ? undefined : result;
  } finally {
    clearInterval(timer);
  }
}

/** `maps:0` is output 0 of the node `maps`. */
function plainName(output: string): string {
  return output.replace(/:\d+$/, '');
}

function loadModel({ topology, signature, weightSpecs, weightData }: ReadModel): Promise<GraphModel> {
  return loadGraphModel(
    tf.io.fromMemory({
      modelTopology: topology,
      signature,
      weightSpecs: weightSpecs.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
      weightData,
      format: 'graph-model',
    }),
  );
}
