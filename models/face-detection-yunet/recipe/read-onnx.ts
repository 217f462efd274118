/**
 * Reads what a recipe needs of an ONNX file: the nodes of its graph, their attributes of whole numbers, and weights of 32-bit
 * floats. ONNX is a protocol buffer (github.com/onnx/onnx, onnx.proto3); the numbers below are its field numbers.
 */

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Attributes that are a whole number or a list of them. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
}

export interface OnnxTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface OnnxGraph {
  /** In an order in which they can be computed. */
  readonly nodes: readonly OnnxNode[];
  /** Weights of 32-bit floats by name. */
  readonly weights: ReadonlyMap<string, OnnxTensor>;
}

/** @throws where the file is cut off or is no ONNX model */
export function readOnnx(file: Uint8Array): OnnxGraph {
  const graph = readMessage(file).bytes(7)[0];
  if (graph === undefined) throw new Error('This is no ONNX model');
  const fields = readMessage(graph);
  return {
    nodes: fields.bytes(1).map(readNode),
    weights: new Map(fields.bytes(5).flatMap(readTensor)),
  };
}

function readNode(bytes: Uint8Array): OnnxNode {
  const fields = readMessage(bytes);
  const attributes = fields.bytes(5).map((attribute): [string, readonly number[]] => {
    const parts = readMessage(attribute);
    return [parts.text(1), [...parts.numbers(3), ...parts.numbers(8)]];
  });
  return {
    op: fields.text(4),
    inputs: fields.bytes(1).map(decodeText),
    outputs: fields.bytes(2).map(decodeText),
    numbers: new Map(attributes),
  };
}

const floatType = 1;

/** An entry for weights of 32-bit floats that are kept as raw bytes; none for anything else. */
function readTensor(bytes: Uint8Array): [string, OnnxTensor][] {
  const fields = readMessage(bytes);
  const raw = fields.bytes(9)[0];
  if (fields.numbers(2)[0] !== floatType || raw === undefined) return [];
  const shape = fields.numbers(1);
  const values = new Float32Array(Uint8Array.from(raw).buffer);
  if (shape.reduce((product, size) => product * size, 1) !== values.length) throw new Error('A tensor of wrong length');
  return [[fields.text(8), { shape, values }]];
}

/** Fields of one message by number, in their order. */
interface Message {
  bytes(field: number): readonly Uint8Array[];
  /** Packed or one by one. */
  numbers(field: number): readonly number[];
  text(field: number): string;
}

const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

function readMessage(message: Uint8Array): Message {
  const numbers = new Map<number, number[]>();
  const parts = new Map<number, Uint8Array[]>();
  const reader = new Reader(message);
  while (!reader.atEnd) {
    const key = reader.varint();
    const field = key >> 3;
    const type = key & 7;
    if (type === wireTypes.varint) putInto(numbers, field, reader.varint());
    else if (type === wireTypes.bytes) putInto(parts, field, reader.bytes(reader.varint()));
    else if (type === wireTypes.fixed32) reader.bytes(4);
    else if (type === wireTypes.fixed64) reader.bytes(8);
    else throw new Error(`A field of the unknown wire type ${type}`);
  }
  return {
    bytes: (field) => parts.get(field) ?? [],
    numbers: (field) => numbers.get(field) ?? (parts.get(field) ?? []).flatMap(unpackNumbers),
    text: (field) => decodeText(parts.get(field)?.[0] ?? new Uint8Array()),
  };
}

function putInto<T>(map: Map<number, T[]>, field: number, value: T): void {
  const known = map.get(field);
  if (known === undefined) map.set(field, [value]);
  else known.push(value);
}

function unpackNumbers(packed: Uint8Array): number[] {
  const reader = new Reader(packed);
  const numbers: number[] = [];
  while (!reader.atEnd) numbers.push(reader.varint());
  return numbers;
}

class Reader {
  readonly #message: Uint8Array;
  #at = 0;

  constructor(message: Uint8Array) {
    this.#message = message;
  }

  get atEnd(): boolean {
    return this.#at >= this.#message.length;
  }

  /** Whole numbers from 0 to 2^53; negative ones, which are longer, occur in no field that is read here. */
  varint(): number {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = this.#message[this.#at++];
      if (byte === undefined) throw new Error('The file is cut off');
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  }

  bytes(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#message.length) throw new Error('The file is cut off');
    const part = this.#message.subarray(this.#at, end);
    this.#at = end;
    return part;
  }
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
