import { spreadOf, type Spread } from '../suite.ts';
import { quadOverlap, type Quad } from './quad-overlap.ts';
import type { LabelledPhoto } from './read-truth.ts';

/** What a method said about one photo. */
export interface Finding {
  readonly corners: Quad | null;
  /** 0 to 1, where the method gives one. */
  readonly confidence: number | null;
  readonly ms: number;
  readonly decodeMs: number;
  /** Why there is no answer. Counts as no page found. */
  readonly error?: string;
}

export interface FileResult extends Finding {
  readonly file: string;
  /** Null where the picture shows no page. */
  readonly iou: number | null;
}

export interface Scores {
  /** Files with a page, and those without. */
  readonly pages: number;
  readonly negatives: number;
  /** Over files with a page; none found counts 0. Null where there is no such file. */
  readonly meanIoU: number | null;
  /** Share of those with an IoU of at least 0.9. */
  readonly hitRate: number | null;
  /** Files without a page in which one was found. */
  readonly falseDetections: number;
}

export interface Summary extends Scores {
  readonly msPerFile: Spread;
  readonly decodeMs: Spread;
  readonly errors: number;
  readonly tags: Readonly<Record<string, Scores>>;
  readonly perFile: readonly FileResult[];
}

/** Overlap from which a found page counts as hit, as the field does. */
const hitOverlap = 0.9;

/** @param findings one for each photo, in the same order. */
export function summarise(photos: readonly LabelledPhoto[], findings: readonly Finding[]): Summary {
  const rows = photos.flatMap((photo, index) => {
    const finding = findings[index];
    return finding === undefined ? [] : [{ tags: photo.tags, result: judge(photo, finding) }];
  });
  const results = rows.map(({ result }) => result);
  const measured = results.filter(({ error }) => error === undefined);
  const tags = [...new Set(rows.flatMap((row) => row.tags))].toSorted();
  return {
    ...score(results),
    msPerFile: spreadOf(measured.map(({ ms }) => ms)),
    decodeMs: spreadOf(measured.map(({ decodeMs }) => decodeMs)),
    errors: results.length - measured.length,
    tags: Object.fromEntries(
      tags.map((tag) => [tag, score(rows.filter((row) => row.tags.includes(tag)).map(({ result }) => result))]),
    ),
    perFile: results,
  };
}

function judge({ file, corners }: LabelledPhoto, finding: Finding): FileResult {
  if (corners === null) return { file, iou: null, ...finding };
  return { file, iou: finding.corners === null ? 0 : quadOverlap(corners, finding.corners), ...finding };
}

function score(results: readonly FileResult[]): Scores {
  const overlaps = results.flatMap(({ iou }) => (iou === null ? [] : [iou]));
  const empty = results.filter(({ iou }) => iou === null);
  return {
    pages: overlaps.length,
    negatives: empty.length,
    meanIoU: mean(overlaps),
    hitRate: mean(overlaps.map((overlap) => (overlap >= hitOverlap ? 1 : 0))),
    falseDetections: empty.filter(({ corners }) => corners !== null).length,
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((total, value) => total + value, 0) / values.length;
}
