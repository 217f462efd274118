/**
 * The one table of jobs that the page may ask of a worker. Both ends are checked against it:
 * the engine's `run` by its keys, the worker's handlers with `satisfies Handlers`.
 */
import type { AnnotationOrder } from './annotations.ts';
import type { Exam } from './exams.ts';
import type { FaceDetector, FaceFrameReading, FacePurpose, FoundFace, HiddenArea, HidingStyle } from './faces.ts';
import type { Failure } from './failures.ts';
import type { BoxesOrder, CharacterReading, FormOrder, FormPageReading } from './handwriting.ts';
import type { IdBackground, IdCrop, IdPaper } from './id-photos.ts';
import type { Quad, Size } from './images.ts';
import type { EdgeLine, FrameReading, Look, PageEdits, PageFinding, RenderedPage, Turns } from './pages.ts';
import type {
  LaidOutPage,
  PrintOrder,
  ReadablePage,
  ReadingOptions,
  SheetDesign,
  SheetPhotoReading,
  SheetPlan,
  SheetReading,
} from './sheets.ts';
import type { BackendReading, NetworkName, Supplies, SupplyName } from './supplies.ts';
import type { PrintPicture, RecognisedLine, TextLanguage, TextReading } from './text.ts';

/** How a picture comes in. Browser formats are decoded by the browser; the others by a decoder fetched on first use. */
export const photoKinds = ['jpeg', 'png', 'webp', 'avif', 'bmp', 'heic', 'tiff', 'pdf'] as const;
export type PhotoKind = (typeof photoKinds)[number];

/** Text that was read from a page, to be found and copied in the exported PDF. */
export interface PrintedText extends Pick<TextReading, 'blocks' | 'size'> {
  /** Quarter turns clockwise by which the print lies in the page's picture; boxes are of the upright page. */
  readonly turns: Turns;
}

/** One page of a PDF to place in the exported PDF. */
export interface PrintedPage {
  readonly page: Blob;
  readonly size: Size;
  readonly paper: RenderedPage['paper'];
  readonly dotsPerInch: number;
  readonly text?: PrintedText | undefined;
}

export interface PdfSettings {
  /** `as-captured` makes each page as large as it was measured. */
  readonly paper: 'a4' | 'letter' | 'as-captured';
  /** JPEG quality, 0 to 1, when there is no `targetBytes`. */
  readonly quality: number;
  /** Pages are recompressed and, if need be, scaled until the whole file is at most this long. */
  readonly targetBytes?: number;
  readonly title: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** BCP 47 language of the text, such as `en` or `fil`. */
  readonly language?: string | undefined;
}

export interface ExportedPdf {
  readonly pdf: Blob;
  /** False where even the smallest legible quality was longer than `targetBytes`. */
  readonly targetReached: boolean;
}

export interface Jobs {
  /** Starts OpenCV in a worker, so that the first scan does not wait for it. */
  'engine.start': { input: Record<string, never>; output: { startMs: number }; stage: 'download' | 'compile' };
  /** Runs a network on every backend that this device may be faster with, `wasm` first. */
  'networks.measure': {
    input: { network: NetworkName };
    output: { readings: readonly BackendReading[] };
    stage: 'measure';
  };
  /** How many pictures the file holds: the pages of a PDF or TIFF, else 1. */
  'photos.count': {
    input: { file: Blob; kind: PhotoKind };
    output: { pictures: number };
    stage: 'download' | 'decode';
  };
  /** Turns one picture of a file that browsers do not decode (HEIC, TIFF, a PDF's page) into a JPEG. */
  'photos.convert': {
    input: { file: Blob; kind: PhotoKind; index: number };
    output: { photo: Blob; size: Size };
    stage: 'download' | 'decode' | 'encode';
  };
  /** A smaller JPEG of a photo, of at most `mostPixels`; the photo itself where it is no larger. */
  'photos.shrink': {
    input: { photo: Blob; mostPixels: number; quality: number };
    output: { photo: Blob; size: Size };
    stage: 'decode' | 'encode';
  };
  /** Turns a frame of the camera into a JPEG, where the camera takes no stills. The bitmap is transferred and closed by the worker. */
  'photos.from-frame': { input: { frame: ImageBitmap }; output: { photo: Blob; size: Size }; stage: 'encode' };
  /** Finds the page, guesses its upright turn, flattens and cleans it. No page found: the whole photo, `finding` undefined. */
  'documents.scan': {
    input: { photo: Blob; look: Pick<PageEdits, 'look' | 'strength' | 'brightness'> };
    output: { photoSize: Size; finding: PageFinding | undefined; edits: PageEdits; rendered: RenderedPage };
    stage: 'decode' | 'outline' | 'flatten' | 'clean' | 'encode';
  };
  /** Renders a page with the user's edits. */
  'documents.render': {
    input: { photo: Blob; edits: PageEdits };
    output: { rendered: RenderedPage };
    stage: 'decode' | 'flatten' | 'clean' | 'encode';
  };
  /** Small pictures of this very page in several looks, decoded and flattened once. */
  'documents.preview': {
    input: { photo: Blob; edits: PageEdits; looks: readonly Look[]; longSidePx: number };
    output: { previews: readonly { look: Look; picture: Blob }[] };
    stage: 'decode' | 'flatten' | 'clean' | 'encode';
  };
  /** Finds the page again and the straight edges that the crop editor snaps to. */
  'documents.outline': {
    input: { photo: Blob };
    output: { photoSize: Size; finding: PageFinding | undefined; lines: readonly EdgeLine[] };
    stage: 'decode' | 'outline' | 'edges';
  };
  /** One frame of the live camera. The bitmap is transferred and closed by the worker. */
  'documents.read-frame': { input: { frame: ImageBitmap }; output: FrameReading; stage: 'outline' };
  'documents.export-pdf': {
    input: { pages: readonly PrintedPage[]; settings: PdfSettings };
    output: ExportedPdf;
    stage: 'compress' | 'write';
  };
  /** Pages as JPEG or PNG files; more than one comes as a ZIP. */
  'documents.export-pictures': {
    input: { pages: readonly Blob[]; format: 'jpeg' | 'png'; quality: number; name: string; zip: boolean };
    output: { files: readonly { name: string; file: Blob }[] };
    stage: 'compress' | 'write';
  };
  /** Reads the marks of one answer sheet. "No sheet here" is an answer; coordinates are pixels of the photo. */
  'answer-sheets.read': {
    input: { photo: Blob; design: SheetDesign; options?: ReadingOptions };
    output: { photoSize: Size; reading: SheetReading };
    stage: 'decode' | 'locate' | 'measure' | 'decide';
  };
  /** Lays out the sheets of an exam's versions. Needs no runtime; takes milliseconds. */
  'answer-sheets.lay-out': {
    input: { plans: readonly SheetPlan[] };
    /** Pages of each plan. */
    output: { sheets: readonly (readonly LaidOutPage[])[] };
    stage: 'lay-out';
  };
  /** Writes the sheets as a vector PDF. */
  'answer-sheets.print': { input: { order: PrintOrder }; output: { pdf: Blob; pages: number }; stage: 'write' };
  /**
   * Reads a photo that shows one of these pages: which one, says its code. With `examCode`, the sheet of another exam is
   * named and not read.
   */
  'answer-sheets.read-page': {
    input: { photo: Blob; pages: readonly ReadablePage[]; options: ReadingOptions; examCode?: string };
    output: SheetPhotoReading;
    stage: 'decode' | 'locate' | 'measure' | 'decide';
  };
  /** Reads templates of OMRChecker with what lies beside them. `template` chooses one of several. */
  'answer-sheets.import': {
    input: { files: readonly { readonly path: string; readonly file: Blob }[]; template?: string };
    output: {
      /** Paths, nearest to the root first; the first is taken when none is chosen. */
      readonly templates: readonly string[];
      readonly result:
        | {
            readonly usable: true;
            readonly exam: Exam;
            readonly design: SheetDesign;
            /** What the files ask for and Papel does not do: file, key, value. */
            readonly unsupported: readonly string[];
          }
        /** `problem` names the file and the key; empty where there is no template. */
        | { readonly usable: false; readonly problem: string };
    };
    stage: 'read';
  };
  /**
   * One frame of the live camera. The bitmap is transferred and closed by the worker; `photo` is there when all of the sheet
   * was read.
   */
  'answer-sheets.read-frame': {
    input: { frame: ImageBitmap; pages: readonly ReadablePage[]; options: ReadingOptions; examCode?: string };
    output: { read: SheetPhotoReading; photo: Blob | undefined };
    stage: 'locate' | 'measure' | 'decide' | 'encode';
  };
  /** The sheet flattened: its frame with `marginUnits` around it. Crops for the review are cut from it by the page. */
  'answer-sheets.flatten': {
    input: { photo: Blob; corners: Quad; frame: Size; marginUnits: number; pixelsPerUnit: number };
    output: { picture: Blob; size: Size };
    stage: 'decode' | 'flatten' | 'encode';
  };
  /** Sheets with what is right and wrong drawn over them, one a page. One photo at a time is in memory. */
  'answer-sheets.annotate': {
    input: { order: AnnotationOrder };
    output: { pdf: Blob; pages: number };
    stage: 'annotate' | 'write';
  };
  /** Finds faces in a photo, largest first. None is an answer. Coordinates are pixels of the photo as it is seen. */
  'faces.find': {
    input: { photo: Blob; purpose: FacePurpose };
    output: { photoSize: Size; faces: readonly FoundFace[]; detector: FaceDetector };
    stage: 'decode' | 'detect';
  };
  /** One frame of the live camera. The bitmap is transferred and closed by the worker. */
  'faces.read-frame': { input: { frame: ImageBitmap }; output: FaceFrameReading; stage: 'detect' };
  /**
   * A JPEG of the photo, upright, with these areas hidden in its pixels: nothing of what was there is left in the file, no
   * EXIF and no thumbnail. An area that still passes for a face then gets one even colour, then its whole box, then a box half
   * as wide again. `size` is smaller than the photo's only where that has too many pixels for the browser.
   */
  'faces.hide': {
    input: { photo: Blob; areas: readonly HiddenArea[]; style: HidingStyle };
    output: { photo: Blob; size: Size };
    stage: 'decode' | 'hide' | 'detect' | 'encode';
  };
  /**
   * The part of a photo as a JPEG of exactly this size at 300 dots per inch, which its header says too. `isPlain`: whether the
   * background was plain enough to be evened; it is left as it is where not, and `undefined` where nobody asked.
   */
  'faces.make-id-photo': {
    input: { photo: Blob; crop: IdCrop; sizeMm: Size; background: IdBackground | 'as-taken' };
    output: { photo: Blob; size: Size; isPlain: boolean | undefined };
    stage: 'decode' | 'crop' | 'even' | 'encode';
  };
  /** As many ID photos as the paper holds, at their exact size, with lines to cut along. */
  'faces.print-id-photos': {
    input: { photo: Blob; sizeMm: Size; paper: IdPaper; title: string; createdAt: string };
    output: { pdf: Blob; copies: number };
    stage: 'write';
  };
  /**
   * Reads the print of a page: flattened from its photo as `edits` say, whatever look it is shown in. `turns: 'find'` looks
   * first for the way up; `'keep'` takes the page as it is turned, as where a person turned it. `languages`: at least one,
   * the document's first. "No print here" is an answer. Cancelling ends the worker. Fails with `language-unavailable`,
   * `runtime-unavailable`, `out-of-memory`. `recognise` counts hundredths of the page.
   */
  'text.read': {
    input: {
      photo: Blob;
      edits: Pick<PageEdits, 'corners' | 'turns'>;
      languages: readonly TextLanguage[];
      turns: 'find' | 'keep';
    };
    output: TextReading;
    stage: 'decode' | 'flatten' | 'prepare' | 'download' | 'recognise';
  };
  /** Makes a worker ready to help with a page in these languages. */
  'text.start': { input: { languages: readonly TextLanguage[] }; output: Record<string, never>; stage: 'download' };
  /** Reads parts of a page that another worker has prepared, each as one block. The lines are in the order of the pictures. */
  'text.recognise': {
    input: { pictures: readonly PrintPicture[]; languages: readonly TextLanguage[] };
    output: { lines: readonly (readonly RecognisedLine[])[] };
    stage: 'download' | 'recognise';
  };
  /** Reads characters written by hand in boxes; the readings come in the order of the boxes. */
  'handwriting.read-boxes': {
    input: BoxesOrder;
    output: { readings: readonly CharacterReading[] };
    stage: 'decode' | 'read';
  };
  /** Finds the boxes of a form on a page, whichever way up it was photographed, and reads them. */
  'forms.read': { input: FormOrder; output: FormPageReading; stage: 'decode' | 'locate' | 'read' | 'encode' };
  /** Reads characters that are cut out already: pictures of one size one after the other, ink 255 on 0. */
  'handwriting.classify': {
    input: { ink: Uint8Array; size: Size; alphabet: string };
    output: { readings: readonly CharacterReading[] };
    stage: 'read';
  };
}

export type JobName = keyof Jobs;

/** Jobs that a worker may ask another one to do for it, where that has nothing else to do. */
export type HelpName = 'text.start' | 'text.recognise';
export type JobInput<K extends JobName> = Jobs[K]['input'];
export type JobOutput<K extends JobName> = Jobs[K]['output'];
export type JobStage<K extends JobName> = Jobs[K]['stage'];

/** `done` of `total` counts what the stage counts (bytes, pages); both are absent where there is nothing to count. */
export interface Progress<S extends string = string> {
  readonly stage: S;
  readonly done?: number;
  readonly total?: number;
}

export type Handlers = {
  [K in JobName]: (input: JobInput<K>, report: (progress: Progress<JobStage<K>>) => void) => Promise<JobOutput<K>>;
};

/** A job for a worker. `build` must match the worker's own: a cached page and a new worker do not talk. */
export type JobRequest = {
  [K in JobName]: {
    readonly type: 'run';
    readonly id: number;
    readonly build: string;
    readonly job: K;
    readonly input: JobInput<K>;
  };
}[JobName];

/** How far a supply is: bytes of its download, then its compilation. */
export type SupplyProgress = Progress<JobStage<'engine.start'>>;

/** Page to worker. The page fetches each supply once; a worker that asks for it gets it. */
export type WorkerRequest =
  | JobRequest
  | { readonly type: 'supply-progress'; readonly name: SupplyName; readonly progress: SupplyProgress }
  | { [K in SupplyName]: { readonly type: 'supply'; readonly name: K; readonly supply: Supplies[K] } }[SupplyName]
  | { readonly type: 'supply-failed'; readonly name: SupplyName; readonly failure: Failure }
  /** `output` of the job that was asked for; `undefined` where no worker had time for it, or it failed. */
  | { readonly type: 'help'; readonly help: number; readonly output: unknown };

export type HelpOrder = {
  [K in HelpName]: {
    readonly type: 'help-wanted';
    readonly help: number;
    readonly job: K;
    readonly input: JobInput<K>;
  };
}[HelpName];

/** Worker to page. */
export type JobReply =
  /** Sent once, unasked, when the worker's script runs. */
  | { readonly type: 'ready'; readonly build: string }
  /** The worker needs a supply and waits for it. */
  | { readonly type: 'supply-wanted'; readonly name: SupplyName }
  /** The worker would like another one to do this, and goes on meanwhile. `help` counts what this worker asks for. */
  | HelpOrder
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  /** `retire` asks for a fresh worker: this one's native memory, which never shrinks, has grown large or is broken. */
  | {
      readonly type: 'done';
      readonly id: number;
      readonly output: unknown;
      readonly ms: number;
      /** Milliseconds by stage, as the job reported them. */
      readonly stagesMs: Readonly<Record<string, number>>;
      readonly retire: boolean;
    }
  | { readonly type: 'failed'; readonly id: number; readonly failure: Failure; readonly retire: boolean };
