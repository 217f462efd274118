/**
 * HEVC without an encoder: every block is written as raw samples (`pcm_flag`, ITU-T H.265, 7.3.8.7), in a slice of its
 * own, so that the arithmetic coder starts afresh and writes the same few bits before each.
 */
import type { Picture } from './make-files.ts';

/** Width and height of a picture are multiples of this. */
const blockPx = 32;

/** Network abstraction layer units, without start codes or lengths. */
export interface HevcPicture {
  readonly videoParameters: Buffer;
  readonly sequenceParameters: Buffer;
  readonly pictureParameters: Buffer;
  readonly slices: readonly Buffer[];
}

const unitTypes = { idr: 20, video: 32, sequence: 33, picture: 34 } as const;

/** profile_tier_level: Main Still Picture, level 3.1. As bytes it also begins the `hvcC` box. */
export const profileTierLevel = Buffer.from([3, 0x70, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 93]);

export function encodeHevc(picture: Picture): HevcPicture {
  const columns = picture.width / blockPx;
  const rows = picture.height / blockPx;
  if (!Number.isInteger(columns) || !Number.isInteger(rows)) throw new Error(`Sides must be multiples of ${blockPx}`);
  const addressBits = Math.ceil(Math.log2(columns * rows));
  return {
    videoParameters: writeVideoParameters(),
    sequenceParameters: writeSequenceParameters(picture),
    pictureParameters: writePictureParameters(),
    slices: Array.from({ length: columns * rows }, (_, address) =>
      writeSlice(
        address,
        addressBits,
        samplesOf(picture, (address % columns) * blockPx, Math.floor(address / columns) * blockPx),
      ),
    ),
  };
}

/** Bits from the most significant on; `ue` and `se` are the Exp-Golomb codes of 9.2. */
class BitWriter {
  readonly #bits: number[] = [];

  u(count: number, value: number): this {
    for (let bit = count - 1; bit >= 0; bit -= 1) this.#bits.push(Math.floor(value / 2 ** bit) % 2);
    return this;
  }

  ue(...values: readonly number[]): this {
    for (const value of values) {
      const length = Math.floor(Math.log2(value + 1));
      this.u(length, 0).u(length + 1, value + 1);
    }
    return this;
  }

  flags(...values: readonly (0 | 1)[]): this {
    for (const value of values) this.u(1, value);
    return this;
  }

  bytes(data: Uint8Array): this {
    for (const byte of data) this.u(8, byte);
    return this;
  }

  /** A one and zeros up to the next whole byte: the end of every unit, and of every slice header. */
  endByte(): this {
    this.u(1, 1);
    return this.alignWithZeros();
  }

  alignWithZeros(): this {
    while (this.#bits.length % 8 !== 0) this.#bits.push(0);
    return this;
  }

  toBuffer(): Buffer {
    const bits = this.#bits;
    const bytes = Uint8Array.from({ length: bits.length / 8 }, (_, byte) =>
      bits.slice(byte * 8, byte * 8 + 8).reduce((value, bit) => value * 2 + bit, 0),
    );
    return Buffer.from(bytes);
  }
}

/** Puts the two bytes of header before it and keeps start codes out of it (7.4.2: three bytes 00 00 0x get a 03 inside). */
function unit(type: number, content: Buffer): Buffer {
  const bytes = [type << 1, 1];
  let zeros = 0;
  for (const byte of content) {
    if (zeros === 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(bytes);
}

function writeVideoParameters(): Buffer {
  const bits = new BitWriter();
  // id, base layer internal and available, one layer, one sub-layer, nesting, reserved.
  bits.u(4, 0).flags(1, 1).u(6, 0).u(3, 0).flags(1).u(16, 0xffff).bytes(profileTierLevel);
  bits.flags(1).ue(0, 0, 0).u(6, 0).ue(0).flags(0, 0);
  return unit(unitTypes.video, bits.endByte().toBuffer());
}

function writeSequenceParameters({ width, height }: Picture): Buffer {
  const bits = new BitWriter();
  bits.u(4, 0).u(3, 0).flags(1).bytes(profileTierLevel);
  // id, 4:2:0, size, no cropping, 8 bits.
  bits.ue(0, 1, width, height).flags(0).ue(0, 0);
  bits.ue(0).flags(1).ue(0, 0, 0);
  // Coding blocks of 32 only, transforms of 4 to 32, no deeper split.
  bits.ue(2, 0, 0, 3, 0, 0);
  // No scaling lists, asymmetric partitions or sample adaptive offset; raw samples of 8 bits, blocks of 32, unfiltered.
  bits.flags(0, 0, 0, 1).u(4, 7).u(4, 7).ue(2, 0).flags(1);
  // No reference pictures, motion prediction, smoothing, usability information or extension.
  bits.ue(0).flags(0, 0, 0, 0, 0);
  return unit(unitTypes.sequence, bits.endByte().toBuffer());
}

function writePictureParameters(): Buffer {
  const bits = new BitWriter();
  bits.ue(0, 0).flags(0, 0).u(3, 0).flags(0, 0).ue(0, 0, 0).flags(0, 0, 0).ue(0, 0);
  // Nothing of chroma offsets, weighting, bypass, tiles, wavefronts or filtering across slices; deblocking is off.
  bits.flags(0, 0, 0, 0, 0, 0, 0).flags(1, 0, 1);
  bits.flags(0, 0).ue(0).flags(0, 0);
  return unit(unitTypes.picture, bits.endByte().toBuffer());
}

function writeSlice(address: number, addressBits: number, samples: Uint8Array): Buffer {
  const bits = new BitWriter();
  bits.flags(address === 0 ? 1 : 0, 0).ue(0);
  if (address > 0) bits.u(addressBits, address);
  // An I slice; no change of the quantiser.
  bits.ue(2, 0).endByte();
  const header = bits.toBuffer();
  return unit(unitTypes.idr, Buffer.concat([header, beforeSamples, samples, endOfSlice]));
}

/** Range of the least probable symbol in state 0, by the second and third bit of the range (table 9-52). */
const leastProbableRange = [128, 176, 208, 240] as const;

/** The arithmetic encoder of 9.3.4.5, as far as a slice of one raw block needs it. */
function encodeBins(bins: readonly ('most-probable' | 'end')[]): Buffer {
  const bits = new BitWriter();
  let low = 0;
  let range = 510;
  let outstanding = 0;
  let isFirst = true;
  const put = (bit: 0 | 1) => {
    // The first bit says nothing.
    if (isFirst) isFirst = false;
    else bits.u(1, bit);
    for (; outstanding > 0; outstanding -= 1) bits.u(1, 1 - bit);
  };
  const renormalise = () => {
    while (range < 256) {
      if (low < 256) put(0);
      else if (low >= 512) {
        low -= 512;
        put(1);
      } else {
        low -= 256;
        outstanding += 1;
      }
      range *= 2;
      low *= 2;
    }
  };
  for (const bin of bins) {
    if (bin === 'most-probable') {
      range -= leastProbableRange[(range >> 6) & 3] ?? 0;
      renormalise();
    } else {
      low += range - 2;
      range = 2;
      renormalise();
      put(((low >> 9) & 1) === 1 ? 1 : 0);
      bits.u(2, ((low >> 7) & 3) | 1);
    }
  }
  return bits.alignWithZeros().toBuffer();
}

/** part_mode is 2Nx2N, which at this quantiser begins in state 0 as the most probable symbol; pcm_flag is 1. */
const beforeSamples = encodeBins(['most-probable', 'end']);
const endOfSlice = encodeBins(['end']);

/** Y, then Cb and Cr of half the size, in the limited range of ITU-R BT.601. */
function samplesOf({ colourAt }: Picture, left: number, top: number): Uint8Array {
  const luma: number[] = [];
  const blue: number[] = [];
  const red: number[] = [];
  for (let y = top; y < top + blockPx; y += 1) {
    for (let x = left; x < left + blockPx; x += 1) {
      const [r, g, b] = colourAt(x, y);
      luma.push(16 + (65.481 * r + 128.553 * g + 24.966 * b) / 255);
      if (x % 2 === 1 || y % 2 === 1) continue;
      blue.push(128 + (-37.797 * r - 74.203 * g + 112 * b) / 255);
      red.push(128 + (112 * r - 93.786 * g - 18.214 * b) / 255);
    }
  }
  return Uint8Array.from([...luma, ...blue, ...red], Math.round);
}
