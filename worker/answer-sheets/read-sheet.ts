import { photoPoint, type RgbaImage, type Size } from '#contract/images.ts';
import type { BlockReading, FieldReading, ReadingOptions, SheetDesign, SheetReading } from '#contract/sheets.ts';
import { greyPlane } from '#worker/vision/grey-plane.ts';
import { chain } from '#worker/vision/fit-transform.ts';
import { projectPoint, type Homography, type XY } from '#worker/vision/geometry.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import type { Plane } from '#worker/vision/plane.ts';
import { settleColumns } from './settle-columns.ts';
import { locateBoxes, placeByBubbles, placeByMarks, quadOf } from './locate-boxes.ts';
import { decideFields, type FieldDecision } from './decide-marks.ts';
import { estimateOutline } from './estimate-outline.ts';
import { findStrays } from './find-strays.ts';
import { followPaper, type FollowedGrid } from './follow-paper.ts';
import { gapsOf, layGrid, median, type Grid } from './grid.ts';
import { judgeCrossings } from './judge-crossings.ts';
import { measureArms } from './measure-arms.ts';
import { measureInk, type Ink } from './measure-ink.ts';
import { measureEdges, OutlineMap, type Outline } from './outline.ts';
import { placeGrid, takeAsPlaced, type Placement, type Probe } from './place-grid.ts';
import { frameByMarks, proposeFrames, type FindOutlines, type Frame } from './propose-frames.ts';
import { frameCorners, frameRaster, rectifySheet, type SheetRaster } from './rectify-sheet.ts';
import { version } from './version.ts';

/** Stages as they begin. */
export type Report = (stage: 'locate' | 'measure' | 'decide') => void;

/** A frame that was tried, with everything that was found out about it. */
interface Trial {
  readonly raster: SheetRaster;
  /** Of each cell. */
  readonly outlines: readonly Outline[];
  readonly gap: XY;
  readonly placement: Placement;
  readonly followed: FollowedGrid;
  /** Share of the bubbles whose outlines were seen, 0 to 1. */
  readonly seenShare: number;
  /** Whether it may just as well be the other way up. */
  readonly looksAlikeTurned?: boolean;
}

/**
 * A grid with so many of its bubbles seen, and none beyond its edges, is in its place, and no other frame is tried. All 87 sheets
 * at hand that were placed right reach 0.99, but for two whose outlines a scanner app washed out.
 */
const surelySeen = 0.97;

/** A frame tried later has to show so much better: an earlier one is likelier. */
const betterBy = 0.05;

/** Below this, the bubbles of the design are not in the photo. */
const leastPlaced = 0.2;

/** Photos smaller than this on a side hold no sheet. */
const leastSidePx = 100;

/** Shares of outlines that have to be seen, of a block's and of the sheet's bubbles: washed out ones show 0.69 and 0.85. */
const leastSeen = { block: 0.6, sheet: 0.78 } as const;

export interface SheetReadingOptions extends ReadingOptions {
  /** Where ArUco marks were seen to lie in this photo already, so that they are not looked for again. */
  readonly frame?: Homography | undefined;
  /** Nothing but that frame is tried: the next frame of a camera is a better try than a second look at this one. */
  readonly frameOnly?: boolean;
  /** The photo in grey, where that is known already. */
  readonly grey?: Plane;
}

/**
 * Reads one page of a design in a photo. A page without bubbles is found by its ArUco marks alone, and has no blocks.
 *
 * @param report is called as each stage begins.
 */
export function readSheet(
  cv: OpenCv,
  photo: RgbaImage,
  design: SheetDesign<RgbaImage>,
  findOutlines: FindOutlines,
  report: Report,
  options: SheetReadingOptions = { correction: 'none' },
): SheetReading {
  report('locate');
  if (Math.min(photo.width, photo.height) < leastSidePx) return { found: false, reason: 'too-small', version };
  const grid = layGrid(design);
  const grey = options.grey ?? greyPlane(photo);
  const { frame, frameOnly = false } = options;
  const proposed =
    frame !== undefined && frameOnly ? [[frameByMarks(frame)]] : proposeFrames(cv, grey, design, findOutlines, frame);
  if (grid.cells.length === 0) return locateByMarks(grey, design, proposed);
  const trial = locate(grey, grid, proposed);
  if (trial === undefined || trial.placement.score < leastPlaced)
    return { found: false, reason: 'no-bubbles', version };
  report('measure');
  const { inks, likenesses } = measureInk(trial.raster, grid, trial.followed.centers, trial.outlines);
  const { centers } = trial.followed;
  const crossings =
    options.correction === 'cross-out' ? judgeCrossings(inks, measureArms(trial.raster, centers, trial.outlines)) : [];
  const strays = findStrays(trial.raster, centers, trial.outlines, inks);
  report('decide');
  const decisions = decideFields(grid, inks, { crossings, strays, likenesses });
  const boxes = locateBoxes(grey, design, placeByBubbles(grid, trial));
  return describe(design, grid, trial, inks, decisions, boxes, photo);
}

/** A page on which everything is written by hand: only marks say where it lies, and an outline may be that of any paper. */
function locateByMarks(
  photo: Plane,
  design: SheetDesign<RgbaImage>,
  proposed: Iterable<readonly Frame[]>,
): SheetReading {
  for (const frames of proposed) {
    const byMarks = frames.find(({ sure }) => sure);
    if (byMarks === undefined) continue;
    const { sheetToPhoto } = byMarks;
    const corners = quadOf(frameCorners(design, sheetToPhoto));
    const fields = locateBoxes(photo, design, placeByMarks(design, sheetToPhoto));
    return settleColumns(design, { found: true, corners, blocks: [], fields, columns: [], flagged: [], version });
  }
  return { found: false, reason: 'no-fiducials', version };
}

function locate(photo: Plane, grid: Grid, proposed: Iterable<readonly Frame[]>): Trial | undefined {
  let best: Trial | undefined;
  for (const frames of proposed) {
    for (const frame of frames) {
      const trial = tryFrame(photo, grid, frame);
      if (best === undefined || trial.placement.score > best.placement.score + betterBy) best = trial;
      if (isSure(best)) return settleTurn(photo, grid, frame, best);
    }
  }
  return best;
}

/**
 * Where a grid looks alike both ways up and no mark tells, how it lies in its frame does: of a symmetrical grid on six real sheets the
 * right way up fits better by 0.013 to 0.032.
 */
function settleTurn(photo: Plane, grid: Grid, frame: Frame, trial: Trial): Trial {
  if (frame.turned === undefined) return trial;
  const turned = tryFrame(photo, grid, { ...frame, sheetToPhoto: frame.turned, turned: undefined });
  if (!isSure(turned)) return trial;
  const better = turned.placement.score > trial.placement.score ? turned : trial;
  const byScore = Math.abs(turned.placement.score - trial.placement.score);
  return { ...better, looksAlikeTurned: byScore < turnsApartBy };
}

/** Scores of a sheet and of the same turned by 180 degrees that are nearer than this do not tell them apart. */
const turnsApartBy = 0.008;

function isSure({ seenShare, followed }: Trial): boolean {
  return seenShare >= surelySeen && !followed.misplaced;
}

function tryFrame(grey: Plane, grid: Grid, frame: Frame): Trial {
  const raster = rectifySheet(grey, frameRaster(grid), frame.sheetToPhoto);
  const scale = raster.fromSheet[0];
  const gap = { x: grid.gapX * scale, y: grid.gapY * scale };
  const field = measureEdges(raster);
  const toRaster = (point: XY): XY => toIndex(projectPoint(raster.fromSheet, point));
  const bubbles = groupBubbles(grid, scale).map(({ width, height, cells }) => {
    const members = cells.flatMap((cell) => grid.cells[cell] ?? []);
    const { gapX, gapY } = gapsOf(members);
    const apart = { x: gapX * scale, y: gapY * scale };
    const outline = estimateOutline(field, members.map(toRaster), { width, height }, apart);
    return { outline, map: new OutlineMap(field, outline), cells };
  });
  const outlines: Outline[] = [];
  const places: Probe[] = [];
  for (const { outline, map, cells } of bubbles)
    for (const cell of cells) {
      outlines[cell] = outline;
      places[cell] = { ...toRaster(grid.cells[cell] ?? { x: 0, y: 0 }), map };
    }
  const beyond = grid.beyond.flatMap((place): Probe[] => {
    const map = places[place.cell]?.map;
    return map === undefined ? [] : [{ ...toRaster(place), map }];
  });
  const follow = (placement: Placement): Trial => {
    const followed = followPaper(grid, places, beyond, placement.transform, gap);
    const seenShare = followed.seen.filter(Boolean).length / followed.seen.length;
    return { raster, outlines, gap, placement, followed, seenShare };
  };
  if (frame.sure) {
    const trial = follow(takeAsPlaced(places, gap));
    if (isSure(trial)) return trial;
  }
  const reach = frame.slack * Math.max(grid.bubbleWidth, grid.bubbleHeight) * scale;
  return follow(placeGrid(places, beyond, gap, { x: reach, y: reach }));
}

/** Cells by the size of their bubbles, which is in pixels of the raster: bubbles of one size are printed alike. */
function groupBubbles(
  grid: Grid,
  scale: number,
): readonly { readonly width: number; readonly height: number; readonly cells: readonly number[] }[] {
  const groups = new Map<string, { width: number; height: number; cells: number[] }>();
  grid.cells.forEach(({ bubble: { width, height } }, cell) => {
    const key = `${width} ${height}`;
    const group = groups.get(key) ?? { width: width * scale, height: height * scale, cells: [] };
    groups.set(key, group);
    group.cells.push(cell);
  });
  return [...groups.values()];
}

/** Pixel (0, 0) begins at 0 and its centre is its index. */
function toIndex({ x, y }: XY): XY {
  return { x: x - 0.5, y: y - 0.5 };
}

function describe(
  design: SheetDesign<RgbaImage>,
  grid: Grid,
  { raster, placement, gap, followed, seenShare, looksAlikeTurned = false }: Trial,
  inks: readonly Ink[],
  decisions: readonly FieldDecision[],
  boxes: readonly FieldReading[],
  photo: Size,
): SheetReading {
  const { centers, seen, residuals, misplaced } = followed;
  const placed = !misplaced && !looksAlikeTurned && seenShare >= leastSeen.sheet;
  const blocks = design.blocks.map(({ name }, block): BlockReading => {
    const cells = grid.cells.flatMap((cell, at) => (cell.block === block ? [at] : []));
    const there = cells.filter((cell) => seen[cell] === true);
    return {
      name,
      locked: placed && there.length >= leastSeen.block * cells.length,
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
          ink: Math.min(1, inks[first + at]?.stroke ?? 0),
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
  return settleColumns(design, {
    found: true,
    corners: quadOf(frameCorners(design, chain(raster.toPhoto, chain(placement.transform, raster.fromSheet)))),
    blocks,
    fields: [...fields, ...boxes],
    columns: [],
    flagged: [],
    version,
  });
}
