/**
 * The two platform objects that jobs carry, known here by name and size only, so that this layer and the pure rooms
 * compile without the DOM. Global on purpose: where the DOM's own declarations are present, these merge into them.
 */
interface Blob {
  readonly size: number;
  readonly type: string;
}

interface ImageBitmap {
  readonly width: number;
  readonly height: number;
}
