import { CodedFailure } from '#contract/failures.ts';
import type { Size } from '#contract/images.ts';
import { checkedSize } from './exif.ts';
import { tagAt, type FileWindow } from './file-window.ts';

/*
 * AVIF and HEIC are boxes in boxes (ISO/IEC 14496-12). The size of a picture is a property, `ispe`, in the list `ipco`;
 * `ipma` says which properties belong to which item, `pitm` which item is the picture (ISO/IEC 23008-12).
 */

/** A `meta` box of more bytes than this describes no photo. */
const mostMetaBytes = 4 * 2 ** 20;

const avifBrands = new Set(['avif', 'avis']);
const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1']);

interface Box {
  readonly type: string;
  /** What the box holds, behind its size and type. */
  readonly content: DataView;
}

/** Which of the two formats the brands of the file name, if any. A video has brands of its own. */
export async function readBaseMediaKind(file: FileWindow): Promise<'avif' | 'heic' | undefined> {
  const length = (await file.view(0, 4)).getUint32(0);
  if (length < 16 || length > 4096) return undefined;
  const box = await file.view(0, Math.min(length, file.size));
  const brands = [tagAt(box, 8)];
  for (let at = 16; at + 4 <= box.byteLength; at += 4) brands.push(tagAt(box, at));
  if (brands.some((brand) => avifBrands.has(brand))) return 'avif';
  return brands.some((brand) => heicBrands.has(brand)) ? 'heic' : undefined;
}

/** Size of the file's main picture as it is seen. */
export async function readBaseMediaSize(file: FileWindow): Promise<Size> {
  const meta = await findMeta(file);
  // `meta` and `pitm` begin with a version and flags.
  const boxes = listBoxes(meta, 4);
  const properties = listBoxes(contentOf(boxes, 'iprp'), 0);
  const primary = readPrimaryItem(contentOf(boxes, 'pitm'));
  const all = listBoxes(contentOf(properties, 'ipco'), 0);
  const own = readAssociations(contentOf(properties, 'ipma'), primary).map((index) => all[index - 1]);
  const extent = own.find((box) => box?.type === 'ispe')?.content;
  if (extent === undefined) throw new CodedFailure('damaged-file', 'A picture without a size');
  const size = checkedSize(uint32(extent, 4), uint32(extent, 8));
  const rotation = own.find((box) => box?.type === 'irot')?.content;
  // Quarter turns: odd ones swap the sides.
  const swaps = rotation !== undefined && rotation.byteLength > 0 && rotation.getUint8(0) % 2 === 1;
  return swaps ? { width: size.height, height: size.width } : size;
}

async function findMeta(file: FileWindow): Promise<DataView> {
  for (let at = 0; ;) {
    const header = await file.view(at, 8);
    const short = header.getUint32(0);
    const type = tagAt(header, 4);
    const isLong = short === 1;
    const length = isLong ? Number((await file.view(at + 8, 8)).getBigUint64(0)) : short || file.size - at;
    const headerBytes = isLong ? 16 : 8;
    if (length < headerBytes) throw new CodedFailure('damaged-file', `A box of ${length} bytes`);
    if (type === 'meta') {
      if (length > mostMetaBytes) throw new CodedFailure('damaged-file', `A description of ${length} bytes`);
      return file.view(at + headerBytes, length - headerBytes);
    }
    at += length;
  }
}

function listBoxes(parent: DataView, from: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= parent.byteLength;) {
    const length = parent.getUint32(at) || parent.byteLength - at;
    if (length < 8 || at + length > parent.byteLength)
      throw new CodedFailure('damaged-file', 'A box that leaves its parent');
    boxes.push({
      type: tagAt(parent, at + 4),
      content: new DataView(parent.buffer, parent.byteOffset + at + 8, length - 8),
    });
    at += length;
  }
  return boxes;
}

function contentOf(boxes: readonly Box[], type: string): DataView {
  const box = boxes.find((candidate) => candidate.type === type);
  if (box === undefined) throw new CodedFailure('damaged-file', `No ${type} box`);
  return box.content;
}

function readPrimaryItem(pitm: DataView): number {
  return uint8(pitm, 0) === 0 ? uint16(pitm, 4) : uint32(pitm, 4);
}

/** Places, from 1, of the item's properties in `ipco`. */
function readAssociations(ipma: DataView, item: number): number[] {
  const version = uint8(ipma, 0);
  const isWide = (uint8(ipma, 3) & 1) === 1;
  const entries = uint32(ipma, 4);
  let at = 8;
  for (let entry = 0; entry < entries; entry++) {
    const id = version < 1 ? uint16(ipma, at) : uint32(ipma, at);
    at += version < 1 ? 2 : 4;
    const count = uint8(ipma, at);
    at += 1;
    if (id === item) {
      return Array.from({ length: count }, (_, index) =>
        isWide ? uint16(ipma, at + 2 * index) & 0x7fff : uint8(ipma, at + index) & 0x7f,
      );
    }
    at += count * (isWide ? 2 : 1);
  }
  return [];
}

function uint8(view: DataView, at: number): number {
  return inside(view, at, 1).getUint8(at);
}

function uint16(view: DataView, at: number): number {
  return inside(view, at, 2).getUint16(at);
}

function uint32(view: DataView, at: number): number {
  return inside(view, at, 4).getUint32(at);
}

function inside(view: DataView, at: number, length: number): DataView {
  if (at + length > view.byteLength) throw new CodedFailure('damaged-file', 'A box shorter than its fields');
  return view;
}
