/** Pictures and the coordinate spaces that points live in. */

/*
 * The two platform objects that jobs carry, known here by name and size only, so that this layer and the pure rooms
 * compile without the DOM. Where the DOM's own declarations are present, these merge into them.
 */
declare global {
  interface Blob {
    readonly size: number;
    readonly type: string;
  }
  interface ImageBitmap {
    readonly width: number;
    readonly height: number;
  }
}

/** Straight (not premultiplied) 8-bit RGBA, rows from the top, `data.length === width * height * 4`. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

declare const space: unique symbol;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Pixels of the photo as it is seen (EXIF orientation applied); (0, 0) is the outer corner of the first pixel. */
export type PhotoPoint = Point & { readonly [space]: 'photo' };

/** Corners in reading order of the upright page: top left, top right, bottom right, bottom left. */
export type Quad<P extends Point = PhotoPoint> = readonly [P, P, P, P];

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function photoPoint(x: number, y: number): PhotoPoint {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand exists in types only, and is given here
  return { x, y } as PhotoPoint;
}

/** The quad that takes in the whole photo. */
export function wholePhoto({ width, height }: Size): Quad {
  return [photoPoint(0, 0), photoPoint(width, 0), photoPoint(width, height), photoPoint(0, height)];
}
