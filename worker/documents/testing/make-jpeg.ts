/* A grey baseline JPEG of 16 x 16 pixels, black left of white: 147 bytes, nearly all of them its tables. */
const greyHalves =
  'ffd8ffdb00430006040506050406060506070706080a100a0a09090a140e0f0c1017141818171416161a1d251f1a1b231c16' +
  '16202c20232627292a29191f2d302d283025282928ffc0000b080010001001011100ffc40015000101000000000000000000' +
  '00000000000908ffc40014100100000000000000000000000000000000ffda0008010100003f00950aa0ab2a8fffd9';

export function greyJpeg(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(greyHalves.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

/** The JPEG with a segment put behind its start, as cameras do with EXIF (marker 0xe1). */
export function withSegment(jpeg: Uint8Array, marker: number, content: string): Uint8Array<ArrayBuffer> {
  const segment = Uint8Array.from([
    0xff,
    marker,
    0,
    content.length + 2,
    ...Array.from(content, (c) => c.charCodeAt(0)),
  ]);
  const bytes = new Uint8Array(jpeg.length + segment.length);
  bytes.set(jpeg.subarray(0, 2));
  bytes.set(segment, 2);
  bytes.set(jpeg.subarray(2), 2 + segment.length);
  return bytes;
}
