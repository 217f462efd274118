import type { IdCrop } from '#contract/id-photos.ts';
import type { Size } from '#contract/images.ts';

/** A matrix as canvases take it: x' = a x + c y + e, y' = b x + d y + f. */
export type CanvasMatrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Takes pixels of the photo to pixels of the ID photo: the crop's middle to its middle, its lean to upright. */
export function cropMatrix({ centre, width, tiltDegrees }: IdCrop, target: Size): CanvasMatrix {
  const scale = target.width / width;
  const angle = (-tiltDegrees * Math.PI) / 180;
  const cos = scale * Math.cos(angle);
  const sin = scale * Math.sin(angle);
  return [
    cos,
    sin,
    -sin,
    cos,
    target.width / 2 - cos * centre.x + sin * centre.y,
    target.height / 2 - sin * centre.x - cos * centre.y,
  ];
}
