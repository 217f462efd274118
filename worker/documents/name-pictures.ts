import { zipSync, type Zippable } from 'fflate';

export interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/* Most file systems take 255 bytes; room is left for the number, the ending and a browser's " (1)". */
const mostNameBytes = 180;

/* Device names that Windows refuses whatever their ending. */
const reservedName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name that every common file system takes: no separators, no control or direction characters, no dots or spaces at
 * its ends, of at most 180 bytes. Letters of any script stay. `fallback` where nothing is left.
 */
export function safeFileName(name: string, fallback: string): string {
  const cleaned = name
    .normalize('NFC')
    // Control, format (such as right-to-left override), surrogate and private characters; then what Windows refuses.
    .replaceAll(/[\p{C}]/gu, '')
    .replaceAll(/[/\\:*?"<>|]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  const short = cutToBytes(cleaned, mostNameBytes).replaceAll(/[. ]+$/g, '');
  if (short === '') return fallback;
  return reservedName.test(short) ? `_${short}` : short;
}

/** "Name.jpg" for one picture, "Name - 01.jpg" and so on for several, with as many digits as the last one needs. */
export function namePictures(name: string, count: number, format: 'jpeg' | 'png', fallback: string): string[] {
  const base = safeFileName(name, fallback);
  const ending = format === 'jpeg' ? 'jpg' : 'png';
  if (count === 1) return [`${base}.${ending}`];
  const digits = Math.max(2, String(count).length);
  return Array.from({ length: count }, (_, index) => `${base} - ${String(index + 1).padStart(digits, '0')}.${ending}`);
}

/** A ZIP of pictures as they are: JPEG and PNG are compressed already. `modifiedAt` is the time that each file shows. */
export function zipPictures(files: readonly NamedFile[], modifiedAt: Date): Uint8Array<ArrayBuffer> {
  const contents: Zippable = {};
  for (const { name, bytes } of files) contents[name] = bytes;
  return new Uint8Array(zipSync(contents, { level: 0, mtime: modifiedAt }));
}

/** Cuts between characters, never inside one. */
function cutToBytes(text: string, mostBytes: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += utf8Bytes(character.codePointAt(0) ?? 0);
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept;
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
