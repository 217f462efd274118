/** HEIC and AVIF, which no canvas writes: one picture in the boxes of ISO/IEC 14496-12 and 23008-12. */
import type { Page } from '@playwright/test';
import { encodeHevc, profileTierLevel } from './encode-hevc.ts';
import type { Picture } from './make-files.ts';

/** Sides are multiples of 32 pixels. */
export function makeHeic(picture: Picture): Buffer {
  const { videoParameters, sequenceParameters, pictureParameters, slices } = encodeHevc(picture);
  const arrays = [videoParameters, sequenceParameters, pictureParameters].map((unit) =>
    Buffer.concat([Buffer.from([0x80 | ((unit[0] ?? 0) >> 1)]), uint16(1), uint16(unit.length), unit]),
  );
  const configuration = box(
    'hvcC',
    Buffer.from([1]),
    profileTierLevel,
    // No minimal segmentation, any parallelism, 4:2:0 of 8 bits, rate unknown, lengths of 4 bytes.
    Buffer.from([0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, arrays.length]),
    ...arrays,
  );
  const data = Buffer.concat(slices.flatMap((slice) => [uint32(slice.length), slice]));
  return wrapPicture({ brand: 'heic', itemType: 'hvc1', configuration, data, ...picture });
}

/** Encodes a picture of the browser's formats anew. `page` must be at a secure address, as the app is. */
export async function makeAvif(page: Page, photo: Buffer): Promise<Buffer> {
  const { base64, width, height } = await page.evaluate(encodeAv1, photo.toString('base64'));
  // Profile 0, level 3.0, 8 bits, 4:2:0.
  const configuration = box('av1C', Buffer.from([0x81, 4, 0x0c, 0]));
  const data = Buffer.from(base64, 'base64');
  return wrapPicture({ brand: 'avif', itemType: 'av01', configuration, data, width, height });
}

/** Runs in the browser, so it may use nothing from outside itself. */
async function encodeAv1(photo: string): Promise<{ base64: string; width: number; height: number }> {
  const bytes = Uint8Array.from(atob(photo), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const chunks: Uint8Array[] = [];
  let failure: unknown;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      chunks.push(data);
    },
    error: (cause) => {
      failure = cause;
    },
  });
  encoder.configure({ codec: 'av01.0.04M.08', width, height, bitrate: 4e6, framerate: 1, latencyMode: 'realtime' });
  const frame = new VideoFrame(bitmap, { timestamp: 0 });
  encoder.encode(frame, { keyFrame: true });
  frame.close();
  await encoder.flush();
  encoder.close();
  const [first] = chunks;
  if (first === undefined) throw new Error(`No AV1 encoder: ${String(failure)}`);
  // A still picture has no temporal delimiter, an empty unit of two bytes (AVIF 2.1).
  const still = first[0] === 0x12 && first[1] === 0 ? first.subarray(2) : first;
  return { base64: btoa(Array.from(still, (byte) => String.fromCharCode(byte)).join('')), width, height };
}

interface Item {
  readonly brand: 'heic' | 'avif';
  readonly itemType: 'hvc1' | 'av01';
  readonly configuration: Buffer;
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

function wrapPicture({ brand, itemType, configuration, data, width, height }: Item): Buffer {
  const type = box('ftyp', Buffer.from(brand), uint32(0), Buffer.from('mif1'), Buffer.from(brand));
  const describe = (offset: number) =>
    fullBox(
      'meta',
      fullBox('hdlr', uint32(0), Buffer.from('pict'), Buffer.alloc(13)),
      fullBox('pitm', uint16(1)),
      // One item of one extent; offsets and lengths of 4 bytes.
      fullBox('iloc', Buffer.from([0x44, 0]), ...[1, 1, 0, 1].map(uint16), uint32(offset), uint32(data.length)),
      fullBox(
        'iinf',
        uint16(1),
        box('infe', uint32(2 << 24), uint16(1), uint16(0), Buffer.from(itemType), Buffer.alloc(1)),
      ),
      box(
        'iprp',
        box(
          'ipco',
          configuration,
          fullBox('ispe', uint32(width), uint32(height)),
          fullBox('pixi', Buffer.from([3, 8, 8, 8])),
        ),
        // Item 1 has all three properties, the first of them essential.
        fullBox('ipma', uint32(1), uint16(1), Buffer.from([3, 0x81, 2, 3])),
      ),
    );
  const meta = describe(type.length + describe(0).length + 8);
  return Buffer.concat([type, meta, box('mdat', data)]);
}

function box(type: string, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([uint32(content.length + 8), Buffer.from(type, 'latin1'), content]);
}

/** A box that begins with version and flags, both 0. */
function fullBox(type: string, ...contents: readonly Buffer[]): Buffer {
  return box(type, uint32(0), ...contents);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}

function uint32(value: number): Buffer {
  return Buffer.from([value >>> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff]);
}
