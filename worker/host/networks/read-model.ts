/** Reads a tfjs graph model whose weights are kept in 8 bits with one scale per output channel. */
import * as v from 'valibot';
import { CodedFailure } from '#contract/failures.ts';

/**
 * `int8` with `scales`: value = quantised * scale of its channel along `axis`. `uint8` with `scale` and `min` is tfjs' own:
 * value = quantised * scale + min.
 */
const quantization = v.variant('dtype', [
  v.object({
    dtype: v.literal('int8'),
    axis: v.pipe(v.number(), v.integer(), v.minValue(0)),
    scales: v.array(v.number()),
  }),
  v.object({ dtype: v.literal('uint8'), scale: v.number(), min: v.number() }),
]);
const weight = v.object({
  name: v.string(),
  shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
  dtype: v.picklist(['float32', 'int32']),
  quantization: v.optional(quantization),
});
const tensorInfo = v.object({
  name: v.string(),
  tensorShape: v.object({ dim: v.array(v.object({ size: v.string() })) }),
});
const modelJson = v.object({
  format: v.literal('graph-model'),
  modelTopology: v.record(v.string(), v.unknown()),
  signature: v.object({ inputs: v.record(v.string(), tensorInfo), outputs: v.record(v.string(), tensorInfo) }),
  weightsManifest: v.pipe(v.array(v.object({ paths: v.array(v.string()), weights: v.array(weight) })), v.length(1)),
});

type Weight = v.InferOutput<typeof weight>;

/** A model in the form that tfjs takes, weights as 32-bit floats. */
export interface ReadModel {
  readonly topology: Readonly<Record<string, unknown>>;
  readonly signature: v.InferOutput<typeof modelJson>['signature'];
  readonly weightSpecs: readonly Pick<Weight, 'name' | 'shape' | 'dtype'>[];
  readonly weightData: ArrayBuffer;
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly outputs: readonly string[];
}

/**
 * @param files `model.json` and the weights that it names, already checked against their digests
 * @throws CodedFailure `model-unavailable` where they do not fit together
 */
export function readModel(files: Readonly<Record<string, ArrayBuffer>>): ReadModel {
  const parsed = v.safeParse(modelJson, parseJson(files['model.json']));
  if (!parsed.success) throw unreadable(v.summarize(parsed.issues));
  const { modelTopology, signature, weightsManifest } = parsed.output;
  const [group] = weightsManifest;
  const [input] = Object.values(signature.inputs);
  if (group === undefined || input === undefined) throw unreadable('no weights or no input');
  const bytes = joinFiles(group.paths.map((path) => files[path]));
  return {
    topology: modelTopology,
    signature,
    weightSpecs: group.weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
    weightData: unpackWeights(group.weights, bytes),
    input: { name: input.name, shape: input.tensorShape.dim.map(({ size }) => Number(size)) },
    outputs: Object.values(signature.outputs).map(({ name }) => name),
  };
}

function unpackWeights(weights: readonly Weight[], bytes: Uint8Array): ArrayBuffer {
  const lengths = weights.map(({ shape }) => shape.reduce((product, size) => product * size, 1));
  const out = new ArrayBuffer(4 * lengths.reduce((sum, length) => sum + length, 0));
  let from = 0;
  let to = 0;
  for (const [index, entry] of weights.entries()) {
    const length = lengths[index] ?? 0;
    const stored = entry.quantization === undefined ? 4 * length : length;
    if (from + stored > bytes.length) throw unreadable(`${entry.name} is cut off`);
    const part = bytes.subarray(from, from + stored);
    if (entry.quantization === undefined) new Uint8Array(out, to, stored).set(part);
    else dequantise(entry, part, new Float32Array(out, to, length));
    from += stored;
    to += 4 * length;
  }
  if (from !== bytes.length) throw unreadable(`${bytes.length - from} bytes too many`);
  return out;
}

function dequantise({ name, shape, quantization: how }: Weight, stored: Uint8Array, out: Float32Array): void {
  if (how?.dtype === 'uint8') {
    for (let at = 0; at < out.length; at++) out[at] = (stored[at] ?? 0) * how.scale + how.min;
  } else if (how !== undefined) {
    const channels = shape[how.axis];
    if (channels !== how.scales.length) throw unreadable(`${name} has ${how.scales.length} scales`);
    const signed = new Int8Array(stored.buffer, stored.byteOffset, stored.length);
    // Values of one channel lie this far apart, in runs of this length.
    const run = shape.slice(how.axis + 1).reduce((product, size) => product * size, 1);
    for (let at = 0; at < out.length; at++) {
      out[at] = (signed[at] ?? 0) * (how.scales[Math.floor(at / run) % channels] ?? 0);
    }
  }
}

function joinFiles(parts: readonly (ArrayBuffer | undefined)[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + (part?.byteLength ?? 0), 0));
  let at = 0;
  for (const part of parts) {
    if (part === undefined) throw unreadable('a file of weights is missing');
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole;
}

function parseJson(file: ArrayBuffer | undefined): unknown {
  if (file === undefined) throw unreadable('model.json is missing');
  try {
    return JSON.parse(new TextDecoder().decode(file));
  } catch (cause) {
    throw unreadable(String(cause));
  }
}

function unreadable(reason: string): CodedFailure {
  return new CodedFailure('model-unavailable', `The model cannot be read: ${reason}`);
}
