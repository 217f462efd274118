import type { Plane } from '#worker/vision/plane.ts';

type Cells = Plane<Float32Array>;

/*
 * Steps from cell to cell, as natural logarithms. 0.10 in brightness: a soft shadow that halves the light over 10 mm of
 * A4 falls by 0.09 per cell, the edge of a printed picture by 0.3 and more. 0.06 in colour: light does not change its
 * tint faster, print does.
 */
const mostBrightnessStep = 0.1;
const mostTintStep = 0.06;

/* Paper grows from cells at most so far below the brightest tenth; a light grey fill of a form lies 0.1 below and more. */
const seedDepth = 0.08;

/* Shadows in daylight turn bluer by up to 0.2 (light from the sky alone); pastel print starts about there. */
const mostTintShift = 0.22;

/* Below a fifth of the lit paper no reading light is left: black print, a dark desk beyond the page's edge. */
const leastShade = 0.2;

/* A patch of its own must cover this share of the page before it can be a shadow: 0.3 % is a coin on A4. */
const leastShadowShare = 0.003;

/* A shade that does not come in from the page's border is a crease, which leaves more than half of the light. */
const leastCrease = 0.55;

/* A shadow lies on paper: so much of its outline has paper, or the page's border, within 3 cells. Patches of a picture have other patches. */
const leastOutlineOnPaper = 0.6;
const outlineCells = 3;

/* A printed fill takes up nearly all of the rectangle around it; the shadow of a hand or a crease does not. */
const mostShadowExtent = 0.75;

interface Patch {
  readonly cells: number[];
  readonly brightness: number;
  readonly tint: number;
}

/**
 * Tells for each cell whether its light is that of paper, lit or in shadow, or that of a figure: 1 or 0.
 *
 * Paper grows from the brightest cells through every smooth change of light. What stays behind an edge is a shadow
 * where it has the paper's tint, is not black, and either comes in from the page's border or has the loose shape of a
 * shadow or crease; all else is a figure.
 *
 * @param sharp 1 for the cells that a sharp edge runs through: no smooth change leads across them.
 */
export function findPaper(red: Cells, green: Cells, blue: Cells, sharp: Plane): Cells {
  const { width, height } = green;
  const brightness = logPlane(red, green, blue);
  const warm = ratioPlane(red, green);
  const cool = ratioPlane(blue, green);

  const lit = percentile(brightness, 0.9);
  const seeds = indicesWhere(brightness, (value) => value > lit - seedDepth);
  const paperWarm = percentile(pick(warm, seeds), 0.5);
  const paperCool = percentile(pick(cool, seeds), 0.5);
  const tint = warm.map((value, at) => Math.hypot(value - paperWarm, (cool[at] ?? 0) - paperCool));

  const patchOf = new Int32Array(width * height).fill(-1);
  const accepted = new Uint8Array(width * height);
  const grow = (from: readonly number[], id: number, mayGrow: (at: number) => boolean): Patch => {
    const cells = from.filter((at) => patchOf[at] === -1);
    for (const at of cells) patchOf[at] = id;
    for (let index = 0; index < cells.length; index++) {
      const at = cells[index] ?? 0;
      const x = at % width;
      for (const step of [x > 0 ? -1 : 0, x < width - 1 ? 1 : 0, -width, width]) {
        const next = at + step;
        // Outside of the page there is no entry, and the cell itself is taken already.
        if (patchOf[next] !== -1 || sharp.values[next] === 1 || !mayGrow(next)) continue;
        if (Math.abs((brightness[next] ?? 0) - (brightness[at] ?? 0)) > mostBrightnessStep) continue;
        if (Math.hypot((warm[next] ?? 0) - (warm[at] ?? 0), (cool[next] ?? 0) - (cool[at] ?? 0)) > mostTintStep)
          continue;
        patchOf[next] = id;
        cells.push(next);
      }
    }
    return {
      cells,
      brightness: percentile(pick(brightness, cells), 0.5),
      tint: percentile(pick(tint, cells), 0.5),
    };
  };

  const isPaperTint = (at: number): boolean =>
    (tint[at] ?? 0) < mostTintShift && (brightness[at] ?? 0) > lit + Math.log(leastShade);
  const main = grow(
    seeds.filter((at) => sharp.values[at] === 0 && (tint[at] ?? 0) < mostTintShift),
    0,
    isPaperTint,
  );
  for (const at of main.cells) accepted[at] = 1;
  const nearPaper = slideWithin(accepted, width, height, outlineCells, 1);

  for (let start = 0, id = 1; start < patchOf.length; start++) {
    if (patchOf[start] !== -1 || sharp.values[start] === 1) continue;
    const patch = grow([start], id++, () => true);
    if (patch.cells.length < leastShadowShare * patchOf.length) continue;
    if (patch.tint >= mostTintShift || patch.brightness < lit + Math.log(leastShade)) continue;
    const isCrease = patch.brightness > lit + Math.log(leastCrease);
    if (hasShadowShape(patch.cells, isCrease, nearPaper, width, height)) for (const at of patch.cells) accepted[at] = 1;
  }
  return { width, height, values: Float32Array.from(joinAcrossEdges(accepted, brightness, width, height)) };
}

/** Whether a patch of one smooth shade lies as a shadow or a crease does. `isCrease`: bright enough to be one. */
function hasShadowShape(
  cells: readonly number[],
  isCrease: boolean,
  nearPaper: Uint8Array,
  width: number,
  height: number,
): boolean {
  let left = width;
  let right = 0;
  let top = height;
  let bottom = 0;
  const inside = new Set(cells);
  let outline = 0;
  let outlineOnPaper = 0;
  for (const at of cells) {
    const x = at % width;
    const y = Math.floor(at / width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    const isOnBorder = x === 0 || y === 0 || x === width - 1 || y === height - 1;
    if (!isOnBorder && inside.has(at - 1) && inside.has(at + 1) && inside.has(at - width) && inside.has(at + width))
      continue;
    outline++;
    if (isOnBorder || nearPaper[at] === 1) outlineOnPaper++;
  }
  if (outlineOnPaper < leastOutlineOnPaper * outline) return false;
  const comesFromOutside = left === 0 || top === 0 || right === width - 1 || bottom === height - 1;
  const isLoose = cells.length < mostShadowExtent * (right - left + 1) * (bottom - top + 1);
  return comesFromOutside || (isCrease && isLoose);
}

/**
 * Cells on the very edge of a shadow belong to neither side: those in gaps of up to 4 cells (5 mm on A4) between paper
 * and paper join it, unless they are darker than both sides, which makes them ink. Then paper gives up one cell to each
 * figure, whose border would else darken it.
 */
function joinAcrossEdges(accepted: Uint8Array, brightness: Float32Array, width: number, height: number): Uint8Array {
  const shade = brightness.map((value, at) => (accepted[at] === 1 ? value : Infinity));
  const darkestNear = slideMinimum(shade, width, height, 3);
  const near = slideWithin(accepted, width, height, 2, 1);
  const enclosed = slideWithin(near, width, height, 2, 0);
  const joined = accepted.map((is, at) =>
    is === 1 || (enclosed[at] === 1 && (brightness[at] ?? 0) > (darkestNear[at] ?? 0) - mostBrightnessStep) ? 1 : 0,
  );
  return slideWithin(joined, width, height, 1, 0);
}

/** The smallest value within `radius`, across and down. */
function slideMinimum(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = values.map((_, at) => {
    const x = at % width;
    let least = Infinity;
    for (let step = -Math.min(radius, x); step <= Math.min(radius, width - 1 - x); step++)
      least = Math.min(least, values[at + step] ?? Infinity);
    return least;
  });
  return across.map((_, at) => {
    const y = Math.floor(at / width);
    let least = Infinity;
    for (let step = -Math.min(radius, y); step <= Math.min(radius, height - 1 - y); step++)
      least = Math.min(least, across[at + step * width] ?? Infinity);
    return least;
  });
}

/** `wanted` wherever a cell within `radius`, across and down, has it. */
function slideWithin(mask: Uint8Array, width: number, height: number, radius: number, wanted: 0 | 1): Uint8Array {
  const across = new Uint8Array(mask.length).fill(1 - wanted);
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] !== wanted) continue;
    const x = at % width;
    across.fill(wanted, at - Math.min(radius, x), at + Math.min(radius, width - 1 - x) + 1);
  }
  const out = new Uint8Array(mask.length).fill(1 - wanted);
  for (let at = 0; at < mask.length; at++) {
    if (across[at] !== wanted) continue;
    const y = Math.floor(at / width);
    for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++)
      out[row * width + (at % width)] = wanted;
  }
  return out;
}

function logPlane(red: Cells, green: Cells, blue: Cells): Float32Array {
  return green.values.map((value, at) =>
    Math.log(Math.max(1, 0.299 * (red.values[at] ?? 0) + 0.587 * value + 0.114 * (blue.values[at] ?? 0))),
  );
}

function ratioPlane(above: Cells, below: Cells): Float32Array {
  return above.values.map((value, at) => Math.log(Math.max(1, value) / Math.max(1, below.values[at] ?? 0)));
}

function pick(values: Float32Array, indices: readonly number[]): Float32Array {
  return Float32Array.from(indices, (at) => values[at] ?? 0);
}

function indicesWhere(values: Float32Array, isWanted: (value: number) => boolean): number[] {
  const indices: number[] = [];
  values.forEach((value, at) => {
    if (isWanted(value)) indices.push(at);
  });
  return indices;
}

/** The value that the share `at` of all lie below; 0 of none. */
function percentile(values: Float32Array, at: number): number {
  const sorted = values.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0;
}
