/** JFIF 1.02: the APP0 segment right behind the start of the file says how many dots an inch has. */

const start = [0xff, 0xd8];
const app0 = [0xff, 0xe0];
/** "JFIF", a zero, version 1.02. */
const identifier = [0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x02];
const perInch = 1;

/** The same JPEG with its density said in its header, which is put in where the encoder wrote none. */
export function withDensity(jpeg: Uint8Array<ArrayBuffer>, dotsPerInch: number): Uint8Array<ArrayBuffer> {
  const density = [(dotsPerInch >> 8) & 255, dotsPerInch & 255];
  // Length of the segment without its marker: two bytes of its own, the above, unit, two densities, an empty thumbnail.
  const segment = [...app0, 0, 16, ...identifier, perInch, ...density, ...density, 0, 0];
  const rest = hasJfif(jpeg) ? jpeg.subarray(4 + (((jpeg[4] ?? 0) << 8) | (jpeg[5] ?? 0))) : jpeg.subarray(2);
  const said = new Uint8Array(start.length + segment.length + rest.length);
  said.set([...start, ...segment]);
  said.set(rest, start.length + segment.length);
  return said;
}

function hasJfif(jpeg: Uint8Array): boolean {
  return jpeg[2] === 0xff && jpeg[3] === 0xe0 && identifier.slice(0, 5).every((byte, at) => jpeg[6 + at] === byte);
}
