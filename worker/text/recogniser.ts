import type { Plane } from '#worker/vision/plane.ts';

/** What is read at a time, as Tesseract's page segmentation modes have it. */
export type Segmentation = 'page' | 'block' | 'line' | 'sparse';

/** In pixels of the picture that was read; `right` and `bottom` are outside. */
export interface PrintBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface RecognisedWord {
  readonly text: string;
  readonly box: PrintBox;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface RecognisedLine {
  readonly words: readonly RecognisedWord[];
  readonly box: PrintBox;
  readonly baseline: { readonly from: readonly [number, number]; readonly to: readonly [number, number] };
  /** Height of the small letters in pixels. */
  readonly xHeight: number;
}

export interface RecognisedParagraph {
  readonly lines: readonly RecognisedLine[];
}

export interface RecognisedBlock {
  readonly paragraphs: readonly RecognisedParagraph[];
  readonly box: PrintBox;
}

export interface RecogniseOptions {
  readonly segmentation: Segmentation;
  /** Told how far it is, 0 to 1. */
  readonly report?: (share: number) => void;
}

/** Turns a picture of print into words: what this room is handed, as a room starts no runtime. */
export interface Recogniser {
  /** Such as `tesseract 5.1.0 simd`. */
  readonly name: string;
  /** @param picture dark print on white; small letters 20 to 30 pixels high are read best. */
  recognise(picture: Plane, options: RecogniseOptions): readonly RecognisedBlock[];
}
