import { cornerAngles, cornerAt, distanceBetween, signedArea, type FourPoints } from '#worker/vision/geometry.ts';
import type { GradientField } from '#worker/vision/gradient-field.ts';
import type { Candidate, Side } from './find-page-candidates.ts';
import { clampPosition, readSide, supportBetween, type SideReading } from './find-page-sides.ts';

/** What the score looks at, in the order of its weights. */
export const featureNames = [
  'meanSupport',
  'leastSupport',
  'secondSupport',
  'meanParting',
  'leastParting',
  'secondParting',
  'meanContrast',
  'leastContrast',
  'meanSeparation',
  'leastSeparation',
  'brighter',
  'leastBrighter',
  'sameSign',
  'insideSpread',
  'beyond',
  'mostBeyond',
  'cornerSupport',
  'leastCornerSupport',
  'logArea',
  'borders',
  'borderShare',
  'threeBorders',
  'skew',
  'taper',
  'even',
  'leak',
  'farLeak',
  'insideBusy',
  'ringBusy',
  'paperBrightness',
  'paperColour',
  'slender',
] as const;

/** Points at which the inside of a quad is sampled, per side. */
const gridSize = 12;

/** Colours nearer than this belong together, in grey levels (root mean square of R, G, B). */
const sameColour = 18;

/** How far outside of its sides a quad's surroundings are sampled, as a share of the picture's long side. */
const ringReach = 0.03;

export interface Measured {
  readonly features: Float64Array;
  /** Edge support next to each corner, 0 to 1, in the order of the corners; -1 between two borders of the picture. */
  readonly cornerSupport: readonly [number, number, number, number];
}

/** Measures what the score needs of a candidate. */
export function measureCandidate(field: GradientField, { corners, sides }: Candidate): Measured {
  const { width, height } = field;
  const readings = sides.map(({ line, from, to, insideRight }) => readSide(line, from, to, insideRight));
  const free = readings.filter((_, index) => sides[index]?.line.border === false);
  const supports = free.map((reading) => reading.support).toSorted((a, b) => a - b);
  const partings = free.map((reading) => reading.parting).toSorted((a, b) => a - b);
  const contrasts = free.map((reading) => Math.min(1, reading.contrast / 40));
  const separations = free.map(separationOf);
  const brighter = free.map((reading) => Math.max(-1, Math.min(1, reading.brighter / 40)));
  const beyond = free.map((reading) => reading.beyond);
  const cornerSupport = supportAtCorners(sides);
  const freeCorners = cornerSupport.filter((support) => support !== borderSupport);
  const lengths = corners.map((corner, index) => distanceBetween(corner, cornerAt(corners, index + 1)));
  const perimeter = sumOf(lengths);
  const borderLength = sumOf(lengths.filter((_, index) => sides[index]?.line.border === true));
  const borders = 4 - free.length;
  const area = Math.abs(signedArea(corners)) / (width * height);
  const [ab = 1, bc = 1, cd = 1, da = 1] = lengths;
  const region = compareRegions(field, corners);
  const aspect = (ab + cd) / (bc + da + 1e-6);
  return {
    cornerSupport,
    features: Float64Array.of(
      meanOf(supports),
      supports[0] ?? 0,
      supports[1] ?? 0,
      meanOf(partings),
      partings[0] ?? 0,
      partings[1] ?? 0,
      meanOf(contrasts),
      Math.min(1, ...contrasts),
      meanOf(separations),
      Math.min(1, ...separations),
      meanOf(brighter),
      Math.min(1, ...brighter),
      Math.abs(sumOf(brighter.map(Math.sign))) / Math.max(1, free.length),
      meanOf(free.map((reading) => Math.min(1, reading.insideSpread / 40))),
      meanOf(beyond),
      Math.max(0, ...beyond),
      meanOf(freeCorners),
      Math.min(1, ...freeCorners),
      Math.log(Math.max(1e-3, area)),
      borders,
      borderLength / perimeter,
      borders >= 3 ? 1 : 0,
      Math.max(...cornerAngles(corners).map((angle) => Math.abs(angle - 90))) / 45,
      Math.max(Math.abs(Math.log((ab + 1) / (cd + 1))), Math.abs(Math.log((bc + 1) / (da + 1)))),
      region.even,
      region.leak,
      region.farLeak,
      region.insideBusy,
      region.ringBusy,
      region.paperBrightness,
      region.paperColour,
      Math.max(0, Math.abs(Math.log(aspect)) - 0.7),
    ),
  };
}

/** How well the strips on either hand of a side can be told apart: difference over difference plus spread. */
function separationOf({ contrast, insideSpread, outsideSpread }: SideReading): number {
  return contrast / (contrast + 0.5 * (insideSpread + outsideSpread) + 4);
}

/** Stands for the support of a corner between two borders of the picture, where there is no edge to look for. */
const borderSupport = -1;

/** Support along the last fifth of both sides at each corner; the weaker of the two counts. */
function supportAtCorners(sides: Candidate['sides']): [number, number, number, number] {
  const [ab, bc, cd, da] = sides;
  return [cornerSupportOf(da, ab), cornerSupportOf(ab, bc), cornerSupportOf(bc, cd), cornerSupportOf(cd, da)];
}

function cornerSupportOf(before: Side, after: Side): number {
  const supports = [];
  if (!before.line.border) supports.push(endSupport(before, after));
  if (!after.line.border) supports.push(endSupport(after, before));
  return supports.length === 0 ? borderSupport : Math.min(...supports);
}

/** Support of the fifth of `side` that lies at its crossing with `other`. */
function endSupport(side: Side, other: Side): number {
  const { line, from, to } = side;
  const xAt = (along: number): number => line.startX + along * line.normalY;
  const yAt = (along: number): number => line.startY - along * line.normalX;
  const away = (along: number): number =>
    Math.abs(other.line.normalX * xAt(along) + other.line.normalY * yAt(along) - other.line.offset);
  const [near, far] = away(from) < away(to) ? [from, to] : [to, from];
  const end = near + 0.2 * (far - near);
  return supportBetween(line, clampPosition(line, Math.min(near, end)), clampPosition(line, Math.max(near, end)));
}

interface Regions {
  /** Share of the inside that has the paper's colour. */
  readonly even: number;
  /** Share of the ring just outside that has the paper's colour: the page goes on there. */
  readonly leak: number;
  /** The same for the rest of the picture. */
  readonly farLeak: number;
  /** Mean crest strength inside and on the ring. */
  readonly insideBusy: number;
  readonly ringBusy: number;
  /** Brightness of the paper against the brightest in the picture, 0 to 1, and its colourfulness, 0 to 1. */
  readonly paperBrightness: number;
  readonly paperColour: number;
}

/** Samples the inside and the outside of a quad. The paper's colour is the median of each channel inside. */
function compareRegions(field: GradientField, corners: FourPoints): Regions {
  const { width, height, colours, crest } = field;
  const [a, b, c, d] = corners;
  const count = gridSize * gridSize;
  const reds: number[] = [];
  const greens: number[] = [];
  const blues: number[] = [];
  let insideCrest = 0;
  const read = (x: number, y: number): number => {
    const px = Math.max(0, Math.min(width - 1, Math.floor(x)));
    const py = Math.max(0, Math.min(height - 1, Math.floor(y)));
    return py * width + px;
  };
  for (let row = 0; row < gridSize; row++) {
    const v = (row + 0.5) / gridSize;
    for (let column = 0; column < gridSize; column++) {
      const u = (column + 0.5) / gridSize;
      const at = read(
        (1 - v) * ((1 - u) * a.x + u * b.x) + v * ((1 - u) * d.x + u * c.x),
        (1 - v) * ((1 - u) * a.y + u * b.y) + v * ((1 - u) * d.y + u * c.y),
      );
      reds.push((colours[3 * at] ?? 0) / 16);
      greens.push((colours[3 * at + 1] ?? 0) / 16);
      blues.push((colours[3 * at + 2] ?? 0) / 16);
      insideCrest += crestAround(crest, at, width);
    }
  }
  const red = medianOf(reds);
  const green = medianOf(greens);
  const blue = medianOf(blues);
  const isPaper = (r: number, g: number, bl: number): boolean =>
    (r - red) ** 2 + (g - green) ** 2 + (bl - blue) ** 2 < 3 * sameColour * sameColour;
  let even = 0;
  for (let index = 0; index < count; index++) {
    if (isPaper(reds[index] ?? 0, greens[index] ?? 0, blues[index] ?? 0)) even++;
  }
  let ring = 0;
  let ringPaper = 0;
  let ringCrest = 0;
  const reach = ringReach * Math.max(width, height);
  for (let index = 0; index < 4; index++) {
    const from = cornerAt(corners, index);
    const to = cornerAt(corners, index + 1);
    const length = distanceBetween(from, to) || 1;
    // Clockwise on a screen, the outside lies to the left of the way.
    const outX = (to.y - from.y) / length;
    const outY = -(to.x - from.x) / length;
    for (let step = 0; step < gridSize; step++) {
      const share = (step + 0.5) / gridSize;
      const x = from.x + share * (to.x - from.x) + reach * outX;
      const y = from.y + share * (to.y - from.y) + reach * outY;
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = read(x, y);
      ring++;
      ringCrest += crestAround(crest, at, width);
      if (isPaper((colours[3 * at] ?? 0) / 16, (colours[3 * at + 1] ?? 0) / 16, (colours[3 * at + 2] ?? 0) / 16))
        ringPaper++;
    }
  }
  let far = 0;
  let farPaper = 0;
  let brightest = 1;
  for (let row = 0; row < gridSize; row++) {
    for (let column = 0; column < gridSize; column++) {
      const x = ((column + 0.5) / gridSize) * width;
      const y = ((row + 0.5) / gridSize) * height;
      const at = read(x, y);
      const r = (colours[3 * at] ?? 0) / 16;
      const g = (colours[3 * at + 1] ?? 0) / 16;
      const bl = (colours[3 * at + 2] ?? 0) / 16;
      brightest = Math.max(brightest, (r + 2 * g + bl) / 4);
      if (isInside(corners, x, y)) continue;
      far++;
      if (isPaper(r, g, bl)) farPaper++;
    }
  }
  return {
    even: even / count,
    leak: ring === 0 ? 0 : ringPaper / ring,
    farLeak: far === 0 ? 0 : farPaper / far,
    insideBusy: insideCrest / count,
    ringBusy: ring === 0 ? 0 : ringCrest / ring,
    paperBrightness: Math.min(1, (red + 2 * green + blue) / 4 / brightest),
    paperColour: (Math.max(red, green, blue) - Math.min(red, green, blue)) / Math.max(40, red, green, blue),
  };
}

/** Strongest crest within a pixel. */
function crestAround(crest: Float32Array, at: number, width: number): number {
  return Math.max(
    crest[at] ?? 0,
    crest[at - 1] ?? 0,
    crest[at + 1] ?? 0,
    crest[at - width] ?? 0,
    crest[at + width] ?? 0,
  );
}

function isInside(corners: FourPoints, x: number, y: number): boolean {
  for (let index = 0; index < 4; index++) {
    const from = cornerAt(corners, index);
    const to = cornerAt(corners, index + 1);
    if ((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) < 0) return false;
  }
  return true;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : sumOf(values) / values.length;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
