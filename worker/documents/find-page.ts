import type { RgbaImage, PhotoPoint } from '#contract/images.ts';
import { photoPoint } from '#contract/images.ts';
import type { PageFinding } from '#contract/pages.ts';
import { isConvex, orderCorners, signedArea, type FourPoints } from '#worker/vision/geometry.ts';
import { matFromRgba, withMats, type OpenCv } from '#worker/vision/opencv.ts';

/** The long side that a decoded photo or frame is scaled to before `findPage` sees it; never scaled up. */
export const findingLongSidePx = { photo: 640, live: 448 } as const;

/** `live` answers in time for a moving camera, `photo` takes care. */
export type Effort = keyof typeof findingLongSidePx;

/**
 * Finds the one page in a photo.
 *
 * @param photo scaled so that its long side is at most `findingLongSidePx[effort]`.
 * @returns corners in pixels of the picture passed in, clockwise from the top left, or `undefined` for "no page".
 */
export function findPage(cv: OpenCv, photo: RgbaImage, effort: Effort): PageFinding | undefined {
  const corners = withMats(cv, (own) => {
    const grey = own(new cv.Mat());
    cv.cvtColor(own(matFromRgba(cv, photo)), grey, cv.COLOR_RGBA2GRAY);
    cv.GaussianBlur(grey, grey, new cv.Size(5, 5), 0);
    const edges = own(new cv.Mat());
    cv.Canny(grey, edges, 50, effort === 'live' ? 150 : 120);
    cv.dilate(edges, edges, own(cv.getStructuringElement(cv.MORPH_RECT, new cv.Size(3, 3))));
    const contours = own(new cv.MatVector());
    cv.findContours(edges, contours, own(new cv.Mat()), cv.RETR_LIST, cv.CHAIN_APPROX_SIMPLE);
    let best: FourPoints<PhotoPoint> | undefined;
    let bestArea = 0.05 * photo.width * photo.height;
    for (let index = 0; index < contours.size(); index++) {
      const hull = own(new cv.Mat());
      const polygon = own(new cv.Mat());
      cv.convexHull(own(contours.get(index)), hull);
      cv.approxPolyDP(hull, polygon, 0.03 * cv.arcLength(hull, true), true);
      const [ax, ay, bx, by, cx, cy, dx, dy] = polygon.data32S;
      if (polygon.rows !== 4 || ax === undefined || ay === undefined || bx === undefined || by === undefined) continue;
      if (cx === undefined || cy === undefined || dx === undefined || dy === undefined) continue;
      const quad: FourPoints<PhotoPoint> = [
        photoPoint(ax, ay),
        photoPoint(bx, by),
        photoPoint(cx, cy),
        photoPoint(dx, dy),
      ];
      const area = Math.abs(signedArea(quad));
      if (area > bestArea && isConvex(quad)) {
        best = quad;
        bestArea = area;
      }
    }
    return best;
  });
  return corners && { corners: orderCorners(corners), confidence: 0.6, cornerConfidence: [0.6, 0.6, 0.6, 0.6] };
}
