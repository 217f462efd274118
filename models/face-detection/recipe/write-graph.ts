/** Writes graph models of tfjs whose convolutions are kept in 8 bits, one scale for each output channel. */

/** Weights as TensorFlow orders them: height, width, in, out; of depthwise convolutions height, width, channels, 1. */
export interface Weights {
  readonly shape: readonly [number, number, number, number];
  readonly values: Float32Array;
}

export interface WrittenModel {
  /** Content of model.json. */
  readonly json: string;
  /** Content of weights.bin. */
  readonly weights: Uint8Array;
}

/** One output of the model: the node that gives it, and its shape for the input's shape. */
export interface Output {
  readonly node: string;
  readonly shape: readonly number[];
}

interface ConvolutionForm {
  readonly stride: number;
  readonly padding: 'SAME' | 'VALID';
  readonly depthwise: boolean;
  readonly relu: boolean;
  /** Keeps 32-bit weights: for the few whose every error is an error of the answer. */
  readonly exact?: boolean;
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly quantization?: { readonly dtype: 'int8'; readonly axis: number; readonly scales: readonly number[] };
}

const float = { type: 'DT_FLOAT' };
const text = (value: string) => ({ s: Buffer.from(value).toString('base64') });
const wholeNumbers = (values: readonly number[]) => ({ list: { i: values.map(String) } });
const shapeOf = (shape: readonly number[]) => ({ shape: { dim: shape.map((size) => ({ size: String(size) })) } });

/** Collects nodes and weights of one model. Every method that adds a node returns its name. */
export class GraphWriter {
  readonly #nodes: object[] = [];
  readonly #entries: Entry[] = [];
  readonly #parts: Uint8Array[] = [];
  readonly #exact: boolean;

  /** @param exact keeps 32-bit weights, to measure what 8 bits cost. */
  constructor({ exact = false } = {}) {
    this.#exact = exact;
  }

  /** The picture, of any height and width. */
  image(name: string): string {
    return this.#add(name, 'Placeholder', { dtype: float, shape: shapeOf([-1, -1, -1, 3]) });
  }

  /** A convolution with what its channels are moved by (`bias`; zeros where there is none). */
  convolve(name: string, from: string, weights: Weights, bias: Float32Array, form: ConvolutionForm): string {
    const kept =
      this.#exact || form.exact === true
        ? this.#floats(`${name}/weights`, weights.values, weights.shape)
        : this.#weights(`${name}/weights`, weights, form.depthwise ? 2 : 3);
    const inputs = [from, kept, this.#floats(`${name}/bias`, bias)];
    return this.#add(
      name,
      form.depthwise ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D',
      {
        T: float,
        strides: wholeNumbers([1, form.stride, form.stride, 1]),
        dilations: wholeNumbers([1, 1, 1, 1]),
        padding: text(form.padding),
        data_format: text('NHWC'),
        fused_ops: { list: { s: ['BiasAdd', ...(form.relu ? ['Relu'] : [])].map((operation) => text(operation).s) } },
        num_args: { i: '1' },
        epsilon: { f: 0 },
        explicit_paddings: { list: {} },
      },
      inputs,
    );
  }

  relu(name: string, from: string): string {
    return this.#add(name, 'Relu', { T: float }, [from]);
  }

  sigmoid(name: string, from: string): string {
    return this.#add(name, 'Sigmoid', { T: float }, [from]);
  }

  add(name: string, one: string, other: string): string {
    return this.#add(name, 'AddV2', { T: float }, [one, other]);
  }

  /** The largest of each 2 x 2 pixels. */
  maxPool(name: string, from: string): string {
    const two = wholeNumbers([1, 2, 2, 1]);
    return this.#add(name, 'MaxPool', { T: float, ksize: two, strides: two, padding: text('SAME'), data_format: text('NHWC') }, [
      from,
    ]);
  }

  /** Zeros around: for each of batch, height, width and channels how many before and after. */
  pad(name: string, from: string, paddings: readonly (readonly [number, number])[]): string {
    const around = this.#wholeNumbers(`${name}/paddings`, [paddings.length, 2], paddings.flat());
    return this.#add(name, 'PadV2', { T: float, Tpaddings: { type: 'DT_INT32' } }, [
      from,
      around,
      this.#floats(`${name}/zero`, new Float32Array(1), []),
    ]);
  }

  /** Each pixel as 2 x 2: four copies side by side in depth, spread out. Needs no size, so that pictures may have any. */
  enlarge(name: string, from: string): string {
    const axis = this.#wholeNumbers(`${name}/axis`, [], [3]);
    const copies = this.#add(
      `${name}/copies`,
      'ConcatV2',
      { T: float, Tidx: { type: 'DT_INT32' }, N: { i: '4' } },
      [from, from, from, from, axis],
    );
    return this.#add(name, 'DepthToSpace', { T: float, block_size: { i: '2' }, data_format: text('NHWC') }, [copies]);
  }

  /** @param inputShape of which the outputs' shapes are said; the model takes others, too. */
  write(
    generatedBy: string,
    input: { readonly node: string; readonly shape: readonly number[] },
    outputs: readonly Output[],
  ): WrittenModel {
    const describe = ({ node, shape }: Output) => [
      node,
      { name: `${node}:0`, dtype: 'DT_FLOAT', tensorShape: shapeOf(shape).shape },
    ];
    const model = {
      format: 'graph-model',
      generatedBy,
      convertedBy: null,
      signature: {
        inputs: Object.fromEntries([describe(input)]),
        outputs: Object.fromEntries(outputs.map(describe)),
      },
      modelTopology: { node: this.#nodes, library: {}, versions: { producer: 1395 } },
      weightsManifest: [{ paths: ['weights.bin'], weights: this.#entries }],
    };
    return { json: `${JSON.stringify(model)}\n`, weights: Buffer.concat(this.#parts) };
  }

  #add(name: string, op: string, attr: object, input: readonly string[] = []): string {
    this.#nodes.push({ name, op, input, attr });
    return name;
  }

  #constant(entry: Entry, bytes: Uint8Array): string {
    const dtype = entry.dtype === 'int32' ? { type: 'DT_INT32' } : float;
    this.#nodes.push({ name: entry.name, op: 'Const', attr: { dtype } });
    this.#entries.push(entry);
    this.#parts.push(bytes);
    return entry.name;
  }

  #floats(name: string, values: Float32Array, shape: readonly number[] = [values.length]): string {
    return this.#constant({ name, shape, dtype: 'float32' }, bytesOf(values));
  }

  #wholeNumbers(name: string, shape: readonly number[], values: readonly number[]): string {
    return this.#constant({ name, shape, dtype: 'int32' }, bytesOf(Int32Array.from(values)));
  }

  #weights(name: string, { shape, values }: Weights, axis: number): string {
    const { steps, scales } = quantise(values, shape, axis);
    return this.#constant({ name, shape, dtype: 'float32', quantization: { dtype: 'int8', axis, scales } }, bytesOf(steps));
  }
}

/** Symmetric steps of 8 bits: value = step x scale of its channel along `axis`. Scales have six digits, as they are written. */
export function quantise(
  values: Float32Array,
  shape: readonly number[],
  axis: number,
): { steps: Int8Array; scales: readonly number[] } {
  const run = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const channels = shape[axis] ?? 1;
  const channelOf = (at: number) => Math.floor(at / run) % channels;
  const largest = new Float64Array(channels);
  for (const [at, value] of values.entries()) {
    largest[channelOf(at)] = Math.max(largest[channelOf(at)] ?? 0, Math.abs(value));
  }
  const scales = Array.from(largest, (value) => Number((Math.max(value, 1e-12) / 127).toPrecision(6)));
  const steps = Int8Array.from(values, (value, at) =>
    Math.min(127, Math.max(-127, Math.round(value / (scales[channelOf(at)] ?? 1)))),
  );
  return { steps, scales };
}

function bytesOf(values: Int8Array | Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
