/** How the photo lies on the crop editor's stage: turned as the page will be, scaled to fit. Stage pixels, y down. */
import { photoPoint, type PhotoPoint, type Size } from '#contract/images.ts';
import type { Turns } from '#contract/pages.ts';

export interface StagePoint {
  readonly x: number;
  readonly y: number;
}

export interface CropView {
  readonly photo: Size;
  readonly turns: Turns;
  /** Stage pixels per photo pixel. */
  readonly scale: number;
  /** The turned photo's top left on the stage. */
  readonly left: number;
  readonly top: number;
}

/** Fits the turned photo into the middle of the stage, with a margin on all sides for the handles. */
export function fitPhoto(photo: Size, turns: Turns, stage: Size, marginPx: number): CropView {
  const { width, height } = turnedSize(photo, turns);
  const roomX = Math.max(1, stage.width - 2 * marginPx);
  const roomY = Math.max(1, stage.height - 2 * marginPx);
  const scale = Math.min(roomX / width, roomY / height);
  return { photo, turns, scale, left: (stage.width - width * scale) / 2, top: (stage.height - height * scale) / 2 };
}

function turnedSize({ width, height }: Size, turns: Turns): Size {
  return turns % 2 === 0 ? { width, height } : { width: height, height: width };
}

export function toStage({ photo, turns, scale, left, top }: CropView, { x, y }: PhotoPoint): StagePoint {
  const turned = [
    { x, y },
    { x: photo.height - y, y: x },
    { x: photo.width - x, y: photo.height - y },
    { x: y, y: photo.width - x },
  ][turns] ?? { x, y };
  return { x: left + turned.x * scale, y: top + turned.y * scale };
}

export function toPhoto({ photo, turns, scale, left, top }: CropView, point: StagePoint): PhotoPoint {
  const x = (point.x - left) / scale;
  const y = (point.y - top) / scale;
  switch (turns) {
    case 0:
      return photoPoint(x, y);
    case 1:
      return photoPoint(y, photo.height - x);
    case 2:
      return photoPoint(photo.width - x, photo.height - y);
    default:
      return photoPoint(photo.width - y, x);
  }
}

/** Where a point lies in the photo as it is seen, both 0 to 1 from its top left. */
export function shareOfPhoto(view: CropView, point: PhotoPoint): StagePoint {
  const { width, height } = turnedSize(view.photo, view.turns);
  const seen = toStage(view, point);
  return { x: (seen.x - view.left) / (width * view.scale), y: (seen.y - view.top) / (height * view.scale) };
}
