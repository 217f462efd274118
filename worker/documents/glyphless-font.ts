/**
 * A TrueType font whose only glyph is empty, for text that is searched and copied but not seen. Readers want an embedded
 * font to trust a text's widths; this one is some 500 bytes. Tables as in the OpenType specification 1.9.1.
 */

/** Every sign is half as wide as the font is high. */
export const glyphWidth = 500;
const unitsPerEm = 1000;

/** The file of the font: `.notdef` and one empty glyph. */
export function buildGlyphlessFont(): Uint8Array<ArrayBuffer> {
  const tables = [
    ['OS/2', os2Table()],
    ['cmap', cmapTable()],
    // No outline at all; some readers refuse a table of no bytes.
    ['glyf', u16(0)],
    ['head', headTable()],
    ['hhea', hheaTable()],
    ['hmtx', u16(glyphWidth, 0, 0)],
    ['loca', u16(0, 0, 0)],
    // Version 1.0, two glyphs; the rest counts what outlines would need.
    ['maxp', join(u32(0x1_0000), u16(2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0))],
    ['name', nameTable()],
    // Version 3.0: no names of glyphs.
    ['post', join(u32(0x3_0000, 0), u16(0, 0), u32(1, 0, 0, 0, 0))],
  ] as const;

  const directory: Uint8Array[] = [];
  const contents: Uint8Array[] = [];
  let offset = 12 + 16 * tables.length;
  for (const [tag, table] of tables) {
    directory.push(ascii(tag), u32(checksumOf(table), offset, table.length));
    const padded = new Uint8Array(Math.ceil(table.length / 4) * 4);
    padded.set(table);
    contents.push(padded);
    offset += padded.length;
  }
  // Ten tables: the largest power of two is 8, so range 128, selector 3, and 32 for the rest.
  const font = join(u32(0x1_0000), u16(tables.length, 128, 3, 32), ...directory, ...contents);
  const head = tables.findIndex(([tag]) => tag === 'head');
  const headOffset = 12 + 16 * tables.length + contents.slice(0, head).reduce((sum, { length }) => sum + length, 0);
  new DataView(font.buffer).setUint32(headOffset + 8, (0xb1b0_afba - checksumOf(font)) >>> 0);
  return font;
}

function headTable(): Uint8Array {
  return join(
    u32(0x1_0000, 0x1_0000, 0, 0x5f0f_3cf5),
    u16(0, unitsPerEm),
    // Created and modified: no date.
    u32(0, 0, 0, 0),
    u16(0, 0, glyphWidth, unitsPerEm, 0, 8, 2, 0, 0),
  );
}

function hheaTable(): Uint8Array {
  return join(u32(0x1_0000), u16(unitsPerEm, 0, 0, glyphWidth, 0, 0, glyphWidth, 1, 0, 0, 0, 0, 0, 0, 0, 1));
}

/** Version 3; first and last character 0 and 0xffff. */
function os2Table(): Uint8Array {
  return join(
    u16(3, glyphWidth, 400, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    new Uint8Array(10),
    u32(0, 0, 0, 0),
    ascii('PAPL'),
    u16(0x40, 0, 0xffff, unitsPerEm, 0, 0, unitsPerEm, 0),
    u32(1, 0),
    u16(unitsPerEm, unitsPerEm, 0, 0, 1),
  );
}

/** Format 4 with the closing segment alone: PDF takes glyphs by `CIDToGIDMap`, not by character. */
function cmapTable(): Uint8Array {
  return join(u16(0, 1, 3, 1), u32(12), u16(4, 24, 0, 2, 2, 0, 0, 0xffff, 0, 0xffff, 1, 0));
}

/** The name `Papel` as the family's and as the PostScript one. */
function nameTable(): Uint8Array {
  const name = u16(...Array.from('Papel', (letter) => letter.charCodeAt(0)));
  const record = (id: number) => u16(3, 1, 0x409, id, name.length, 0);
  return join(u16(0, 2, 30), record(1), record(6), name);
}

function checksumOf(table: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) {
    const byte = (index: number): number => table[at + index] ?? 0;
    sum = (sum + ((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3))) >>> 0;
  }
  return sum;
}

function u16(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]));
}

function u32(...values: readonly number[]): Uint8Array {
  return join(...values.map((value) => u16(value >>> 16, value & 0xffff)));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
