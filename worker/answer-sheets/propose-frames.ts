import type { RgbaImage, Size } from '#contract/images.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import { cornerAt, homographyBetween, type FourPoints, type Homography } from '#worker/vision/geometry.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { findArucoFrame } from './find-aruco.ts';
import { findMarkerQuads, type SearchArea } from './find-markers.ts';

/** Where the frame of a sheet may lie: takes units of the sheet to pixels of the photo. */
export interface Frame {
  readonly sheetToPhoto: Homography;
  /** How far the bubbles may lie from where the frame has them, in bubble sizes: curl between marks is at most about one. */
  readonly slack: number;
  /** Whether marks say which way up it is, and where to less than a gap between bubbles. */
  readonly sure: boolean;
  /** The same frame the other way up, where nothing says which way it is. */
  readonly turned?: Homography | undefined;
}

/** Of frames by marks of their own, and of frames by a paper's outline or a design drawn over another photo. */
const slacks = { marks: 1.3, outline: 2.5 } as const;

/** Pages in a photo, as clockwise corners, likeliest first; none where there is no page. */
export type FindOutlines = () => readonly FourPoints[];

/** Upright first: where a grid looks alike both ways up, a sheet is taken to be as it was photographed. */
const quarterTurns = [0, 2, 1, 3] as const;

/** The frame of marks that were seen. */
export function frameByMarks(sheetToPhoto: Homography): Frame {
  return { sheetToPhoto, slack: slacks.marks, sure: true };
}

/**
 * Frames by the way that the design is located, group by group: a later group only counts where the ones before did not do.
 *
 * @param known frame by ArUco marks that were found before.
 */
export function* proposeFrames(
  cv: OpenCv,
  photo: Plane,
  { location, size }: Pick<SheetDesign<RgbaImage>, 'location' | 'size'>,
  findOutlines: FindOutlines,
  known?: Homography,
): Generator<readonly Frame[]> {
  switch (location.by) {
    case 'fiducials': {
      if (location.fiducials.some(({ kind }) => kind === 'aruco'))
        for (const effort of ['haste', 'care'] as const) {
          const quick = effort === 'haste' ? known : undefined;
          const byMarks = quick ?? findArucoFrame(cv, photo, location.fiducials, effort);
          if (byMarks !== undefined) yield [frameByMarks(byMarks)];
        }
      const marker = location.fiducials.find((mark) => mark.kind === 'picture');
      if (marker?.kind !== 'picture') {
        // Marks that are too small or blurred to be told apart leave the paper, which the frame of ArUco marks is.
        yield findOutlines().flatMap((quad) => turnedFrames(size, quad));
        return;
      }
      for (const quad of [...findOutlines(), wholePicture(photo)]) {
        const quads = findMarkerQuads(cv, photo, areaOf(quad, photo), marker.picture, marker.width / size.width);
        yield quads.flatMap((corners) => turnedFrames(size, corners));
      }
      return;
    }
    case 'page-outline':
      yield findOutlines().flatMap((quad) => turnedFrames(size, quad));
      yield turnedFrames(size, wholePicture(photo));
      return;
    default:
      yield turnedFrames(size, wholePicture(photo));
      yield findOutlines().flatMap((quad) => turnedFrames(size, quad));
  }
}

/** The frame with its corners on those of a quad, each way around. */
function turnedFrames(size: Size, quad: FourPoints): readonly Frame[] {
  const frameAt = (turns: number) =>
    homographyBetween(wholePicture(size), [
      cornerAt(quad, turns),
      cornerAt(quad, turns + 1),
      cornerAt(quad, turns + 2),
      cornerAt(quad, turns + 3),
    ]);
  return quarterTurns.flatMap((turns) => {
    const sheetToPhoto = frameAt(turns);
    if (sheetToPhoto === undefined) return [];
    return [{ sheetToPhoto, slack: slacks.outline, sure: false, turned: frameAt(turns + 2) }];
  });
}

function wholePicture({ width, height }: Size): FourPoints {
  return [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
}

/** The box around a quad, inside the photo. */
function areaOf(quad: FourPoints, { width, height }: Size): SearchArea {
  const xs = quad.map(({ x }) => x);
  const ys = quad.map(({ y }) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs))),
    top: Math.max(0, Math.floor(Math.min(...ys))),
    right: Math.min(width, Math.ceil(Math.max(...xs))),
    bottom: Math.min(height, Math.ceil(Math.max(...ys))),
  };
}
