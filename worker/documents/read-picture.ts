import type { Size } from '#contract/images.ts';

/** A picture in the form that a PDF takes over without decoding it (PDF 32000-1:2008, 8.9.5). */
export interface EmbeddablePicture extends Size {
  readonly filter: 'DCTDecode' | 'FlateDecode';
  readonly colourSpace: 'DeviceGray' | 'DeviceRGB';
  readonly bitsPerComponent: number;
  readonly content: Uint8Array;
}

/**
 * Reads a JPEG of one or three components, or an opaque PNG of greys or RGB without interlace, into what a PDF embeds. A
 * JPEG loses its metadata on the way: EXIF, XMP, colour profiles, comments.
 *
 * @returns `undefined` for a PNG that must be decoded first: with alpha, a palette or interlace.
 * @throws where the bytes are neither JPEG nor PNG, or end too early: pages come from our own encoder.
 */
export function readPicture(bytes: Uint8Array): EmbeddablePicture | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes);
  if (isPng(bytes)) return readPng(bytes);
  throw new Error('the page is neither JPEG nor PNG');
}

export function isPng(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47;
}

function readJpeg(bytes: Uint8Array): EmbeddablePicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let frame: { width: number; height: number; components: number; bits: number } | undefined;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes[at] !== 0xff) throw new Error(`no JPEG marker at byte ${at}`);
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes before a marker (ITU-T T.81, B.1.1.2).
    if (marker === 0xff) {
      at++;
      continue;
    }
    // Start of scan: coded data up to the end, with no segment that could carry metadata.
    if (marker === 0xda) {
      if (frame === undefined) break;
      kept.push(bytes.subarray(at));
      return {
        width: frame.width,
        height: frame.height,
        filter: 'DCTDecode',
        colourSpace: frame.components === 1 ? 'DeviceGray' : 'DeviceRGB',
        bitsPerComponent: frame.bits,
        content: concatenate(kept),
      };
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) break;
    if (isStartOfFrame(marker)) {
      frame = {
        bits: view.getUint8(at + 4),
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        components: view.getUint8(at + 9),
      };
      if (frame.components !== 1 && frame.components !== 3) throw new Error(`JPEG of ${frame.components} components`);
    }
    if (!isMetadata(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  throw new Error('the JPEG ends before its picture');
}

/** SOF0 to SOF15 without the three markers among them that start tables: DHT, JPG, DAC. */
function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** APP1 to APP15 and COM, but for APP14, which says how the colours are coded. */
function isMetadata(marker: number): boolean {
  return (marker > 0xe0 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;
}

function readPng(bytes: Uint8Array): EmbeddablePicture | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33) throw new Error('the PNG ends before its picture');
  const colourType = view.getUint8(25);
  const isInterlaced = view.getUint8(28) !== 0;
  if ((colourType !== 0 && colourType !== 2) || isInterlaced) return undefined;
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'tRNS') return undefined;
    if (type === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    if (type === 'IEND') {
      return {
        width: view.getUint32(16),
        height: view.getUint32(20),
        filter: 'FlateDecode',
        colourSpace: colourType === 0 ? 'DeviceGray' : 'DeviceRGB',
        bitsPerComponent: view.getUint8(24),
        content: concatenate(parts),
      };
    }
    at += 12 + length;
  }
  throw new Error('the PNG ends before its picture');
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
