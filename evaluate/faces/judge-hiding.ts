import type { HidingStyle } from '#contract/faces.ts';
import type { Box, LabelledFaces } from './read-truth.ts';
import { insideShare, overlapOf, type Detection } from './summarise.ts';

/** What was hidden in one photo, and what we find in it then. */
export interface HiddenFaces {
  readonly areas: readonly Box[];
  readonly found: readonly Detection[];
  /** Milliseconds of that second look. */
  readonly ms: number;
  /** SHA-256 of the hidden photo's file, in hexadecimal. */
  readonly digest: string;
}

/** What was hidden in one photo, and what everyone finds in it then. */
export interface HiddenPhoto {
  readonly areas: readonly Box[];
  readonly after: Readonly<Record<string, readonly Detection[]>>;
}

export interface HidingReport {
  readonly style: HidingStyle;
  /** Areas that were hidden, over all photos. */
  readonly areas: number;
  /** Labelled faces that no area covers to `coveredShare`. */
  readonly uncovered: number;
  /** Faces found afterwards where something was hidden, by detector. */
  readonly stillFound: Readonly<Record<string, number>>;
  readonly again: readonly FoundAgain[];
}

/** One of those, to be looked at. */
export interface FoundAgain extends Detection {
  readonly file: string;
  readonly by: string;
}

/** A face of which less is under an area could be known by what is left. */
const coveredShare = 0.8;
/** A find at a hidden place: it overlaps an area by this much. */
const samePlace = 0.3;

export function judgeHiding(
  style: HidingStyle,
  photos: readonly LabelledFaces[],
  hidden: readonly HiddenPhoto[],
): HidingReport {
  const stillFound: Record<string, number> = {};
  const again: FoundAgain[] = [];
  let uncovered = 0;
  for (const [index, { areas, after }] of hidden.entries()) {
    const faces = photos[index]?.faces ?? [];
    uncovered += faces.filter((face) => !areas.some((area) => insideShare(area, face) >= coveredShare)).length;
    for (const [name, finds] of Object.entries(after)) {
      const here = finds.filter(({ box }) => areas.some((area) => overlapOf(area, box) >= samePlace));
      stillFound[name] = (stillFound[name] ?? 0) + here.length;
      again.push(...here.map(({ box, score }) => ({ file: photos[index]?.file ?? '', by: name, box, score })));
    }
  }
  return { style, areas: hidden.reduce((sum, { areas }) => sum + areas.length, 0), uncovered, stillFound, again };
}
