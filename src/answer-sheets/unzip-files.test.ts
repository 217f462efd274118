import { type Zippable, Zip, ZipDeflate, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';

import { type UnzipLimits, unzipFiles } from './unzip-files.ts';

const limits: UnzipLimits = { mostFileBytes: 1e6, mostBytes: 2e6, mostFiles: 50 };

async function unzip(zip: BlobPart, within = limits) {
  const files: string[] = [];
  try {
    for await (const entry of unzipFiles(new Blob([zip]), within)) {
      files.push(`${entry.name}: ${'failure' in entry ? entry.failure.code : await entry.file.text()}`);
    }
  } catch (error) {
    files.push(error instanceof Error && 'failure' in error ? JSON.stringify(error.failure) : String(error));
  }
  return files;
}

/** As phones write them while they go: sizes stand behind each file only. */
function zipInOneGo(files: Readonly<Record<string, Uint8Array>>): Blob {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((_error, part) => parts.push(part));
  for (const [name, content] of Object.entries(files)) {
    const entry = new ZipDeflate(name);
    zip.add(entry);
    entry.push(content, true);
  }
  zip.end();
  return new Blob(parts);
}

describe('an archive', () => {
  test('gives its files, packed or not, without folders and what systems leave', async () => {
    const content: Zippable = {
      'a.jpg': strToU8('one'),
      folder: { 'b.jpg': [strToU8('two'), { level: 0 }], '.DS_Store': strToU8('x'), 'Thumbs.db': strToU8('x') },
      __MACOSX: { '._a.jpg': strToU8('x') },
    };
    expect(await unzip(zipSync(content))).toEqual(['a.jpg: one', 'folder/b.jpg: two']);
  });

  test('written in one go is read, whatever its files look like inside', async () => {
    const signature = String.fromCharCode(0x50, 0x4b, 7, 8);
    expect(await unzip(zipInOneGo({ 'Niño.jpg': strToU8(`a ${signature} b`), 'b.jpg': strToU8('two') }))).toEqual([
      `Niño.jpg: a ${signature} b`,
      'b.jpg: two',
    ]);
  });

  test('with a file that unpacks to more than it may names that file and goes on', async () => {
    const bomb = zipSync({ 'a.jpg': new Uint8Array(1.5e6), 'b.jpg': strToU8('b') });
    expect(bomb.length).toBeLessThan(10_000);
    expect(await unzip(bomb)).toEqual(['a.jpg: file-too-big', 'b.jpg: b']);
  });

  test('whose directory says less than there is, is counted all the same', async () => {
    const bomb = zipSync({ 'a.jpg': new Uint8Array(1.5e6) });
    const view = new DataView(bomb.buffer, bomb.byteOffset);
    const directory = view.getUint32(bomb.length - 6, true);
    view.setUint32(directory + 24, 10, true);
    expect(await unzip(bomb)).toEqual(['a.jpg: file-too-big']);
  });

  test('that comes to more than all may have is stopped', async () => {
    const zeros = new Uint8Array(0.9e6);
    const read = await unzip(zipSync({ 'a.jpg': zeros, 'b.jpg': zeros, 'c.jpg': zeros, 'd.jpg': strToU8('d') }));
    expect(read).toHaveLength(3);
    expect(read[2]).toContain('"limit":2');
  });

  test('of too many files is stopped', async () => {
    const zip = zipSync(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${at}.jpg`, strToU8('x')])));
    expect(await unzip(zip)).toEqual([expect.stringContaining('"pages":60')]);
  });

  test('that breaks off is damaged', async () => {
    const zip = zipSync({ 'a.jpg': strToU8('one'), 'b.jpg': strToU8('two') });
    expect(await unzip(zip.slice(0, zip.length - 30))).toEqual([expect.stringContaining('damaged-file')]);
  });

  test('with a way of packing that nobody here knows, or a password, names that file', async () => {
    const zip = zipSync({ 'a.jpg': strToU8('one'), 'b.jpg': strToU8('two'), 'c.jpg': strToU8('three') });
    const view = new DataView(zip.buffer, zip.byteOffset);
    const directory = view.getUint32(zip.length - 6, true);
    // 14 is LZMA; bit 0 of the flags is encryption. An entry here is 46 bytes and a name of 5.
    view.setUint16(directory + 10, 14, true);
    view.setUint16(directory + 51 + 8, 1, true);
    expect(await unzip(zip)).toEqual(['a.jpg: unsupported-format', 'b.jpg: unsupported-format', 'c.jpg: three']);
  });
});
