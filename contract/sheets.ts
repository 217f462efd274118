/**
 * Answer sheets: what a sheet looks like, wherever its design comes from, and what was read from a photo of one.
 * Coordinates of a sheet are in its own unit (millimetres for ours, pixels for an imported template), x to the right and y down
 * from the top left corner of its frame.
 */
import type { PhotoPoint, Quad, Size } from './images.ts';

/** A bubble as the design places it: the part that is marked, without its outline being promised to fit exactly. */
export interface SheetRectangle extends Size {
  readonly left: number;
  readonly top: number;
}

/** A mark that tells where the sheet lies. `x`, `y` is its centre, `width` its width. */
export type Fiducial<Picture = Blob> = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
} & ({ readonly kind: 'aruco'; readonly id: number } | { readonly kind: 'picture'; readonly picture: Picture });

/** How the sheet is found in a photo. */
export type SheetLocation<Picture = Blob> =
  /** Marks, the frame's corners or anywhere in it; at least three of them are needed. */
  | { readonly by: 'fiducials'; readonly fiducials: readonly Fiducial<Picture>[] }
  /** The frame is the paper. */
  | { readonly by: 'page-outline' }
  /** The frame is that of a picture of the sheet. */
  | { readonly by: 'reference-picture'; readonly picture: Picture }
  /** The frame is the whole picture; the bubbles themselves say the rest. */
  | { readonly by: 'bubbles' };

/** `single` expects one mark, `digits` one mark that is part of a number; `multiple` any number of marks. */
export type FieldKind = 'single' | 'digits' | 'multiple';

export interface SheetBubble extends SheetRectangle {
  readonly value: string;
}

/** One question, or one digit of a number. */
export interface SheetField {
  readonly label: string;
  readonly kind: FieldKind;
  readonly bubbles: readonly SheetBubble[];
  /** What an unmarked field reads as. */
  readonly emptyValue: string;
}

/** Fields printed together; a block is as rigid as a few centimetres of paper. */
export interface SheetBlock {
  readonly name: string;
  readonly fields: readonly SheetField[];
}

/** @typeParam Picture how marker and reference pictures come: a Blob between threads, pixels inside a pure room. */
export interface SheetDesign<Picture = Blob> {
  readonly name: string;
  readonly unit: 'mm' | 'pixel';
  /** Of the frame that coordinates are relative to. */
  readonly size: Size;
  readonly location: SheetLocation<Picture>;
  readonly blocks: readonly SheetBlock[];
  /** Columns that join the values of fields, which are no columns of their own then. */
  readonly customLabels: readonly { readonly label: string; readonly parts: readonly string[] }[];
  /** Labels of fields and custom labels in the order of the output. */
  readonly outputColumns: readonly string[];
}

/** `doubtful` is never a guess to be scored: a person decides. */
export const fieldStates = ['marked', 'blank', 'multiple', 'doubtful'] as const;
export type FieldState = (typeof fieldStates)[number];

export interface BubbleReading {
  readonly value: string;
  /** 0 for an empty bubble, 1 for one filled as black as this sheet's print. */
  readonly ink: number;
  readonly marked: boolean;
  readonly center: PhotoPoint;
}

export interface FieldReading {
  readonly label: string;
  /** Values of the marked bubbles in the order of the design, joined; the field's `emptyValue` where there are none. */
  readonly value: string;
  readonly state: FieldState;
  /** 0 to 1: the estimated chance that `value` is right. */
  readonly confidence: number;
  readonly bubbles: readonly BubbleReading[];
}

export interface BlockReading {
  readonly name: string;
  /** False where the printed bubbles were not recognised in their places; its fields are doubtful then. */
  readonly locked: boolean;
  /** Median distance of the recognised bubbles from where their neighbours expect them, in bubble widths. */
  readonly residual: number;
}

export const missingSheetReasons = ['too-small', 'no-fiducials', 'no-bubbles'] as const;

/** What was read. "No sheet here" is an answer, with its reason. */
export type SheetReading =
  | { readonly found: false; readonly reason: (typeof missingSheetReasons)[number]; readonly version: number }
  | {
      readonly found: true;
      /** Corners of the design's frame in the photo. */
      readonly corners: Quad<PhotoPoint>;
      readonly blocks: readonly BlockReading[];
      readonly fields: readonly FieldReading[];
      /** The output, custom labels joined. */
      readonly columns: readonly { readonly label: string; readonly value: string; readonly flagged: boolean }[];
      /** Labels of the doubtful fields. */
      readonly flagged: readonly string[];
      /** `version` of the room that read it. */
      readonly version: number;
    };
