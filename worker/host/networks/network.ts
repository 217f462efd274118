import type { NetworkBackend } from '#contract/supplies.ts';

/** Output tensors by name, flat and row by row. */
export type NetworkOutputs = Readonly<Record<string, Float32Array>>;

/** A network with one input, ready to run. */
export interface Network {
  /** Where it runs now: a graphics processor that is lost leaves it on `wasm`. */
  readonly backend: NetworkBackend;
  /** Of its weights, as models/manifest.json counts them. */
  readonly version: number;
  /**
   * @param input as many values as the model's input has, row by row. It is not kept.
   * @param shape of the input, for models that take pictures of any size
   */
  run(input: Float32Array, shape?: readonly number[]): Promise<NetworkOutputs>;
  dispose(): void;
}
