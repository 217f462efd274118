/**
 * Answer sheets: what a sheet looks like, wherever its design comes from, and what was read from a photo of one.
 * Coordinates of a sheet are in its own unit (millimetres for ours, pixels for an imported template), x to the right and y down
 * from the top left corner of its frame.
 */
import type { CorrectionRule, QuestionForm, SheetLook, SheetPaper, Student, VersionLetter } from './exams.ts';
import type { CharacterChance, CharacterState } from './handwriting.ts';
import type { PhotoPoint, Quad, Size } from './images.ts';
import type { SheetIdentity } from './sheet-code.ts';

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

/** A printed box for one character written by hand; its rectangle is the middle of its lines. */
export interface WrittenField extends SheetRectangle {
  readonly label: string;
  readonly kind: FieldKind;
  /** The characters that may be in it. */
  readonly values: readonly string[];
}

/** @typeParam Picture how marker and reference pictures come: a Blob between threads, pixels inside a pure room. */
export interface SheetDesign<Picture = Blob> {
  readonly name: string;
  readonly unit: 'mm' | 'pixel';
  /** Of the frame that coordinates are relative to. */
  readonly size: Size;
  readonly location: SheetLocation<Picture>;
  readonly blocks: readonly SheetBlock[];
  /** Absent where nothing is written in boxes. */
  readonly written?: readonly WrittenField[];
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
  /** None for a box. */
  readonly bubbles: readonly BubbleReading[];
  /** Of a box for a character only. */
  readonly written?: WrittenReading;
}

/** Without where its bubbles lie and how dark they are: what scores and lists need. */
export type FieldAnswer = Omit<FieldReading, 'bubbles'> & {
  readonly bubbles: readonly Pick<BubbleReading, 'value'>[];
};

/** States of a character; `unread`: the reader of handwriting was not to be had; `lost`: the box was not found in the photo. */
export const boxStates = ['read', 'doubtful', 'scribbled', 'blank', 'unread', 'lost'] as const satisfies readonly (
  | CharacterState
  | 'unread'
  | 'lost'
)[];

/** What is known of the character in a box, beside the field's own value and state. */
export interface WrittenReading {
  readonly state: (typeof boxStates)[number];
  /** Of the box, clockwise from its top left. */
  readonly corners: Quad<PhotoPoint>;
  /** Likeliest first; empty where nothing is written or was read. */
  readonly alternatives: readonly CharacterChance[];
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
export type SheetReading<Field = FieldReading> =
  | { readonly found: false; readonly reason: (typeof missingSheetReasons)[number]; readonly version: number }
  | {
      readonly found: true;
      /** Corners of the design's frame in the photo. */
      readonly corners: Quad<PhotoPoint>;
      readonly blocks: readonly BlockReading[];
      readonly fields: readonly Field[];
      /** The output, custom labels joined. */
      readonly columns: readonly { readonly label: string; readonly value: string; readonly flagged: boolean }[];
      /** Labels of the doubtful fields. */
      readonly flagged: readonly string[];
      /** `version` of the room that read it. */
      readonly version: number;
    };

/** What is asked at one place of a printed sheet. */
export interface PlannedQuestion {
  readonly id: string;
  readonly label: string;
  readonly form: QuestionForm;
  /** Printed beside what is marked by hand. */
  readonly points: number;
}

/** The few words on a sheet, in the language of the exam. */
export interface SheetWords {
  readonly name: string;
  readonly section: string;
  readonly studentNumber: string;
  readonly version: string;
  readonly page: string;
  /** How to mark, one sentence. */
  readonly howToMark: string;
  readonly trueSign: string;
  readonly falseSign: string;
  readonly points: string;
  /** Beside what the teacher marks on the paper. */
  readonly forTeacher: string;
}

/** Everything that laying out the sheets of one version needs. */
export interface SheetPlan {
  /** For the code on the sheet. */
  readonly examCode: string;
  readonly title: string;
  readonly subject: string;
  readonly date: string;
  readonly className: string;
  readonly version: VersionLetter;
  /** Whether the exam has several, so that the sheet says which one it is. */
  readonly namesVersion: boolean;
  readonly look: SheetLook;
  /** In printed order. */
  readonly questions: readonly PlannedQuestion[];
  readonly words: SheetWords;
}

/** What is printed: millimetres from the paper's top left; grey is 0 for black to 1 for white. */
export type PrintedItem =
  | ({ readonly kind: 'rectangle'; readonly radius: number } & SheetRectangle & PrintedPaint)
  | ({ readonly kind: 'ellipse' } & SheetRectangle & PrintedPaint)
  | {
      readonly kind: 'line';
      readonly from: Position;
      readonly to: Position;
      readonly grey: number;
      readonly widthMm: number;
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Of the baseline, at `align`. */
      readonly at: Position;
      readonly align: 'left' | 'center' | 'right';
      readonly heightMm: number;
      readonly bold: boolean;
      readonly grey: number;
      /** Shortened with an ellipsis where it would be wider. */
      readonly mostWidthMm?: number;
    }
  /** Black squares in rows: QR codes and ArUco marks. */
  | ({ readonly kind: 'modules'; readonly rows: readonly (readonly boolean[])[] } & SheetRectangle);

export interface Position {
  readonly x: number;
  readonly y: number;
}

interface PrintedPaint {
  readonly stroke?: { readonly grey: number; readonly widthMm: number };
  readonly fill?: { readonly grey: number };
}

/** Where something is written by hand: name, section, a digit of the student number, a free answer. */
export interface WrittenBox extends SheetRectangle {
  readonly kind: 'name' | 'section' | 'digit' | 'answer';
  /** `answer`: the question's id; `digit`: its place from 0. */
  readonly of: string;
}

/** One page of a sheet, as it is printed and as it is read. Both in millimetres of the same paper. */
export interface LaidOutPage {
  readonly version: VersionLetter;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** Its size is the paper's. Labels of its fields are those of `fieldsOfQuestion`. */
  readonly design: SheetDesign;
  readonly printed: readonly PrintedItem[];
  /** Where the code lies, quiet zone included. */
  readonly code: SheetRectangle;
  readonly boxes: readonly WrittenBox[];
}

/** A page that a photo may show, for the reader. */
export interface ReadablePage {
  readonly version: VersionLetter;
  readonly page: number;
  readonly design: SheetDesign;
  /** Absent on sheets of others: there is only one page then. */
  readonly code?: SheetRectangle;
  readonly boxes: readonly WrittenBox[];
}

/** What the reader made of a photo. */
export interface SheetPhotoReading {
  readonly photoSize: Size;
  /** What the code said, also of another exam; `undefined` where there is none or it can't be read. */
  readonly identity: SheetIdentity | undefined;
  /** The page that it was read as; `undefined` where that is not sure: then `reading` is `undefined` too. */
  readonly readAs: { readonly version: VersionLetter; readonly page: number } | undefined;
  readonly reading: SheetReading | undefined;
}

/** How to read marks, beyond the design. */
export interface ReadingOptions {
  readonly correction: CorrectionRule;
  /** Characters in boxes stay `unread`, for a person: reading handwriting is switched off. */
  readonly leavesBoxes?: true;
}

/** Sheets to print: of each version as many as it says, or one for each student. */
export interface PrintOrder {
  readonly plans: readonly SheetPlan[];
  readonly paper: SheetPaper;
  /** One each, versions in turn; without it, one blank sheet a version. */
  readonly students?: readonly Student[];
  readonly title: string;
  readonly createdAt: string;
}
