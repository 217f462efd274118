import type { SheetRectangle } from '#contract/sheets.ts';
import type { Homography } from '#worker/vision/geometry.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import type { Plane } from '#worker/vision/plane.ts';
import type { CandidatePage } from './choose-page.ts';
import { findArucoFrame, type ArucoEffort } from './find-aruco.ts';

/** Where a photo has the code of a sheet. */
export interface CodePlace {
  /** Quiet zone included, in units of the sheet. */
  readonly code: SheetRectangle;
  /** Takes units of the sheet to pixels of the photo. */
  readonly sheetToPhoto: Homography;
  /** The marks that it was found by, as `nameMarks` writes them. */
  readonly marks: string;
}

/** Pages with the same marks in the same places lie alike in a photo. */
export function nameMarks({ location }: CandidatePage['design']): string {
  return location.by === 'fiducials' ? JSON.stringify(location.fiducials.filter(({ kind }) => kind === 'aruco')) : '';
}

/**
 * Where the code lies, by the marks around it; none where these are not found. Pages of an exam share their marks, and mostly
 * the place of their code: each set of marks is looked for once.
 */
export function findCodePlaces(
  cv: OpenCv,
  photo: Plane,
  pages: readonly CandidatePage[],
  effort: ArucoEffort,
): readonly CodePlace[] {
  const frames = new Map<string, Homography | undefined>();
  const places = new Map<string, CodePlace>();
  for (const { code, design } of pages) {
    if (code === undefined || design.location.by !== 'fiducials') continue;
    const marks = design.location.fiducials.filter(({ kind }) => kind === 'aruco');
    const key = nameMarks(design);
    if (!frames.has(key)) frames.set(key, findArucoFrame(cv, photo, marks, effort));
    const sheetToPhoto = frames.get(key);
    if (sheetToPhoto !== undefined) places.set(`${key} ${JSON.stringify(code)}`, { code, sheetToPhoto, marks: key });
  }
  return [...places.values()];
}
