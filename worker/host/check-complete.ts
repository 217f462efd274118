/**
 * Tells a whole file from one that was cut off. Browsers decode what there is of a truncated picture and leave the rest
 * grey; a scan of half a page that passes for a whole one is worse than an error.
 */

/** What is missing from the picture file, or `undefined` where it is whole or of a format that needs no check. */
export function findMissingEnd(file: Uint8Array): string | undefined {
  if (startsWith(file, [0xff, 0xd8, 0xff])) return jpegEnds(file) ? undefined : 'JPEG without end-of-image marker';
  if (startsWith(file, [0x89, 0x50, 0x4e, 0x47])) return pngEnds(file) ? undefined : 'PNG without IEND chunk';
  if (startsWith(file, ascii('RIFF'))) {
    return riffLength(file) <= file.length ? undefined : 'WebP shorter than its RIFF header says';
  }
  if (startsWith(file, ascii('BM'))) return bmpLength(file) <= file.length ? undefined : 'BMP shorter than its pixels';
  if (isBaseMedia(file)) return boxesEnd(file) ? undefined : 'AVIF or HEIC cut off inside a box';
  return undefined;
}

/** ITU-T T.81 annex B: marker segments, then entropy-coded data in which FF is followed by 00 or a restart marker. */
function jpegEnds(file: Uint8Array): boolean {
  let at = 2;
  while (at + 1 < file.length) {
    if (file[at] !== 0xff) {
      at = file.indexOf(0xff, at);
      if (at < 0) return false;
      continue;
    }
    const marker = file[at + 1] ?? 0;
    if (marker === 0xd9) return true;
    if (marker === 0xff) at += 1;
    else if (marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else at += 2 + ((file[at + 2] ?? 0) << 8) + (file[at + 3] ?? 0);
  }
  return false;
}

/** PNG 3rd edition, 5.3: length, type, data, CRC. */
function pngEnds(file: Uint8Array): boolean {
  const view = viewOf(file);
  for (let at = 8; at + 12 <= file.length;) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (view.getUint32(at + 4) === 0x49_45_4e_44) return end <= file.length;
    at = end;
  }
  return false;
}

function riffLength(file: Uint8Array): number {
  return file.length < 12 ? Infinity : viewOf(file).getUint32(4, true) + 8;
}

/**
 * Offset of the pixels plus their length. The header's own file size is often wrong; its rows, padded to 4 bytes, are
 * what decoders read. Run-length encoded ones say their length.
 */
function bmpLength(file: Uint8Array): number {
  if (file.length < 54) return Infinity;
  const view = viewOf(file);
  const offset = view.getUint32(10, true);
  if (view.getUint32(14, true) < 40) return offset;
  const compressed = [1, 2].includes(view.getUint32(30, true));
  if (compressed) return offset + view.getUint32(34, true);
  const rowBytes = Math.ceil((view.getInt32(18, true) * view.getUint16(28, true)) / 32) * 4;
  return offset + rowBytes * Math.abs(view.getInt32(22, true));
}

function isBaseMedia(file: Uint8Array): boolean {
  return startsWith(file.subarray(4), ascii('ftyp'));
}

/** ISO/IEC 14496-12, 4.2: top-level boxes of 32-bit size, 64-bit where that is 1, to the end of the file where it is 0. */
function boxesEnd(file: Uint8Array): boolean {
  const view = viewOf(file);
  let at = 0;
  while (at + 8 <= file.length) {
    const short = view.getUint32(at);
    if (short === 0) return true;
    if (short === 1 && at + 16 > file.length) return false;
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < 8) return false;
    at += size;
  }
  return at === file.length;
}

function startsWith(file: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => file[index] === byte);
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function viewOf(file: Uint8Array): DataView {
  return new DataView(file.buffer, file.byteOffset, file.byteLength);
}
