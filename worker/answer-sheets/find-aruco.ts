import type { Fiducial } from '#contract/sheets.ts';
import { fitAffine, fitHomography, type Correspondence } from '#worker/vision/fit-transform.ts';
import { projectPoint, type Homography } from '#worker/vision/geometry.ts';
import { withMats, type Mat, type OpenCv } from '#worker/vision/opencv.ts';
import { shrinkBytes, type Plane } from '#worker/vision/plane.ts';

/** ArUco marks of our sheets: the 50 of 4 x 4 cells. */

/** A mark that was seen: its corners, clockwise from its own top left, in pixels of the photo, x and y in turn. */
interface SeenMark {
  readonly id: number;
  readonly corners: readonly number[];
}

/**
 * How marks are looked for. Photos are averaged down to about so many pixels: marks of a sheet that fills a third of its photo
 * are then 20 wide with care, and 11 otherwise, which is the least that shows its cells. Haste looks at edges of one width, which
 * misses marks in hard shadows, and takes a fifth of the time; of the few that it sees one could be something else.
 */
const efforts = {
  haste: { pixels: 0.6e6, windows: { from: 13, to: 13 }, fewestMarks: 4 },
  'some care': { pixels: 0.6e6, windows: { from: 3, to: 23 }, fewestMarks: 2 },
  care: { pixels: 1.6e6, windows: { from: 3, to: 23 }, fewestMarks: 2 },
} as const;
export type ArucoEffort = keyof typeof efforts;

/** Corners farther than this, in widths of a mark, from where the others have them belong to something else. */
const mostOff = 0.6;

/** The frame by its ArUco marks, hidden ones left out; `undefined` where too few are seen: two, with their four corners each, are enough. */
export function findArucoFrame(
  cv: OpenCv,
  photo: Plane,
  fiducials: readonly Fiducial<unknown>[],
  effort: ArucoEffort = 'care',
): Homography | undefined {
  const seen = detectMarks(cv, photo, effort);
  const known = new Map(fiducials.flatMap((mark) => (mark.kind === 'aruco' ? [[mark.id, mark]] : [])));
  const pairs = seen.flatMap(({ id, corners }): Correspondence[] => {
    const mark = known.get(id);
    if (mark === undefined) return [];
    const half = mark.width / 2;
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = corners;
    const at = (x: number, y: number, u: number, v: number): Correspondence => ({
      from: { x: mark.x + x * half, y: mark.y + y * half },
      to: { x: u, y: v },
      weight: 1,
    });
    return [at(-1, -1, a, b), at(1, -1, c, d), at(1, 1, e, f), at(-1, 1, g, h)];
  });
  return fitMarks(pairs, efforts[effort].fewestMarks);
}

/** Fits all corners, then without the mark that is farthest off, until the others agree. */
function fitMarks(pairs: readonly Correspondence[], fewestMarks: number): Homography | undefined {
  if (pairs.length < 4 * fewestMarks) return undefined;
  // Few marks in a line tell little of perspective, and a homography would make it up.
  const frame = pairs.length >= 12 ? fitHomography(pairs) : (fitHomography(pairs) ?? fitAffine(pairs));
  if (frame === undefined) return undefined;
  let worst = 0;
  let worstAt = 0;
  pairs.forEach(({ from, to }, at) => {
    const side = pairs[at - (at % 4) + ((at + 1) % 4)] ?? { to };
    const width = Math.hypot(side.to.x - to.x, side.to.y - to.y) || 1;
    const expected = projectPoint(frame, from);
    const off = Math.hypot(expected.x - to.x, expected.y - to.y) / width;
    if (off > worst) {
      worst = off;
      worstAt = at - (at % 4);
    }
  });
  if (worst <= mostOff) return frame;
  return fitMarks(
    pairs.filter((_, at) => at < worstAt || at >= worstAt + 4),
    fewestMarks,
  );
}

/** All marks in a photo, whosever they are. */
function detectMarks(cv: OpenCv, photo: Plane, effort: ArucoEffort): readonly SeenMark[] {
  const { pixels, windows } = efforts[effort];
  const factor = Math.max(1, Math.round(Math.sqrt((photo.width * photo.height) / pixels)));
  const { width, height, values } = factor === 1 ? photo : shrinkBytes(photo, factor);
  return withMats(cv, (own) => {
    const image = own(new cv.Mat(height, width, cv.CV_8UC1));
    image.data.set(values);
    const dictionary = own(cv.getPredefinedDictionary(cv.DICT_4X4_50));
    const parameters = own(new cv.aruco_DetectorParameters());
    parameters.adaptiveThreshWinSizeMin = windows.from;
    parameters.adaptiveThreshWinSizeMax = windows.to;
    // The defaults of OpenCV's refinement, which is not used here.
    const refinement = own(new cv.aruco_RefineParameters(10, 3, true));
    const detector = own(new cv.aruco_ArucoDetector(dictionary, parameters, refinement));
    const quads = own(new cv.MatVector());
    const rejected = own(new cv.MatVector());
    const ids: Mat = own(new cv.Mat());
    detector.detectMarkers(image, quads, ids, rejected);
    return Array.from({ length: quads.size() }, (_, at) => {
      const mat = own(quads.get(at));
      // A pixel's index is that of its centre, in the photo as in its average.
      const corners = Array.from(mat.data32F.subarray(0, 8), (index) => (index + 0.5) * factor - 0.5);
      return { id: ids.data32S[at] ?? -1, corners };
    });
  });
}
