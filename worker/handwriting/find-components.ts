import type { Plane } from '#worker/vision/plane.ts';

/** Ink that hangs together. */
export interface Component {
  /** Indices of its pixels in the plane. */
  readonly pixels: readonly number[];
  readonly left: number;
  readonly top: number;
  /** One past the last. */
  readonly right: number;
  readonly bottom: number;
}

/** Groups of pixels above `level` that touch, also at corners. */
export function findComponents({ width, height, values }: Plane<Float32Array>, level: number): readonly Component[] {
  const seen = new Uint8Array(values.length);
  const components: Component[] = [];
  for (let start = 0; start < values.length; start++) {
    if (seen[start] !== 0 || (values[start] ?? 0) <= level) continue;
    seen[start] = 1;
    const pixels = [start];
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (const at of pixels) {
      const x = at % width;
      const y = (at - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
          const next = row * width + column;
          if (seen[next] !== 0 || (values[next] ?? 0) <= level) continue;
          seen[next] = 1;
          pixels.push(next);
        }
      }
    }
    components.push({ pixels, left, top, right, bottom });
  }
  return components;
}
