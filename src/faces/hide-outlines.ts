/** Outlines over a photo: what is to be hidden. Pixels of the photo; pure. */
import type { FaceBox, FoundFace, HiddenArea } from '#contract/faces.ts';
import type { Size } from '#contract/images.ts';

export interface Outline {
  readonly id: string;
  readonly area: HiddenArea;
  readonly isHidden: boolean;
  /** Found by the detector; what a person drew is removed, what was found is only left visible. */
  readonly isFound: boolean;
}

/**
 * An ellipse inside the found box leaves its corners, and with them jaw, ears and hair. So much wider and higher, it takes in
 * the whole box; more of it lies above, where the hair is.
 */
const grow = { sides: 0.18, above: 0.32, below: 0.26 } as const;

/** Smaller than this cannot be taken hold of, and hides nothing that could be known. */
const leastSidePx = 6;

export function outlinesOf(faces: readonly FoundFace[]): Outline[] {
  return faces.map(({ box }, index) => ({
    id: `found-${index + 1}`,
    area: { box: wholeHead(box), shape: 'ellipse' },
    isHidden: true,
    isFound: true,
  }));
}

function wholeHead({ x, y, width, height }: FaceBox): FaceBox {
  return {
    x: x - grow.sides * width,
    y: y - grow.above * height,
    width: width * (1 + 2 * grow.sides),
    height: height * (1 + grow.above + grow.below),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a person drew from one corner to the other; `undefined` where it is too small to be meant. */
export function drawnOutline(id: string, from: Point, to: Point, photo: Size): Outline | undefined {
  const box = insidePhoto(boxBetween(from, to), photo);
  if (box.width < leastSidePx || box.height < leastSidePx) return undefined;
  return { id, area: { box, shape: 'rectangle' }, isHidden: true, isFound: false };
}

function boxBetween(a: Point, b: Point): FaceBox {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

function insidePhoto({ x, y, width, height }: FaceBox, photo: Size): FaceBox {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  return {
    x: left,
    y: top,
    width: Math.min(photo.width, x + width) - left,
    height: Math.min(photo.height, y + height) - top,
  };
}

export const outlineCorners = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'] as const;
export type OutlineCorner = (typeof outlineCorners)[number];

/** The box moved; its middle stays on the photo, so that it cannot get lost. */
export function moveBox(box: FaceBox, by: Point, photo: Size): FaceBox {
  const x = Math.min(photo.width - box.width / 2, Math.max(-box.width / 2, box.x + by.x));
  const y = Math.min(photo.height - box.height / 2, Math.max(-box.height / 2, box.y + by.y));
  return { ...box, x, y };
}

/** The box with one corner moved and the opposite one where it was. */
export function resizeBox(box: FaceBox, corner: OutlineCorner, by: Point): FaceBox {
  const isLeft = corner === 'topLeft' || corner === 'bottomLeft';
  const isTop = corner === 'topLeft' || corner === 'topRight';
  const width = Math.max(leastSidePx, box.width + (isLeft ? -by.x : by.x));
  const height = Math.max(leastSidePx, box.height + (isTop ? -by.y : by.y));
  return {
    x: isLeft ? box.x + box.width - width : box.x,
    y: isTop ? box.y + box.height - height : box.y,
    width,
    height,
  };
}

export function withBox(outlines: readonly Outline[], id: string, box: FaceBox): Outline[] {
  return outlines.map((each) => (each.id === id ? { ...each, area: { ...each.area, box } } : each));
}

export function toggled(outlines: readonly Outline[], id: string): Outline[] {
  return outlines.map((each) => (each.id === id ? { ...each, isHidden: !each.isHidden } : each));
}

/** A drawn outline goes; a found one stays to be seen, and is not hidden. */
export function without(outlines: readonly Outline[], id: string): Outline[] {
  return outlines.flatMap((each) => {
    if (each.id !== id) return [each];
    return each.isFound ? [{ ...each, isHidden: false }] : [];
  });
}

export function hiddenAreas(outlines: readonly Outline[]): HiddenArea[] {
  return outlines.filter(({ isHidden }) => isHidden).map(({ area }) => area);
}
