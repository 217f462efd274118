/** Marked sheets as a PDF: what is drawn over the photo of a sheet for whoever gets it back. */
import type { PhotoPoint, Quad, Size } from './images.ts';
import type { Position } from './sheets.ts';

/**
 * A sign over one bubble, told apart by its form, not by colour alone. `right`: a ring with a tick. `wrong`: a cross.
 * `missed`: a dashed ring around what was right and not marked. `open`: a question mark, as nobody has decided yet.
 */
export const bubbleSigns = ['right', 'wrong', 'missed', 'open'] as const;
export type BubbleSign = (typeof bubbleSigns)[number];

/** Words beside a question, such as the points that were given by hand. `at` is where they begin, half-way up, in units of the design. */
export interface SheetNote {
  readonly at: Position;
  readonly text: string;
}

export interface AnnotatedSheet {
  readonly photo: Blob;
  /** What points are measured in; the photo itself may be kept smaller. */
  readonly photoSize: Size;
  /** Of the design's frame in the photo, and its size in units of the design. */
  readonly corners: Quad;
  readonly frame: Size;
  /** Paper around the frame that is shown, too. */
  readonly marginUnits: number;
  /** Diameter of a bubble. */
  readonly bubbleUnits: number;
  readonly signs: readonly { readonly sign: BubbleSign; readonly at: PhotoPoint }[];
  readonly notes: readonly SheetNote[];
  /** Above the sheet. */
  readonly heading: { readonly left: string; readonly right: string; readonly below: string };
}

export interface AnnotationOrder {
  /** In the order of the pages. */
  readonly sheets: readonly AnnotatedSheet[];
  readonly paper: 'a4' | 'letter';
  readonly title: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** BCP 47. */
  readonly language: string;
  /** What the signs mean, under each sheet. */
  readonly legend: Readonly<Record<BubbleSign, string>>;
}
