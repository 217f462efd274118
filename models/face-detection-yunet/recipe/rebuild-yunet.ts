/**
 * Rebuilds YuNet-n (Wu, Peng and Yu 2023, doi:10.1007/s11633-023-1423-y) as a graph model of tfjs for pictures of any size.
 *
 * Its ONNX file wants blue, green, red from 0 to 255; this one takes red, green, blue from 0 to 1. The four heads of each level,
 * each a 1x1 and a depthwise 3x3 convolution, become two: chances and places.
 */
import { GraphWriter, type Weights, type WrittenModel } from '../../face-detection/recipe/write-graph.ts';
import { readOnnx, type OnnxNode, type OnnxTensor } from './read-onnx.ts';

/** Side in pixels of the cells of each level; the names of the outputs end in them. */
const levels = [8, 16, 32];

/** Outputs for a picture of 320 x 320 pixels. */
const outputs = levels.flatMap((cellPx) => [
  { node: `scores-${cellPx}`, shape: [1, 320 / cellPx, 320 / cellPx, 2] },
  { node: `places-${cellPx}`, shape: [1, 320 / cellPx, 320 / cellPx, 14] },
]);

const heads = 'bbox_head.multi_level_';

/**
 * @param file content of yunet_n_640_640.onnx
 * @param isExact keeps 32-bit weights
 * @throws where the file is none or has other layers than expected
 */
export function rebuildYunet(file: Uint8Array, isExact = false): WrittenModel {
  const { nodes, weights } = readOnnx(file);
  const graph = new GraphWriter({ exact: isExact });
  const names = new Map([['input', graph.image('image')]]);
  const find = (name: string | undefined): OnnxTensor => {
    const tensor = weights.get(name ?? '');
    if (tensor === undefined) throw new Error(`The model has no weights ${name}`);
    return tensor;
  };
  const users = countUsers(nodes);

  for (const node of nodes) {
    const [output = ''] = node.outputs;
    const from = names.get(node.inputs[0] ?? '');
    if (from === undefined || node.inputs.some((name) => name.startsWith(heads) && !name.includes('share_convs'))) continue;
    const name = `n${names.size}`;
    switch (node.op) {
      case 'Conv': {
        // What follows in the file as a node of its own is part of the convolution here.
        const relu = users.get(output)?.op === 'Relu';
        names.set(output, convolve(node, name, from, relu));
        break;
      }
      case 'Relu':
        names.set(output, from);
        break;
      case 'MaxPool':
        names.set(output, graph.maxPool(name, from));
        break;
      case 'Resize':
        names.set(output, graph.enlarge(name, from));
        break;
      case 'Add': {
        const other = names.get(node.inputs[1] ?? '');
        if (other === undefined) throw new Error(`Nothing gives ${node.inputs[1]}`);
        names.set(output, graph.add(name, from, other));
        break;
      }
      default:
    }
  }
  for (const [level, cellPx] of levels.entries()) {
    const from = findLevel(nodes, names, level);
    graph.sigmoid(`scores-${cellPx}`, writeHeads(`scores-${cellPx}/logits`, from, level, ['cls', 'obj'], true));
    writeHeads(`places-${cellPx}`, from, level, ['bbox', 'kps'], false);
  }
  return graph.write('models/face-detection-yunet/recipe', { node: 'image', shape: [1, 320, 320, 3] }, outputs);

  function convolve(node: OnnxNode, name: string, from: string, relu: boolean): string {
    const kernel = find(node.inputs[1]);
    const bias = find(node.inputs[2]).values;
    const depthwise = node.numbers.get('group')?.[0] !== 1;
    const [stride = 1] = node.numbers.get('strides') ?? [];
    const values = depthwise ? depthwiseWeights(kernel) : fullWeights(kernel);
    if (stride === 1) return graph.convolve(name, from, values, bias, { stride, padding: 'SAME', depthwise, relu });
    // ONNX pads on all sides here; what TensorFlow calls SAME would pad right and below only.
    const padded = graph.pad(`${name}/padded`, from, [[0, 0], [1, 1], [1, 1], [0, 0]]);
    return graph.convolve(name, padded, asRedGreenBlue(values), bias, { stride, padding: 'VALID', depthwise, relu });
  }

  function writeHeads(name: string, from: string, level: number, kinds: readonly string[], exact: boolean): string {
    const part = (layer: 1 | 2, what: 'weight' | 'bias') =>
      kinds.map((kind) => find(`${heads}${kind}.${level}.conv${layer}.${what}`));
    const inner = graph.convolve(`${name}/inner`, from, fullWeights(joined(part(1, 'weight'))), joined(part(1, 'bias')).values, {
      stride: 1,
      padding: 'SAME',
      depthwise: false,
      relu: false,
      exact,
    });
    return graph.convolve(name, inner, depthwiseWeights(joined(part(2, 'weight'))), joined(part(2, 'bias')).values, {
      stride: 1,
      padding: 'SAME',
      depthwise: true,
      relu: false,
      exact,
    });
  }
}

/** The one node after each output; of outputs that several use, the last, which none of ours is fused with. */
function countUsers(nodes: readonly OnnxNode[]): ReadonlyMap<string, OnnxNode> {
  return new Map(nodes.flatMap((node) => node.inputs.map((input): [string, OnnxNode] => [input, node])));
}

function findLevel(nodes: readonly OnnxNode[], names: ReadonlyMap<string, string>, level: number): string {
  const first = nodes.find(({ inputs }) => inputs[1] === `${heads}cls.${level}.conv1.weight`);
  const from = names.get(first?.inputs[0] ?? '');
  if (from === undefined) throw new Error(`The model has no level ${level}`);
  return from;
}

/** Tensors behind each other along their first axis, output channels. */
function joined(tensors: readonly OnnxTensor[]): OnnxTensor {
  const channels = tensors.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  return {
    shape: [channels, ...(tensors[0]?.shape.slice(1) ?? [])],
    values: Float32Array.from(tensors.flatMap(({ values }) => [...values])),
  };
}

/** From out, in, height, width to height, width, in, out. */
function fullWeights({ shape, values }: OnnxTensor): Weights {
  const [out = 0, into = 0, height = 0, width = 0] = shape;
  const ordered = new Float32Array(values.length);
  for (const [at, value] of values.entries()) {
    const pixel = at % (height * width);
    const from = Math.floor(at / (height * width)) % into;
    const to = Math.floor(at / (height * width * into));
    ordered[(pixel * into + from) * out + to] = value;
  }
  return { shape: [height, width, into, out], values: ordered };
}

/** From channels, 1, height, width to height, width, channels, 1. */
function depthwiseWeights({ shape, values }: OnnxTensor): Weights {
  const [channels = 0, one = 0, height = 0, width = 0] = shape;
  if (one !== 1) throw new Error('A depthwise convolution with several inputs per channel');
  const ordered = new Float32Array(values.length);
  for (const [at, value] of values.entries()) {
    const pixel = at % (height * width);
    ordered[pixel * channels + Math.floor(at / (height * width))] = value;
  }
  return { shape: [height, width, channels, 1], values: ordered };
}

/** Weights of the first layer for red, green, blue from 0 to 1 instead of blue, green, red from 0 to 255. */
function asRedGreenBlue({ shape, values }: Weights): Weights {
  const [, , into, out] = shape;
  const swapped = values.map((_, at) => {
    const channel = Math.floor(at / out) % into;
    return 255 * (values[at + (into - 1 - 2 * channel) * out] ?? 0);
  });
  return { shape, values: swapped };
}
