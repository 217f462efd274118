import libheifUrl from 'libheif-js/libheif-wasm/libheif-bundle.mjs?url&no-inline';
import { CodedFailure } from '#contract/failures.ts';
import type { RgbaImage } from '#contract/images.ts';
import { findMissingEnd } from '../check-complete.ts';
import { checkSize, encodeOriginal, pictureAt, type PhotoFile } from './photo-file.ts';

/** The part of libheif's binding that is used. */
interface LibHeif {
  readonly HeifDecoder: new () => { decode(file: Uint8Array): HeifPicture[] };
}

interface HeifPicture {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  /** Fills `target.data` with RGBA, rotation and mirroring applied; calls back with null where it cannot. */
  display(target: RgbaImage, done: (result: RgbaImage | null) => void): void;
  free(): void;
}

let starting: Promise<{ libheif: LibHeif }> | undefined;

/**
 * Opens a HEIC photo. Bursts and live photos hold more pictures than the one that was meant: only the primary one counts.
 */
export async function openHeic(file: Blob): Promise<PhotoFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const missing = findMissingEnd(bytes);
  if (missing !== undefined) throw new CodedFailure('damaged-file', missing);
  const { libheif } = await startLibHeif();
  const all = new libheif.HeifDecoder().decode(bytes);
  const meant = all.filter((picture) => picture.is_primary());
  const pictures = meant.length > 0 ? meant : all.slice(0, 1);
  if (pictures.length === 0) throw new CodedFailure('damaged-file', 'HEIC without a picture');
  return {
    pictures: pictures.length,
    async convert(index, encoding) {
      const image = await decodePixels(pictureAt(pictures, index));
      encoding();
      return encodeOriginal(image);
    },
    async close() {
      for (const picture of all) picture.free();
    },
  };
}

async function decodePixels(picture: HeifPicture): Promise<RgbaImage> {
  const width = picture.get_width();
  const height = picture.get_height();
  checkSize({ width, height });
  const target = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const decoded = await new Promise<RgbaImage | null>((resolve) => picture.display(target, resolve));
  if (decoded === null) throw new CodedFailure('damaged-file', 'This HEIC does not decode');
  return target;
}

/** A start that fails is forgotten, so that the next photo tries again. */
async function startLibHeif(): Promise<{ libheif: LibHeif }> {
  starting ??= importLibHeif();
  try {
    return await starting;
  } catch (cause) {
    starting = undefined;
    throw new CodedFailure('runtime-unavailable', 'The HEIC decoder did not load', undefined, cause);
  }
}

/**
 * libheif is LGPL: its published file is served as it is, under its own name, and loaded at run time, so that anyone can
 * put another build of it in its place.
 */
async function importLibHeif(): Promise<{ libheif: LibHeif }> {
  const module: unknown = await import(/* @vite-ignore */ libheifUrl);
  if (!isLibHeifModule(module)) throw new Error(`${libheifUrl} is not libheif`);
  return { libheif: module.default() };
}

function isLibHeifModule(module: unknown): module is { default: () => LibHeif } {
  return typeof module === 'object' && module !== null && 'default' in module && typeof module.default === 'function';
}
