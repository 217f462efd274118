/** Characters written by hand in printed boxes, and what was read in them. */
import type { Quad, RgbaImage, Size } from './images.ts';
import type { Position, SheetRectangle } from './sheets.ts';

/** All characters that can be read. Small letters are read as capitals. */
export const digits = '0123456789';
export const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * - `read`: sure enough to be taken without a look.
 * - `doubtful`: something is written, and a person has to say what: `character` is the best guess.
 * - `scribbled`: struck out or blackened; not a character.
 * - `blank`: nothing is written.
 */
export type CharacterState = 'read' | 'doubtful' | 'scribbled' | 'blank';

export interface CharacterReading {
  readonly state: CharacterState;
  /** The likeliest of the box's alphabet; absent where nothing is written, and where the box is not in the picture. */
  readonly character?: string;
  /** Calibrated chance, 0 to 1, that what is written is `character`, out of everything that can be written; 0 without one. */
  readonly probability: number;
  /**
   * Every character of the alphabet, likeliest first; empty where there is no `character`. The chances are those out of everything
   * that can be written, so together they may be far below 1.
   */
  readonly alternatives: readonly CharacterChance[];
}

export interface CharacterChance {
  readonly character: string;
  /** Natural logarithm. */
  readonly logProbability: number;
}

/** A box on a page; `alphabet` holds the characters that may be in it, such as `digits` or `'ABCDE'`. */
export interface BoxToRead extends SheetRectangle {
  readonly alphabet: string;
}

/** The page that boxes lie on: `size` in the boxes' unit, and where its corners are in the photo. */
export interface PageInPhoto {
  readonly corners: Quad;
  readonly size: Size;
}

/** A box in a picture: the middles of its printed lines, clockwise from the top left of the upright character. */
export interface BoxInPicture {
  readonly outline: Quad<Position>;
  readonly alphabet: string;
}

/** Reads boxes of one picture; readings come in the order of the boxes. Rooms that need it are handed it. */
export type ReadCharacters = (
  picture: RgbaImage,
  boxes: readonly BoxInPicture[],
) => Promise<readonly CharacterReading[]>;

/** Boxes to read on a photo. Without `page` they are in pixels of the photo itself, such as a page that is flat already. */
export interface BoxesOrder {
  readonly photo: Blob;
  readonly page?: PageInPhoto;
  readonly boxes: readonly BoxToRead[];
}

/** A page of somebody's form, with boxes drawn on a flat picture of it. */
export interface FormOrder {
  readonly photo: Blob;
  /** Of the page in the photo; which of them is the form's top left is found out. */
  readonly corners: Quad;
  /** Of the form's flat picture, in which the boxes are. */
  readonly size: Size;
  readonly boxes: readonly BoxToRead[];
}

export interface FormBoxReading {
  readonly reading: CharacterReading;
  /** Where the box was found on the flat page. */
  readonly place: Quad<Position>;
  /** Whether printed lines were seen around it. */
  readonly seen: boolean;
}

export interface FormPageReading {
  readonly boxes: readonly FormBoxReading[];
  /** The page, flat and upright, of the form's size: a JPEG. */
  readonly page: Blob;
}
