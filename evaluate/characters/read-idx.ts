/** IDX files of bytes (http://yann.lecun.com/exdb/mnist): sizes of each dimension, then the values row by row. */
export interface Idx {
  readonly sizes: readonly number[];
  readonly values: Uint8Array;
}

/** @throws Error where the bytes are something else, or cut off */
export function readIdx(bytes: Uint8Array): Idx {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== 8)
    throw new Error('not an IDX file of bytes');
  const dimensions = view.getUint8(3);
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) throw new Error('the IDX file is cut off');
  const sizes = Array.from({ length: dimensions }, (_, index) => view.getUint32(4 + 4 * index));
  const length = sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== start + length)
    throw new Error(`the IDX file has ${bytes.length - start} values, not ${length}`);
  return { sizes, values: bytes.subarray(start) };
}
