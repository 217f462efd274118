import type { Quad, RgbaImage } from '#contract/images.ts';
import type { FrameReading } from '#contract/pages.ts';
import { signedArea } from '#worker/vision/geometry.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { shrinkImage } from '#worker/vision/shrink-image.ts';
import { findPage } from './find-page.ts';
import type { PageMaps } from './page-maps.ts';

/* Sharpness is read at 320 pixels whatever the camera, so that one threshold fits all. */
const sharpnessLongSidePx = 320;

/* Brightness varies by this much on an empty, even picture: below it, sharpness is only noise over noise. */
const leastVariance = 25;

/** Reads one frame of the live camera, of at most `findingLongSidePx.live` pixels. `maps` as for `findPage`. */
export function readFrame(cv: OpenCv, frame: RgbaImage, maps?: PageMaps): FrameReading {
  const finding = findPage(cv, frame, 'live', maps);
  const factor = Math.max(1, Math.round(Math.max(frame.width, frame.height) / sharpnessLongSidePx));
  const small = factor === 1 ? frame : shrinkImage(frame, factor);
  const page = finding && scaleDown(finding.corners, factor);
  const { sharpness, brightness } = measureLight(small, page);
  const coverage = finding ? Math.abs(signedArea(finding.corners)) / (frame.width * frame.height) : 0;
  return { finding, sharpness, brightness, coverage: Math.min(1, coverage) };
}

interface XY {
  readonly x: number;
  readonly y: number;
}

function scaleDown(corners: Quad, factor: number): readonly XY[] {
  return corners.map(({ x, y }) => ({ x: x / factor, y: y / factor }));
}

/**
 * Mean brightness of the frame, and the variance of the Laplacian (4 neighbours; Pech-Pacheco et al. 2000) over that of the
 * brightness, inside the page where there is one: relative, so that a faint page in focus beats a bold one out of it.
 */
function measureLight(
  { width, height, data }: RgbaImage,
  page: readonly XY[] | undefined,
): Pick<FrameReading, 'sharpness' | 'brightness'> {
  const grey = new Float32Array(width * height);
  let total = 0;
  for (let at = 0, from = 0; at < grey.length; at++, from += 4) {
    const value = 0.299 * (data[from] ?? 0) + 0.587 * (data[from + 1] ?? 0) + 0.114 * (data[from + 2] ?? 0);
    grey[at] = value;
    total += value;
  }
  let count = 0;
  let sum = 0;
  let squares = 0;
  let edges = 0;
  let squaredEdges = 0;
  for (let y = 1; y < height - 1; y++) {
    const [from, to] = page ? spanOfRow(page, y + 0.5, width) : [1, width - 1];
    for (let at = y * width + from; at < y * width + to; at++) {
      const value = grey[at] ?? 0;
      const laplacian =
        (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0) - 4 * value;
      count++;
      sum += value;
      squares += value * value;
      edges += laplacian;
      squaredEdges += laplacian * laplacian;
    }
  }
  const brightness = total / Math.max(1, grey.length);
  if (count === 0) return { sharpness: 0, brightness };
  const variance = squares / count - (sum / count) ** 2;
  const laplacianVariance = squaredEdges / count - (edges / count) ** 2;
  return { sharpness: laplacianVariance / Math.max(leastVariance, variance), brightness };
}

/* The page's own outline is an edge that is sharp on any desk: it stays 3 pixels outside of what is read. */
const insetPx = 3;

/** Columns of a row, half open, that lie well inside a convex quad; empty where the row misses it. */
function spanOfRow(quad: readonly XY[], y: number, width: number): readonly [number, number] {
  let left = Infinity;
  let right = -Infinity;
  quad.forEach((from, index) => {
    const to = quad[(index + 1) % quad.length] ?? from;
    if (from.y <= y === to.y <= y) return;
    const x = from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x);
    left = Math.min(left, x);
    right = Math.max(right, x);
  });
  const first = Math.max(1, Math.ceil(left) + insetPx);
  return [first, Math.max(first, Math.min(width - 1, Math.floor(right) - insetPx))];
}
