import type { PrintPicture, RecognisedLine } from '#contract/text.ts';
import type { Plane } from '#worker/vision/plane.ts';

/** What is read at a time, as Tesseract's page segmentation modes have it. */
export type Segmentation = 'page' | 'block' | 'line' | 'sparse';

export interface RecogniseOptions {
  readonly segmentation: Segmentation;
  /** Told how far it is, 0 to 1. */
  readonly report?: (share: number) => void;
}

/** Turns a picture of print into words: what this room is handed, as a room starts no runtime. */
export interface Recogniser {
  /** Such as `tesseract 5.1.0 simd`. */
  readonly name: string;
  /**
   * @param picture dark print on white; small letters 20 to 30 pixels high are read best.
   * @returns lines with words, in reading order
   */
  recognise(picture: Plane, options: RecogniseOptions): readonly RecognisedLine[];
}

/** Another recogniser of the same languages, which works at the same time where it has nothing else to do. */
export interface Helper {
  /** Whether it can begin right now. */
  isReady(): Promise<boolean>;
  /**
   * Reads each picture as a block. They are handed over, not copied.
   *
   * @returns lines of each, or `undefined` where it could not
   */
  recognise(pictures: readonly PrintPicture[]): Promise<readonly (readonly RecognisedLine[])[] | undefined>;
}
