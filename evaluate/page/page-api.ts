import type { CorrectionRule } from '#contract/exams.ts';
import type { HidingStyle } from '#contract/faces.ts';
import type { JobInput, JobName, JobOutput } from '#contract/jobs.ts';
import type { NetworkBackend } from '#contract/supplies.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import type { ReadFile } from '../characters/characters-suite.ts';
import type { Finding } from '../documents/summarise.ts';
import type { BothBackends } from '../faces/compare-backends.ts';
import type { HiddenFaces } from '../faces/judge-hiding.ts';
import type { FoundFaces } from '../faces/summarise.ts';
import type { DrawnSheet } from '../sheets/stress/draw-sheet.ts';
import type { DesignSet } from '../sheets/stress/printed-design.ts';
import type { ReadSheet } from '../sheets/summarise.ts';
import type { TextLanguage } from '#contract/text.ts';
import type { ReadPrint } from '../text/read-print.ts';

/** A job that went well. */
export interface RunJob<K extends JobName> {
  readonly output: JobOutput<K>;
  /** Milliseconds of its stages, by the worker's clock. */
  readonly stagesMs: Readonly<Record<string, number>>;
  /** Milliseconds from the call to the answer. */
  readonly wallMs: number;
  /** How many workers had a part in it. */
  readonly workers: number;
}

/** What the evaluation's page offers to the Node side, which calls it through Playwright. */
export interface PageApi {
  /** Starts the built app's engine. @returns milliseconds until OpenCV was ready. */
  start(settings: { worker: string; backend: NetworkBackend }): Promise<number>;
  /** Runs a job in the built worker. */
  run<K extends JobName>(job: K, input: JobInput<K>): Promise<RunJob<K>>;
  findPage(url: string): Promise<Finding>;
  /** Reads a sheet. The pictures of its design come as addresses. */
  readSheet(url: string, design: SheetDesign<string>, correction: CorrectionRule): Promise<ReadSheet>;
  /** Reads the first characters of an IDX file, gzipped or not, and times jobs of the given sizes. */
  readCharacters(url: string, alphabet: string, count: number, batchSizes: readonly number[]): Promise<ReadFile>;
  /** Finds the page in a picture and reads its print, with as many workers as the app has here or with one. */
  readPrint(url: string, languages: readonly TextLanguage[], workers: 'all' | 'one'): Promise<ReadPrint>;
  /** Reads pages one after the other, as many at once as the app does here. @returns milliseconds of the reading alone */
  timePrints(prints: readonly { url: string; languages: readonly TextLanguage[] }[]): Promise<number>;
  /** Draws a sheet of the stress set. */
  drawSheet(set: DesignSet, seed: number, index: number, inks?: Readonly<Record<string, string>>): Promise<DrawnSheet>;
  readonly faces: {
    /** Faces of a photo, found to be counted. */
    find(url: string): Promise<FoundFaces>;
    /** The network that answered last. */
    detector(): string;
    /** @returns milliseconds of the live camera's job on a frame that shows the photo */
    timeFrame(url: string): Promise<number>;
    /** Hides all that is found to be hidden, and looks again. */
    findAfterHiding(url: string, style: HidingStyle): Promise<HiddenFaces>;
    /** The same faces of a frame that shows the photo, as two backends find them. */
    findOnBoth(url: string): Promise<BothBackends>;
    peerNames(): readonly string[];
    /** @param url of a labelled photo, or `hidden:` and the digest of the last one that was hidden */
    findByPeer(name: string, url: string): Promise<FoundFaces>;
    /** SHA-256 of a labelled photo, in hexadecimal. */
    digest(url: string): Promise<string>;
  };
  readonly peers: {
    names(): readonly string[];
    findPage(name: string, url: string): Promise<Finding>;
  };
}

declare global {
  interface Window {
    papel: PageApi;
  }
}
