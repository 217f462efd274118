import { locateCrest, type GradientField } from './gradient-field.ts';

/** A straight run of edge crests. */
export interface Segment {
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  /** Unit normal towards the brighter side. */
  readonly normalX: number;
  readonly normalY: number;
  /** Pixels between its ends. */
  readonly length: number;
  /** Mean crest strength, 0 to 1. */
  readonly strength: number;
}

/** Neighbouring crests belong together when their gradients differ by less than about 26 degrees. */
const leastAlignment = 0.9;

/** A slanted line has fewer crest pixels than its length, down to 1 / sqrt(2). */
const leastCrestsPerPixel = 0.7;

/** Largest root mean square distance of crests from their segment, in pixels. */
const largestSpreadPx = 0.7;

/**
 * Joins crests to straight segments: neighbours whose gradients agree form chains, and chains that bend are halved until
 * each part is straight.
 *
 * @param shortestPx shorter segments are dropped; letters make many of them.
 */
export function traceSegments(field: GradientField, shortestPx: number): Segment[] {
  const { crestPixels } = field;
  const parent = joinNeighbours(field);
  const fewest = leastCrestsPerPixel * shortestPx;
  // Counting sort of the crests by chain, so that each chain's pixels lie together.
  const sizes = new Int32Array(crestPixels.length);
  for (let number = 0; number < crestPixels.length; number++) {
    const root = findRoot(parent, number);
    parent[number] = root;
    sizes[root] = (sizes[root] ?? 0) + 1;
  }
  const next = new Int32Array(crestPixels.length);
  const long: number[] = [];
  let total = 0;
  for (let number = 0; number < crestPixels.length; number++) {
    const size = sizes[number] ?? 0;
    if (size < fewest) continue;
    next[number] = total;
    total += size;
    long.push(number);
  }
  const sorted = new Int32Array(total);
  for (let number = 0; number < crestPixels.length; number++) {
    const root = parent[number] ?? 0;
    if ((sizes[root] ?? 0) < fewest) continue;
    const at = next[root] ?? 0;
    sorted[at] = crestPixels[number] ?? 0;
    next[root] = at + 1;
  }
  const segments: Segment[] = [];
  for (const root of long) {
    const end = next[root] ?? 0;
    straighten(field, sorted.subarray(end - (sizes[root] ?? 0), end), shortestPx, segments);
  }
  return segments;
}

/** Union-find over the crests, by their number in raster order; each joins those before it that point the same way. */
function joinNeighbours({ width, crest, crestPixels, gradientX, gradientY }: GradientField): Int32Array {
  const numberAt = new Int32Array(crest.length);
  const parent = new Int32Array(crestPixels.length);
  const neighbours = [-1, -width - 1, -width, -width + 1];
  for (let number = 0; number < crestPixels.length; number++) {
    const at = crestPixels[number] ?? 0;
    numberAt[at] = number;
    parent[number] = number;
    const dx = gradientX[at] ?? 0;
    const dy = gradientY[at] ?? 0;
    const squared = leastAlignment * leastAlignment * (dx * dx + dy * dy);
    for (const step of neighbours) {
      const other = at + step;
      if ((crest[other] ?? 0) === 0) continue;
      const otherX = gradientX[other] ?? 0;
      const otherY = gradientY[other] ?? 0;
      const alignment = dx * otherX + dy * otherY;
      if (alignment < 0 || alignment * alignment < squared * (otherX * otherX + otherY * otherY)) continue;
      parent[findRoot(parent, number)] = findRoot(parent, numberAt[other] ?? 0);
    }
  }
  return parent;
}

function findRoot(parent: Int32Array, at: number): number {
  let root = at;
  for (let above = parent[root] ?? root; above !== root; above = parent[root] ?? root) {
    const higher = parent[above] ?? above;
    parent[root] = higher;
    root = higher;
  }
  return root;
}

/** Fits a segment to the pixels, or halves them across their long axis while they bend. */
function straighten(field: GradientField, pixels: Int32Array, shortestPx: number, segments: Segment[]): void {
  const { gradientX, gradientY, crest } = field;
  const count = pixels.length;
  if (count < leastCrestsPerPixel * shortestPx) return;
  const xs = new Float32Array(count);
  const ys = new Float32Array(count);
  let meanX = 0;
  let meanY = 0;
  let towardsX = 0;
  let towardsY = 0;
  let strength = 0;
  for (let index = 0; index < count; index++) {
    const at = pixels[index] ?? 0;
    const dx = gradientX[at] ?? 0;
    const dy = gradientY[at] ?? 0;
    const length = Math.sqrt(dx * dx + dy * dy) || 1;
    towardsX += dx / length;
    towardsY += dy / length;
    strength += crest[at] ?? 0;
    const crestAt = locateCrest(field, at);
    xs[index] = crestAt.x;
    ys[index] = crestAt.y;
    meanX += xs[index] ?? 0;
    meanY += ys[index] ?? 0;
  }
  meanX /= count;
  meanY /= count;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let index = 0; index < count; index++) {
    const dx = (xs[index] ?? 0) - meanX;
    const dy = (ys[index] ?? 0) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const alongX = Math.cos(angle);
  const alongY = Math.sin(angle);
  const spread = Math.sqrt(Math.max(0, xx * alongY * alongY - 2 * xy * alongX * alongY + yy * alongX * alongX) / count);
  let first = Infinity;
  let last = -Infinity;
  let before = 0;
  for (let index = 0; index < count; index++) {
    const along = ((xs[index] ?? 0) - meanX) * alongX + ((ys[index] ?? 0) - meanY) * alongY;
    first = Math.min(first, along);
    last = Math.max(last, along);
    if (along < 0) before++;
  }
  if (spread > largestSpreadPx) {
    if (last - first < 2 * shortestPx) return;
    const near = new Int32Array(before);
    const far = new Int32Array(count - before);
    let nearCount = 0;
    let farCount = 0;
    for (let index = 0; index < count; index++) {
      const along = ((xs[index] ?? 0) - meanX) * alongX + ((ys[index] ?? 0) - meanY) * alongY;
      if (along < 0) near[nearCount++] = pixels[index] ?? 0;
      else far[farCount++] = pixels[index] ?? 0;
    }
    straighten(field, near, shortestPx, segments);
    straighten(field, far, shortestPx, segments);
    return;
  }
  const length = last - first;
  if (length < shortestPx) return;
  const sign = towardsX * -alongY + towardsY * alongX < 0 ? -1 : 1;
  segments.push({
    fromX: meanX + first * alongX,
    fromY: meanY + first * alongY,
    toX: meanX + last * alongX,
    toY: meanY + last * alongY,
    normalX: -alongY * sign,
    normalY: alongX * sign,
    length,
    strength: strength / count,
  });
}
