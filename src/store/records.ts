/** What is kept on this device. Times are milliseconds since 1970. */
import type { Exam, Roster, VersionLetter } from '#contract/exams.ts';
import type { Failure } from '#contract/failures.ts';
import type { FormBoxReading } from '#contract/handwriting.ts';
import type { Size } from '#contract/images.ts';
import type { PhotoKind } from '#contract/jobs.ts';
import type { PageEdits, PageFinding, RenderedPage, Turns } from '#contract/pages.ts';
import type { SheetIdentity } from '#contract/sheet-code.ts';
import type { FieldAnswer, SheetDesign, SheetReading, SheetRectangle } from '#contract/sheets.ts';
import type { TextBlock, TextLanguage, TextReading } from '#contract/text.ts';

export interface DocumentRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  /** Of the last change to its pages or its name. */
  readonly updatedAt: number;
  /** The pages in reading order; a deleted page is not among them. */
  readonly pageIds: readonly string[];
  /** What its text is read in, the main one first; without it, what is usual in the market. */
  readonly textLanguages?: readonly TextLanguage[];
  /** Deleted, but not yet gone: it can be brought back until it is purged. */
  readonly deletedAt?: number;
}

/**
 * `waiting` for the worker, `scanning` in it, `ready`, or `failed` for the reason in `failure`.
 * A page that the user stopped is `failed` with the code `cancelled`. Pages that wait or failed may have a result of an
 * earlier round: it stays until there is a better one.
 */
export type PageState = 'waiting' | 'scanning' | 'ready' | 'failed';

export type PageLook = Pick<PageEdits, 'look' | 'strength' | 'brightness'>;

export interface PageRecord {
  readonly id: string;
  readonly documentId: string;
  readonly state: PageState;
  /** The queue takes the lowest first: new photos have the time they came, pages the user waits for are negative. */
  readonly queuePosition: number;
  /** Raised by everything that makes a result under way worthless. */
  readonly revision: number;
  /** Rounds in the worker since the user last asked for one. Written before the round, so that a crash counts. */
  readonly attempts: number;
  /** Name of the file that the photo came in, for sentences; empty for the camera's. */
  readonly fileName: string;
  /** Of the stored original, or of the `source` while that is there. */
  readonly photoKind: PhotoKind;
  /** The file that the photo still has to be taken from; no `index` means that its pictures are not counted yet. */
  readonly source?: { readonly id: string; readonly index?: number };
  /** How the page is to look when it is scanned for the first time. */
  readonly firstLook: PageLook;
  readonly photoSize?: Size;
  readonly finding?: PageFinding;
  /** There once the page was scanned; from then on the user's. */
  readonly edits?: PageEdits;
  readonly rendered?: Pick<RenderedPage, 'size' | 'paper' | 'quality'>;
  /** What made the result, so that it can be redone by something better. */
  readonly madeBy?: { readonly room: 'documents'; readonly version: number };
  readonly failure?: Failure;
  /** Bytes of all that is stored for the page. */
  readonly bytes: number;
  readonly createdAt: number;
  readonly deletedAt?: number;
}

/**
 * What was read from a page, kept beside it; its id is the page's. `due`: to be read once the page is scanned. States otherwise as
 * of a page.
 */
export interface TextRecord {
  readonly id: string;
  readonly state: 'due' | 'waiting' | 'reading' | 'read' | 'failed';
  readonly queuePosition: number;
  readonly revision: number;
  readonly attempts: number;
  /** How the page was cropped and turned when the last round began. */
  readonly asRead?: Pick<PageEdits, 'corners' | 'turns'>;
  /** Stays until there is a newer one. */
  readonly reading?: TextReading;
  /** What a person made of the text: it goes before every reading, and follows its boxes where the page is read again. */
  readonly corrected?: {
    readonly blocks: readonly TextBlock[];
    readonly at: number;
    /** The page was read again since. */
    readonly isOlder: boolean;
  };
  /** How the page lay before it was turned upright by what was read; a person may want that back. */
  readonly turnedFrom?: Turns;
  /** A person turned the page so: it is read as it lies. */
  readonly turnsByHand?: Turns;
  readonly failure?: Failure;
  /** Every word once, as `termsOf` gives them: what the search looks for. */
  readonly terms: readonly string[];
}

/** How large the photos of sheets stay on the device. */
export type KeptPhotoSize = 'as-taken' | 'reduced';

export interface ExamRecord {
  readonly id: string;
  /** Printed in the code of its sheets. */
  readonly code: string;
  readonly exam: Exam;
  /** The class list that its sheets are matched to. */
  readonly rosterId?: string;
  /** The sheet of an exam that Papel did not lay out; a `drawn` one has its photo under `<exam id>/reference`. */
  readonly design?: SheetDesign;
  /** When a PDF of its sheets was last made. */
  readonly printedAt?: number;
  readonly keptPhotos: KeptPhotoSize;
  /** From then on the teacher is asked whether sheets and photos may go. Without it, nobody asks. */
  readonly keepPupilsUntil?: number;
  readonly createdAt: number;
  /** Of the last change to the exam or to its sheets. */
  readonly updatedAt: number;
  readonly deletedAt?: number;
}

export interface RosterRecord {
  readonly id: string;
  readonly roster: Roster;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt?: number;
}

/** What a person made of a field: `corrected` equal to `read` means that the reading was confirmed. */
export interface FieldCorrection {
  readonly read: string;
  readonly corrected: string;
  readonly at: number;
}

/** A photo of one page of an answer sheet. States as of a document's page. */
export interface SheetRecord {
  readonly id: string;
  readonly examId: string;
  readonly state: 'waiting' | 'reading' | 'read' | 'failed';
  readonly queuePosition: number;
  readonly revision: number;
  readonly attempts: number;
  readonly fileName: string;
  readonly photoKind: PhotoKind;
  readonly source?: { readonly id: string; readonly index?: number };
  /** SHA-256 of the file that it came in, in hex: the same file twice is taken in once. */
  readonly digest?: string;
  readonly photoSize?: Size;
  readonly identity?: SheetIdentity;
  readonly readAs?: { readonly version: VersionLetter; readonly page: number };
  /** Said by a person, where the code could not be read or was wrong. */
  readonly readAsByHand?: { readonly version: VersionLetter; readonly page: number };
  readonly reading?: SheetReading;
  readonly madeBy?: { readonly room: 'answer-sheets'; readonly version: number };
  readonly failure?: Failure;
  /** A person's word on whose sheet it is; without it, code and number decide. */
  readonly studentByHand?: string;
  /** By label of the field. */
  readonly corrections: Readonly<Record<string, FieldCorrection>>;
  /** By question id: what a person gave for what is marked by hand. */
  readonly pointsByHand: Readonly<Record<string, { readonly points: number; readonly at: number }>>;
  /** A person said that it does not count: a second photo of the same sheet, a torn one. */
  readonly isSetAside: boolean;
  readonly bytes: number;
  readonly createdAt: number;
  readonly deletedAt?: number;
}

/** A row of boxes that a person drew on a form: one character each. */
export interface FormRow {
  readonly id: string;
  /** The column of the table. */
  readonly name: string;
  readonly holds: 'digits' | 'letters' | 'both';
  readonly count: number;
  /** Around all its boxes, in pixels of the form's picture. */
  readonly place: SheetRectangle;
  /** Whether the form has printed lines around the boxes; undefined until it was looked at. */
  readonly hasLines?: boolean;
}

/** Somebody's form with the boxes to read; its flat picture is under `<form id>/reference`. */
export interface FormRecord {
  readonly id: string;
  readonly name: string;
  /** Of its flat picture, in pixels. */
  readonly size: Size;
  readonly rows: readonly FormRow[];
  /** Raised with each change of the rows: pages that were read before are read again. */
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt?: number;
}

/** A filled page of a form. The photo is under `<id>/original`, the flat page under `<id>/result` once it was read. */
export interface FormPageRecord {
  readonly id: string;
  readonly formId: string;
  readonly fileName: string;
  readonly state: 'waiting' | 'read' | 'failed';
  readonly failure?: Failure;
  /** Of the form, when the page was read. */
  readonly revision?: number;
  /** By the id of their row. */
  readonly boxes?: Readonly<Record<string, readonly FormBoxReading[]>>;
  /** What a person says is in a box, by `<row id>.<place from 0>`; empty for nothing. */
  readonly corrections: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly deletedAt?: number;
}

/** A sheet as lists and scores know it. 500 of them stay in memory, and where bubbles lie is most of a reading. */
export type ListedSheet = Omit<SheetRecord, 'reading'> & { readonly reading?: SheetReading<FieldAnswer> };

export type PageBlobKind = 'original' | 'result' | 'cover';

export interface BlobRecord {
  /** `<page id>/original`, `/result` or `/cover`, `<source id>/source`, `<sheet id>/original`, `<exam id>/reference`. */
  readonly key: string;
  readonly blob: Blob;
}

export interface SettingRecord {
  readonly key: string;
  /** Written by some version of the app: parsed on every read. */
  readonly value: unknown;
}

export function blobKey(pageId: string, kind: PageBlobKind): string {
  return `${pageId}/${kind}`;
}

export function referenceKey(examId: string): string {
  return `${examId}/reference`;
}

export function sourceKey(sourceId: string): string {
  return `${sourceId}/source`;
}

/** 96 random bits, written so that it may stand in an address. Works where `randomUUID` does not: outside secure contexts. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
