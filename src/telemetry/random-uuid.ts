/** UUIDs (RFC 9562). They work where `crypto.randomUUID` does not: at an address that is not https. */

/** Of version 4 (5.4): nothing but chance. */
export function randomUuid(): string {
  return writeUuid(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/**
 * Of version 7 (5.7): the time, then 74 bits of chance. In an index, ids of about the same time are neighbours: a store
 * writes a few of its pages for a group of events, not one for each.
 *
 * @param at milliseconds since 1970
 */
export function timedUuid(at: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 5, left = at; index >= 0; index--, left = Math.floor(left / 256)) bytes[index] = left % 256;
  return writeUuid(bytes, 7);
}

function writeUuid(bytes: Uint8Array, version: 4 | 7): string {
  const signs = Array.from(bytes, (byte, index) => {
    if (index === 6) return ((byte & 0x0f) | (version << 4)).toString(16);
    if (index === 8) return ((byte & 0x3f) | 0x80).toString(16);
    return byte.toString(16).padStart(2, '0');
  }).join('');
  return [signs.slice(0, 8), signs.slice(8, 12), signs.slice(12, 16), signs.slice(16, 20), signs.slice(20)].join('-');
}
