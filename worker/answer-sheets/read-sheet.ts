import { photoPoint, type PhotoPoint, type Quad, type RgbaImage, type Size } from '#contract/images.ts';
import type { BlockReading, FieldReading, SheetDesign, SheetReading } from '#contract/sheets.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import { chain } from '#worker/vision/fit-transform.ts';
import { projectPoint, type FourPoints, type Homography, type XY } from '#worker/vision/geometry.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { decideFields, levelPencil, type FieldDecision } from './decide-marks.ts';
import { estimateOutline } from './estimate-outline.ts';
import { findMarkerQuads, type SearchArea } from './find-markers.ts';
import { followPaper, type FollowedGrid } from './follow-paper.ts';
import { layGrid, median, type Grid } from './grid.ts';
import { measureInk, type Ink } from './measure-ink.ts';
import { measureEdges, OutlineMap, type Outline } from './outline.ts';
import { placeGrid, type Placement } from './place-grid.ts';
import { frameOn, quarterTurns, wholePicture, type FindOutlines, type Frame } from './propose-frames.ts';
import { frameCorners, frameRaster, rectifySheet, type SheetRaster } from './rectify-sheet.ts';
import { version } from './version.ts';

/** Stages as they begin. */
export type Report = (stage: 'locate' | 'measure' | 'decide') => void;

/** A frame that was tried, with everything that was found out about it. */
interface Trial {
  readonly frame: Frame;
  readonly raster: SheetRaster;
  readonly map: OutlineMap;
  readonly outline: Outline;
  readonly places: readonly XY[];
  readonly gap: XY;
  readonly placement: Placement;
}

/** A grid that shows as well as this is in its place, and no other frame is tried. */
const surelyPlaced = 0.6;

/** Below this, the bubbles of the design are not in the photo. */
const leastPlaced = 0.2;

/** Photos smaller than this on a side hold no sheet. */
const leastSidePx = 100;

/** Share of a block's bubbles whose outlines have to be seen. */
const leastSeen = 0.4;

export function readSheet(
  cv: OpenCv,
  photo: RgbaImage,
  design: SheetDesign<RgbaImage>,
  findOutlines: FindOutlines,
  report: Report,
): SheetReading {
  report('locate');
  if (Math.min(photo.width, photo.height) < leastSidePx) return { found: false, reason: 'too-small', version };
  const grid = layGrid(design);
  const trial = locate(cv, photo, design, grid, findOutlines);
  if (trial === undefined || trial.placement.score < leastPlaced)
    return { found: false, reason: 'no-bubbles', version };
  const followed = followPaper(trial.map, grid, trial.places, trial.placement.transform, trial.gap);
  report('measure');
  const inks = measureInk(trial.raster, grid, followed.centers, trial.outline);
  report('decide');
  const decisions = decideFields(grid, inks, levelPencil(grid, inks));
  return describe(design, grid, trial, followed, inks, decisions, photo);
}

function locate(
  cv: OpenCv,
  photo: RgbaImage,
  design: SheetDesign<RgbaImage>,
  grid: Grid,
  findOutlines: FindOutlines,
): Trial | undefined {
  const grey = greyPlane(photo);
  let best: Trial | undefined;
  for (const quads of quadsToTry(cv, photo, grey, design, findOutlines)) {
    for (const quad of quads) {
      for (const turns of quarterTurns) {
        const frame = frameOn(design, quad, turns);
        if (frame === undefined) continue;
        const trial = tryFrame(grey, grid, frame);
        if (best === undefined || trial.placement.score > best.placement.score + 0.05) best = trial;
        if (best.placement.score >= surelyPlaced) return best;
      }
    }
  }
  return best;
}

/** Quads that the frame may lie on, group by group: a later group only where the ones before did not do. */
function* quadsToTry(
  cv: OpenCv,
  photo: RgbaImage,
  grey: Plane,
  { location, size }: SheetDesign<RgbaImage>,
  findOutlines: FindOutlines,
): Generator<readonly FourPoints[]> {
  if (location.by === 'fiducials') {
    const [first] = location.fiducials;
    if (first?.kind !== 'picture') return;
    const outlines = findOutlines(photo);
    const areas = [...outlines.map((quad) => areaOf(quad, photo)), areaOf(wholePicture(photo), photo)];
    for (const area of areas) yield findMarkerQuads(cv, grey, area, first.picture, first.width / size.width);
  } else if (location.by === 'page-outline') {
    yield findOutlines(photo);
    yield [wholePicture(photo)];
  } else {
    yield [wholePicture(photo)];
    yield findOutlines(photo);
  }
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

function tryFrame(grey: Plane, grid: Grid, frame: Frame): Trial {
  const raster = rectifySheet(grey, frameRaster(grid), frame);
  const scale = raster.fromSheet[0];
  const places = grid.cells.map((cell) => toIndex(projectPoint(raster.fromSheet, cell)));
  const gap = { x: grid.gapX * scale, y: grid.gapY * scale };
  const field = measureEdges(raster);
  const bubble = { width: grid.bubbleWidth * scale, height: grid.bubbleHeight * scale };
  const outline = estimateOutline(field, places, bubble, gap, { x: gap.x * 0.5, y: gap.y * 0.5 });
  const map = new OutlineMap(field, outline);
  const reach = 2.5 * Math.max(bubble.width, bubble.height);
  const placement = placeGrid(map, places, gap, { x: reach, y: reach });
  return { frame, raster, map, outline, places, gap, placement };
}

/** Pixel (0, 0) begins at 0 and its centre is its index. */
function toIndex({ x, y }: XY): XY {
  return { x: x - 0.5, y: y - 0.5 };
}

function describe(
  design: SheetDesign<RgbaImage>,
  grid: Grid,
  { raster, placement, gap }: Trial,
  { centers, seen, residuals }: FollowedGrid,
  inks: readonly Ink[],
  decisions: readonly FieldDecision[],
  photo: RgbaImage,
): SheetReading {
  const blocks = design.blocks.map(({ name }, block): BlockReading => {
    const cells = grid.cells.flatMap((cell, at) => (cell.block === block ? [at] : []));
    const there = cells.filter((cell) => seen[cell] === true);
    return {
      name,
      locked: there.length >= leastSeen * cells.length,
      residual: median(there.map((cell) => residuals[cell] ?? 0)) / Math.min(gap.x, gap.y),
    };
  });
  const fields: FieldReading[] = [];
  let cell = 0;
  design.blocks.forEach((block, blockAt) => {
    for (const field of block.fields) {
      const first = cell;
      cell += field.bubbles.length;
      const decision = decisions[fields.length];
      const bubbles = field.bubbles.map(({ value }, at) => {
        const center = centers[first + at] ?? { x: 0, y: 0 };
        const { x, y } = projectPoint(raster.toPhoto, { x: center.x + 0.5, y: center.y + 0.5 });
        return {
          value,
          ink: Math.min(1, inks[first + at]?.amount ?? 0),
          marked: decision?.marked[at] ?? false,
          center: photoPoint(x, y),
        };
      });
      const outside = bubbles.some(({ center: { x, y } }) => x < 0 || y < 0 || x > photo.width || y > photo.height);
      const unsure = outside || blocks[blockAt]?.locked !== true;
      const marks = bubbles.filter(({ marked }) => marked);
      fields.push({
        label: field.label,
        value: marks.length === 0 ? field.emptyValue : marks.map(({ value }) => value).join(''),
        state: unsure ? 'doubtful' : (decision?.state ?? 'doubtful'),
        confidence: (unsure ? 0.5 : 1) * (decision?.confidence ?? 0),
        bubbles,
      });
    }
  });
  const flagged = fields.filter(({ state }) => state === 'doubtful').map(({ label }) => label);
  return {
    found: true,
    corners: cornersOf(design, raster, placement.transform),
    blocks,
    fields,
    columns: joinColumns(design, fields),
    flagged,
    version,
  };
}

function cornersOf(design: SheetDesign<RgbaImage>, raster: SheetRaster, transform: Homography): Quad<PhotoPoint> {
  const [a, b, c, d] = frameCorners(design, chain(raster.toPhoto, chain(transform, raster.fromSheet)));
  return [photoPoint(a.x, a.y), photoPoint(b.x, b.y), photoPoint(c.x, c.y), photoPoint(d.x, d.y)];
}

function joinColumns(design: SheetDesign<RgbaImage>, fields: readonly FieldReading[]) {
  const byLabel = new Map(fields.map((field) => [field.label, field]));
  const parts = new Map(design.customLabels.map((custom) => [custom.label, custom.parts]));
  return design.outputColumns.map((label) => {
    const joined = (parts.get(label) ?? [label]).flatMap((part) => byLabel.get(part) ?? []);
    return {
      label,
      value: joined.map(({ value }) => value).join(''),
      flagged: joined.some(({ state }) => state === 'doubtful'),
    };
  });
}
