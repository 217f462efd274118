import { spreadOf, type Spread } from '../suite.ts';
import type { Box, LabelledFaces } from './read-truth.ts';

export interface Detection {
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
}

/** What a method said about one picture. */
export interface FoundFaces {
  readonly faces: readonly Detection[];
  /** Height of the picture, pixels. */
  readonly imageHeight: number;
  readonly ms: number;
  readonly decodeMs: number;
  /** Why there is no answer. Counts as nothing found. */
  readonly error?: string;
}

/** By the face's height in shares of the picture's. */
export const sizes = ['large', 'medium', 'small'] as const;
export type FaceSize = (typeof sizes)[number];

export interface Scores {
  /** Null where there is nothing to find, or nothing found. */
  readonly recall: number | null;
  readonly precision: number | null;
  readonly f1: number | null;
}

export interface Summary extends Scores {
  readonly labelled: number;
  /** Over the faces found. */
  readonly meanIoU: number | null;
  readonly sizes: Readonly<Record<FaceSize, Scores>>;
  /** Pictures without a face or anything to ignore, and those of them in which something was found. */
  readonly negatives: number;
  readonly falsePositives: number;
  readonly msPerFile: Spread;
  readonly decodeMs: Spread;
  readonly errors: number;
  readonly tags: Readonly<Record<string, Scores>>;
  readonly perFile: readonly FileResult[];
}

export interface FileResult {
  readonly file: string;
  readonly faces: readonly Detection[];
  readonly found: number;
  readonly missed: number;
  readonly wrong: number;
  readonly ms: number;
  readonly error?: string;
}

/** From which overlap on a found face counts, as the field does. */
const hitOverlap = 0.5;
/** A find that lies to this share inside of what is to be ignored, or overlaps it by `ignoreOverlap`, counts neither way. */
const ignoreShare = 0.5;
const ignoreOverlap = 0.3;

interface Tally {
  found: number;
  missed: number;
  wrong: number;
}

interface Judged {
  readonly photo: LabelledFaces;
  readonly said: FoundFaces;
  readonly overlaps: readonly number[];
  readonly bySize: Readonly<Record<FaceSize, Tally>>;
}

/** @param said one for each picture, in the same order. */
export function summarise(photos: readonly LabelledFaces[], said: readonly FoundFaces[]): Summary {
  const judged = photos.flatMap((photo, index) => {
    const answer = said[index];
    return answer === undefined ? [] : [judge(photo, answer)];
  });
  const overlaps = judged.flatMap((one) => one.overlaps);
  const measured = judged.filter((one) => one.said.error === undefined);
  const empty = judged.filter(({ photo }) => photo.faces.length === 0 && photo.ignore.length === 0);
  const tags = [...new Set(photos.flatMap((photo) => photo.tags))].toSorted();
  return {
    ...scoresOf(judged.map(totalOf)),
    labelled: photos.reduce((sum, { faces }) => sum + faces.length, 0),
    meanIoU: overlaps.length === 0 ? null : overlaps.reduce((sum, overlap) => sum + overlap, 0) / overlaps.length,
    sizes: {
      large: scoresOf(judged.map(({ bySize }) => bySize.large)),
      medium: scoresOf(judged.map(({ bySize }) => bySize.medium)),
      small: scoresOf(judged.map(({ bySize }) => bySize.small)),
    },
    negatives: empty.length,
    falsePositives: empty.filter((one) => totalOf(one).wrong > 0).length,
    msPerFile: spreadOf(measured.map((one) => one.said.ms)),
    decodeMs: spreadOf(measured.map((one) => one.said.decodeMs)),
    errors: judged.length - measured.length,
    tags: Object.fromEntries(
      tags.map((tag) => [tag, scoresOf(judged.filter(({ photo }) => photo.tags.includes(tag)).map(totalOf))]),
    ),
    perFile: judged.map((one) => ({
      file: one.photo.file,
      faces: one.said.faces,
      ...totalOf(one),
      ms: one.said.ms,
      ...(one.said.error !== undefined && { error: one.said.error }),
    })),
  };
}

/** Finds take the labelled face that they overlap most, the most certain first; each face is taken once. */
function judge(photo: LabelledFaces, said: FoundFaces): Judged {
  const bySize = { large: emptyTally(), medium: emptyTally(), small: emptyTally() };
  const sizeOf = (box: Box): FaceSize => {
    const share = box[3] / said.imageHeight;
    return share >= 0.15 ? 'large' : share >= 0.06 ? 'medium' : 'small';
  };
  const left = new Set(photo.faces);
  const overlaps: number[] = [];
  for (const { box } of said.faces.toSorted((a, b) => b.score - a.score)) {
    const [best] = [...left]
      .map((face) => ({ face, overlap: overlapOf(face, box) }))
      .toSorted((a, b) => b.overlap - a.overlap);
    if (best !== undefined && best.overlap >= hitOverlap) {
      left.delete(best.face);
      overlaps.push(best.overlap);
      bySize[sizeOf(best.face)].found++;
    } else if (
      !photo.ignore.some((area) => overlapOf(area, box) >= ignoreOverlap || insideShare(area, box) >= ignoreShare)
    ) {
      bySize[sizeOf(box)].wrong++;
    }
  }
  for (const face of left) bySize[sizeOf(face)].missed++;
  return { photo, said, overlaps, bySize };
}

function emptyTally(): Tally {
  return { found: 0, missed: 0, wrong: 0 };
}

function totalOf({ bySize }: Judged): Tally {
  return addUp(Object.values(bySize));
}

function addUp(tallies: readonly Tally[]): Tally {
  const total = emptyTally();
  for (const { found, missed, wrong } of tallies) {
    total.found += found;
    total.missed += missed;
    total.wrong += wrong;
  }
  return total;
}

function scoresOf(tallies: readonly Tally[]): Scores {
  const { found, missed, wrong } = addUp(tallies);
  return {
    recall: shareOf(found, found + missed),
    precision: shareOf(found, found + wrong),
    f1: shareOf(2 * found, 2 * found + missed + wrong),
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function intersectionOf(one: Box, other: Box): number {
  const width = Math.min(one[0] + one[2], other[0] + other[2]) - Math.max(one[0], other[0]);
  const height = Math.min(one[1] + one[3], other[1] + other[3]) - Math.max(one[1], other[1]);
  return width <= 0 || height <= 0 ? 0 : width * height;
}

/** Intersection over union. */
export function overlapOf(one: Box, other: Box): number {
  const shared = intersectionOf(one, other);
  return shared === 0 ? 0 : shared / (one[2] * one[3] + other[2] * other[3] - shared);
}

/** How much of `box` lies inside of `area`, 0 to 1. */
export function insideShare(area: Box, box: Box): number {
  const shared = intersectionOf(area, box);
  return shared === 0 ? 0 : shared / (box[2] * box[3]);
}
