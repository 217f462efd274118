/* Most file systems take 255 bytes; room is left for a number, the ending and a browser's " (1)". */
const mostNameBytes = 180;

/* Device names that Windows refuses whatever their ending. */
const reservedName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A title as the name of a file that every common file system takes: no separators, no control or direction characters,
 * no dots or spaces at its ends, of at most 180 bytes. Letters of any script stay.
 *
 * @param title what a user called it
 * @param fallback the name where nothing of the title is left
 * @param extension without its dot
 */
export function fileNameOf(title: string, fallback: string, extension: string): string {
  return `${safeFileName(title, fallback)}.${extension}`;
}

/** As {@link fileNameOf}, without an extension. */
export function safeFileName(title: string, fallback: string): string {
  const cleaned = title
    .normalize('NFC')
    // What Windows refuses, and control characters, part words; format (such as right-to-left override), surrogate and
    // private characters do not.
    .replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, ' ')
    .replaceAll(/\p{C}/gu, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  const short = cutToBytes(cleaned, mostNameBytes).replaceAll(/[. ]+$/g, '');
  if (short === '') return fallback;
  return reservedName.test(short) ? `_${short}` : short;
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
