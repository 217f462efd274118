import type { RgbaImage, Size } from '#contract/images.ts';

/** A network that finds faces, as this room is handed it. */
export interface FaceNetwork {
  readonly family: 'blazeface' | 'yunet';
  /** Name and version of the model, such as `face-detection 1`. */
  readonly detector: string;
  /**
   * @param input R, G, B of a picture of `size`, row by row, in the range of its family
   * @param size multiples of 32
   * @returns output tensors by name, flat
   */
  run(input: Float32Array, size: Size): Promise<Readonly<Record<string, Float32Array>>>;
}

/** The photo scaled to a long side of at most so many pixels, never enlarged. */
export type ReadPicture = (longSidePx: number) => RgbaImage;

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** One guess of a network, in pixels of what it was given. Many of them are of the same face. */
export interface Candidate {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** As the network says it, 0 to 1. */
  readonly score: number;
  /** On the left of the picture first, where the face is upright. */
  readonly eyes: readonly [Spot, Spot];
  readonly nose: Spot;
}
