/**
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

export {};
