/** [x, y] in pixels. */
export type Point = readonly [number, number];
export type Quad = readonly [Point, Point, Point, Point];

/**
 * Intersection over union of two quadrilaterals, 0 to 1. Convex or not, in either direction of turning; corners that
 * were given crosswise are first put in order around their middle, as their owner would draw them.
 *
 * Each quad is two triangles, and triangles are convex: their overlaps by Sutherland and Hodgman (1974) add up.
 */
export function quadOverlap(a: Quad, b: Quad): number {
  const first = splitQuad(untangle(a));
  const second = splitQuad(untangle(b));
  let shared = 0;
  for (const one of first) {
    for (const other of second) shared += areaOf(clipPolygon(one, other));
  }
  const union = sum(first.map(areaOf)) + sum(second.map(areaOf)) - shared;
  return union > 0 ? shared / union : 0;
}

function untangle(quad: Quad): Quad {
  const [a, b, c, d] = quad;
  if (!segmentsCross(a, b, c, d) && !segmentsCross(b, c, d, a)) return quad;
  const middle: Point = [(a[0] + b[0] + c[0] + d[0]) / 4, (a[1] + b[1] + c[1] + d[1]) / 4];
  const angle = ([x, y]: Point) => Math.atan2(y - middle[1], x - middle[0]);
  const [e = a, f = b, g = c, h = d] = quad.toSorted((one, other) => angle(one) - angle(other));
  return [e, f, g, h];
}

/** Two triangles, cut along the diagonal that lies inside: of a dart, the one through its inward corner. */
function splitQuad([a, b, c, d]: Quad): readonly [Point[], Point[]] {
  const acInside = cross(a, c, b) * cross(a, c, d) <= 0;
  return acInside
    ? [turnPositive([a, b, c]), turnPositive([a, c, d])]
    : [turnPositive([a, b, d]), turnPositive([b, c, d])];
}

/** The part of `polygon` inside the convex `clip`; both turn the positive way. */
function clipPolygon(polygon: readonly Point[], clip: readonly Point[]): Point[] {
  let rest = [...polygon];
  clip.forEach((from, index) => {
    const to = clip[(index + 1) % clip.length] ?? from;
    const kept: Point[] = [];
    rest.forEach((point, at) => {
      const next = rest[(at + 1) % rest.length] ?? point;
      const here = cross(from, to, point);
      const there = cross(from, to, next);
      if (here >= 0) kept.push(point);
      if (here * there < 0) {
        const share = here / (here - there);
        kept.push([point[0] + share * (next[0] - point[0]), point[1] + share * (next[1] - point[1])]);
      }
    });
    rest = kept;
  });
  return rest;
}

function turnPositive(triangle: Point[]): Point[] {
  return signedArea(triangle) < 0 ? triangle.toReversed() : triangle;
}

function areaOf(polygon: readonly Point[]): number {
  return Math.abs(signedArea(polygon));
}

function signedArea(polygon: readonly Point[]): number {
  return sum(
    polygon.map(([x, y], at) => {
      const [nextX, nextY] = polygon[(at + 1) % polygon.length] ?? [x, y];
      return (x * nextY - nextX * y) / 2;
    }),
  );
}

/** Positive where `point` lies to the left of the way from `from` to `to`, seen with y upwards. */
function cross(from: Point, to: Point, point: Point): number {
  return (to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]);
}

function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return cross(a, b, c) * cross(a, b, d) < 0 && cross(c, d, a) * cross(c, d, b) < 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
