/** The directory at the end of a ZIP archive (APPNOTE.TXT 6.3, with the 64-bit fields of ZIP64). */
import { CodedFailure } from '#contract/failures.ts';

export interface ZipEntry {
  /** Its path in the archive. */
  readonly name: string;
  /** 0: as it is; 8: deflated. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packedBytes: number;
  /** As the directory says. */
  readonly unpackedBytes: number;
  /** Of its own header, before its content. */
  readonly offset: number;
}

/** 2000 entries with paths of a hundred letters are 300 kB. */
const mostDirectoryBytes = 16e6;

const endBytes = 22;
const mostCommentBytes = 0xff_ff;
const locator64Bytes = 20;
const in64 = 0xff_ff_ff_ff;

/** @throws CodedFailure `damaged-file` where the archive breaks off or is none. */
export async function readZipDirectory(zip: Blob): Promise<readonly ZipEntry[]> {
  try {
    const { offset, length } = await findDirectory(zip);
    if (length > mostDirectoryBytes) throw new RangeError(`A directory of ${length} bytes`);
    return readEntries(await viewOf(zip, offset, length));
  } catch (cause) {
    throw new CodedFailure('damaged-file', 'The archive has no directory that makes sense', undefined, cause);
  }
}

/** Where the content of an entry begins, which only its own header says. */
export async function findContent(zip: Blob, { offset }: ZipEntry): Promise<number> {
  const header = await viewOf(zip, offset, 30);
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04_03_4b_50)
    throw new CodedFailure('damaged-file', 'An entry of the archive is not where its directory says');
  return offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
}

async function viewOf(zip: Blob, offset: number, length: number): Promise<DataView> {
  return new DataView(await zip.slice(offset, offset + length).arrayBuffer());
}

async function findDirectory(zip: Blob): Promise<{ readonly offset: number; readonly length: number }> {
  const start = Math.max(0, zip.size - endBytes - mostCommentBytes - locator64Bytes);
  const tail = await viewOf(zip, start, zip.size - start);
  let end = tail.byteLength - endBytes;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06_05_4b_50) end--;
  if (end < 0) throw new RangeError('No end of a directory');
  const length = tail.getUint32(end + 12, true);
  const offset = tail.getUint32(end + 16, true);
  if (offset !== in64 && length !== in64) return { offset, length };
  const at = end - locator64Bytes;
  if (tail.getUint32(at, true) !== 0x07_06_4b_50) throw new RangeError('No locator of a 64-bit directory');
  const record = await viewOf(zip, Number(tail.getBigUint64(at + 8, true)), 56);
  return { length: Number(record.getBigUint64(40, true)), offset: Number(record.getBigUint64(48, true)) };
}

function readEntries(directory: DataView): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= directory.byteLength && directory.getUint32(at, true) === 0x02_01_4b_50) {
    const flags = directory.getUint16(at + 8, true);
    const nameBytes = directory.getUint16(at + 28, true);
    const extraBytes = directory.getUint16(at + 30, true);
    const extra = at + 46 + nameBytes;
    const [unpackedBytes = 0, packedBytes = 0, offset = 0] = readWide(
      directory,
      [at + 24, at + 20, at + 42].map((field) => directory.getUint32(field, true)),
      { from: extra, to: extra + extraBytes },
    );
    entries.push({
      name: decodeName(new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameBytes)),
      method: directory.getUint16(at + 10, true),
      isEncrypted: (flags & 1) !== 0,
      packedBytes,
      unpackedBytes,
      offset,
    });
    at = extra + extraBytes + directory.getUint16(at + 32, true);
  }
  return entries;
}

/** Numbers that did not fit are in the extra field of id 1, in this order. */
function readWide(
  directory: DataView,
  narrow: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly number[] {
  let at = from;
  while (at + 4 <= to && directory.getUint16(at, true) !== 1) at += 4 + directory.getUint16(at + 2, true);
  at += 4;
  return narrow.map((value) => {
    if (value !== in64) return value;
    if (at + 8 > to) throw new RangeError('A 64-bit number is missing');
    at += 8;
    return Number(directory.getBigUint64(at - 8, true));
  });
}

/** Most write UTF-8, whether they say so or not. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
