/**
 * Rebuilds BlazeFace (Bazarevsky et al. 2019, arXiv:1907.05047; MediaPipe's back-camera form) from the graph model that
 * @vladmandic/human ships, for pictures of any size: its layers are convolutions, so a larger picture gives more cells.
 */
import * as v from 'valibot';
import { GraphWriter, type Weights, type WrittenModel } from './write-graph.ts';

const node = v.object({
  name: v.string(),
  op: v.string(),
  input: v.optional(v.array(v.string()), []),
  attr: v.object({
    strides: v.optional(v.object({ list: v.object({ i: v.array(v.string()) }) })),
    padding: v.optional(v.object({ s: v.string() })),
    fused_ops: v.optional(v.object({ list: v.object({ s: v.array(v.string()) }) })),
  }),
});
const model = v.object({
  modelTopology: v.object({ node: v.array(node) }),
  weightsManifest: v.tuple([
    v.object({
      weights: v.array(
        v.object({ name: v.string(), shape: v.array(v.number()), dtype: v.picklist(['float32', 'int32']) }),
      ),
    }),
  ]),
});
type Node = v.InferOutput<typeof node>;

/** Positions are said in these units, so that all outputs are about as large as chances are. */
export const positionUnitPx = 256;

/** Heads by the reshaping that follows them in the source. */
const heads: Readonly<Record<string, { readonly name: string; readonly isScore: boolean }>> = {
  classificators_1: { name: 'fine-scores', isScore: true },
  regressors_1: { name: 'fine-places', isScore: false },
  classificators_2: { name: 'coarse-scores', isScore: true },
  regressors_2: { name: 'coarse-places', isScore: false },
};

/** Outputs for a picture of 256 x 256 pixels: cells of 16 pixels with 2 guesses each, cells of 32 pixels with 6. */
const outputs = [
  { node: 'fine-scores', shape: [1, 16, 16, 2] },
  { node: 'fine-places', shape: [1, 16, 16, 32] },
  { node: 'coarse-scores', shape: [1, 8, 8, 6] },
  { node: 'coarse-places', shape: [1, 8, 8, 96] },
];

/**
 * @param json content of blazeface.json
 * @param bytes content of blazeface.bin
 * @param exact keeps 32-bit weights
 * @throws where the source is not as expected
 */
export function rebuildBlazeface(json: unknown, bytes: Uint8Array, exact = false): WrittenModel {
  const { modelTopology, weightsManifest } = v.parse(model, json);
  const constants = readConstants(weightsManifest[0].weights, bytes);
  const headOf = findHeads(modelTopology.node);
  const graph = new GraphWriter({ exact });
  /** Nodes of the source to ours. */
  const names = new Map<string, string>();
  const floats = (name: string | undefined) => constants.get(name ?? '') ?? missing(name);

  for (const source of modelTopology.node) {
    const name = `n${names.size}`;
    const from = names.get(source.input[0] ?? '') ?? '';
    const write = (): string | undefined => {
      switch (source.op) {
        case 'Placeholder':
          return graph.image('image');
        case '_FusedConv2D':
          return convolve(source, name, from);
        case 'DepthwiseConv2dNative':
          return graph.convolve(name, from, asWeights(floats(source.input[1])), new Float32Array(channelsOf(source)), {
            ...formOf(source),
            depthwise: true,
          });
        case 'MaxPool':
          return graph.maxPool(name, from);
        case 'AddV2':
          return graph.add(name, from, names.get(source.input[1] ?? '') ?? missing(source.input[1]));
        case 'Relu':
          return graph.relu(name, from);
        case 'Pad':
          return graph.pad(name, from, pairs(floats(source.input[1]).values));
        default:
          return undefined;
      }
    };
    const written = write();
    if (written !== undefined) names.set(source.name, written);
  }
  return graph.write('models/face-detection/recipe', { node: 'image', shape: [1, 256, 256, 3] }, outputs);

  function convolve(source: Node, name: string, from: string): string {
    const weights = asWeights(floats(source.input[1]));
    const bias = Float32Array.from(floats(source.input[2]).values);
    const form = { ...formOf(source), depthwise: false };
    const head = headOf.get(source.name);
    if (head === undefined) return graph.convolve(name, from, weights, bias, form);
    // Alone, 8 bits of this layer's 768 weights move a chance by 0.47 (root mean square of logits); all others' by 0.06.
    if (head.isScore) return graph.sigmoid(head.name, graph.convolve(name, from, weights, bias, { ...form, exact: true }));
    const shrunk = { ...weights, values: weights.values.map((value) => value / positionUnitPx) };
    return graph.convolve(head.name, from, shrunk, bias.map((value) => value / positionUnitPx), form);
  }

  function channelsOf(source: Node): number {
    return asWeights(floats(source.input[1])).shape[2];
  }
}

interface Constant {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

function readConstants(
  entries: readonly { readonly name: string; readonly shape: readonly number[]; readonly dtype: 'float32' | 'int32' }[],
  bytes: Uint8Array,
): ReadonlyMap<string, Constant> {
  const constants = new Map<string, Constant>();
  let at = 0;
  for (const { name, shape, dtype } of entries) {
    const length = shape.reduce((product, size) => product * size, 1);
    const part = Uint8Array.from(bytes.subarray(at, at + 4 * length)).buffer;
    constants.set(name, { shape, values: dtype === 'int32' ? new Int32Array(part) : new Float32Array(part) });
    at += 4 * length;
  }
  if (at !== bytes.length) throw new Error(`blazeface.bin has ${bytes.length} bytes, not ${at}`);
  return constants;
}

/** Which convolution is which head: the last part of the reshaping's name says so. */
function findHeads(nodes: readonly Node[]): ReadonlyMap<string, (typeof heads)[string]> {
  const found = new Map<string, (typeof heads)[string]>();
  for (const { name, op, input } of nodes) {
    const head = heads[name.replace(/^.*\//, '')];
    const [from] = input;
    if (op === 'Reshape' && head !== undefined && from !== undefined) found.set(from, head);
  }
  if (found.size !== Object.keys(heads).length) throw new Error('blazeface.json has other heads than expected');
  return found;
}

function formOf({ attr }: Node) {
  return {
    stride: Number(attr.strides?.list.i[1] ?? 1),
    padding: decodeText(attr.padding?.s) === 'VALID' ? ('VALID' as const) : ('SAME' as const),
    relu: (attr.fused_ops?.list.s ?? []).map(decodeText).includes('Relu'),
  };
}

function decodeText(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString();
}

function asWeights({ shape, values }: Constant): Weights {
  const [height = 0, width = 0, first = 0, second = 0] = shape;
  return { shape: [height, width, first, second], values: Float32Array.from(values) };
}

function pairs(values: ArrayLike<number>): [number, number][] {
  return Array.from({ length: values.length / 2 }, (_, index) => [values[2 * index] ?? 0, values[2 * index + 1] ?? 0]);
}

function missing(name: string | undefined): never {
  throw new Error(`blazeface.json has no ${name}`);
}
