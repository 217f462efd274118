import { expect, it } from 'vitest';
import { readOnnx } from './read-onnx.ts';

/** A protocol buffer, written by hand: numbers as varints, everything else with its length. */
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);
const number = (field: number, value: number) => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, content: readonly number[]) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const text = (field: number, value: string) => bytes(field, [...Buffer.from(value)]);

const weights = new Uint8Array(Float32Array.of(1.5, -2).buffer);
const tensor = [...number(1, 2), ...number(1, 1), ...number(2, 1), ...text(8, 'w'), ...bytes(9, [...weights])];
const shape = [...number(1, 1), ...number(2, 7), ...text(8, 'shape'), ...bytes(9, [1, 0, 0, 0, 0, 0, 0, 0])];
const strides = [...text(1, 'strides'), ...bytes(8, [...varint(2), ...varint(300)])];
const group = [...text(1, 'group'), ...number(3, 16)];
const node = [
  ...text(1, 'x'),
  ...text(1, 'w'),
  ...text(2, 'y'),
  ...text(3, 'its name'),
  ...text(4, 'Conv'),
  ...bytes(5, strides),
  ...bytes(5, group),
];
const graph = [...bytes(1, node), ...bytes(5, tensor), ...bytes(5, shape)];
const model = Uint8Array.from([...number(1, 8), ...text(2, 'pytorch'), ...bytes(7, graph)]);

it('reads nodes with their whole numbers, and weights of 32-bit floats', () => {
  const { nodes, weights: read } = readOnnx(model);
  expect(nodes).toEqual([
    {
      op: 'Conv',
      inputs: ['x', 'w'],
      outputs: ['y'],
      numbers: new Map([
        ['strides', [2, 300]],
        ['group', [16]],
      ]),
    },
  ]);
  expect([...read.keys()]).toEqual(['w']);
  expect(read.get('w')).toEqual({ shape: [2, 1], values: Float32Array.of(1.5, -2) });
});

it('refuses a file that is cut off, and one that is something else', () => {
  expect(() => readOnnx(model.subarray(0, model.length - 3))).toThrow('cut off');
  expect(() => readOnnx(Uint8Array.from(text(2, 'pytorch')))).toThrow('no ONNX model');
});
