import * as utif from 'utif2';
import { CodedFailure } from '#contract/failures.ts';
import type { RgbaImage } from '#contract/images.ts';
import { checkSize, encodeOriginal, pictureAt, type PhotoFile } from './photo-file.ts';

/** Tags of TIFF 6.0, as utif names them. */
const tags = {
  newSubfileType: 't254',
  width: 't256',
  height: 't257',
  orientation: 't274',
  stripOffsets: 't273',
  stripLengths: 't279',
  tileOffsets: 't324',
  tileLengths: 't325',
} as const;

/** Opens a TIFF of one or several pages: Deflate, LZW, PackBits, JPEG and the fax encodings of scanners (G3, G4). */
export async function openTiff(file: Blob): Promise<PhotoFile> {
  const buffer = await file.arrayBuffer();
  const pages = readPages(buffer);
  return {
    pictures: pages.length,
    async convert(index, encoding) {
      const image = decodePage(buffer, pictureAt(pages, index));
      encoding();
      return encodeOriginal(image);
    },
    async close() {},
  };
}

function readPages(buffer: ArrayBuffer): utif.IFD[] {
  const pages = orDamaged(() => utif.decode(buffer)).filter(isPage);
  if (pages.length === 0) throw new CodedFailure('damaged-file', 'TIFF without a picture');
  return pages;
}

/** Bit 0 of NewSubfileType marks a smaller copy of another picture in the file. */
function isPage(ifd: utif.IFD): boolean {
  return Number.isFinite(numberOf(ifd, tags.width)) && ((numberOf(ifd, tags.newSubfileType) || 0) & 1) === 0;
}

function decodePage(buffer: ArrayBuffer, ifd: utif.IFD): RgbaImage {
  checkSize({ width: numberOf(ifd, tags.width), height: numberOf(ifd, tags.height) });
  if (!pixelsLieInside(ifd, buffer.byteLength)) throw new CodedFailure('damaged-file', 'TIFF that ends in its pixels');
  const rgba = orDamaged(() => {
    utif.decodeImage(buffer, ifd);
    return utif.toRGBA8(ifd);
  });
  const { width, height } = ifd;
  if (rgba.length !== width * height * 4) throw new CodedFailure('damaged-file', 'TIFF with fewer pixels than it says');
  const image = { width, height, data: new Uint8ClampedArray(rgba) };
  return turnUpright(image, numberOf(ifd, tags.orientation) || 1);
}

/** The decoder takes what is missing for black; whether all parts of the picture are there shows in their places only. */
function pixelsLieInside(ifd: utif.IFD, fileBytes: number): boolean {
  const offsets = numbersOf(ifd, tags.stripOffsets) ?? numbersOf(ifd, tags.tileOffsets) ?? [];
  const lengths = numbersOf(ifd, tags.stripLengths) ?? numbersOf(ifd, tags.tileLengths) ?? [];
  return offsets.length > 0 && offsets.every((offset, part) => offset + (lengths[part] ?? 0) <= fileBytes);
}

function numbersOf(ifd: utif.IFD, tag: string): number[] | undefined {
  const value = ifd[tag];
  return Array.isArray(value) ? value.map(Number) : undefined;
}

function numberOf(ifd: utif.IFD, tag: string): number {
  return numbersOf(ifd, tag)?.[0] ?? Number.NaN;
}

/** Whatever the decoder trips over in a file is the file's fault. */
function orDamaged<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new CodedFailure('damaged-file', 'This TIFF does not decode', undefined, cause);
  }
}

/** Undoes the Orientation tag: 1 to 8 as in EXIF, where 5 to 8 swap rows and columns. */
export function turnUpright(image: RgbaImage, orientation: number): RgbaImage {
  if (orientation <= 1 || orientation > 8) return image;
  const { width, height } = image;
  const swaps = orientation >= 5;
  const upright = { width: swaps ? height : width, height: swaps ? width : height };
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  const source = new Uint32Array(image.data.buffer, image.data.byteOffset, width * height);
  const target = new Uint32Array(width * height);
  for (let y = 0, to = 0; y < upright.height; y++) {
    for (let x = 0; x < upright.width; x++, to++) {
      const column = swaps ? y : x;
      const row = swaps ? x : y;
      const fromX = fromRight ? width - 1 - column : column;
      const fromY = fromBottom ? height - 1 - row : row;
      target[to] = source[fromY * width + fromX] ?? 0;
    }
  }
  return { ...upright, data: new Uint8ClampedArray(target.buffer) };
}
