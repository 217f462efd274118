import type { HiddenArea, HidingStyle } from '#contract/faces.ts';
import type { Size } from '#contract/images.ts';
import type { FaceNetwork, ReadPicture } from './face-network.ts';
import { findFaces } from './find-faces.ts';
import { overlapOf } from './join-candidates.ts';

/** A find at a hidden place: it overlaps the area by this much, intersection over union. */
const samePlace = 0.2;

/**
 * The areas at which a photo still shows what passes for a face, although they are hidden: nobody could say whose, but whoever
 * looks at the picture, or has software look at it, takes it for a poor hiding.
 *
 * @param photoSize of the hidden photo, in whose pixels the areas are
 */
export async function findAgain(
  network: FaceNetwork,
  photoSize: Size,
  read: ReadPicture,
  areas: readonly HiddenArea[],
): Promise<readonly HiddenArea[]> {
  if (areas.length === 0) return [];
  const found = await findFaces(network, photoSize, read, 'again');
  return areas.filter((area) => found.some(({ box }) => overlapOf(area.box, box) >= samePlace));
}

const asBox = ({ box }: HiddenArea): HiddenArea => ({ box, shape: 'rectangle' });

const asWiderBox = ({ box: { x, y, width, height } }: HiddenArea): HiddenArea => ({
  box: { x: x - width / 4, y: y - height / 4, width: 1.5 * width, height: 1.5 * height },
  shape: 'rectangle',
});

/**
 * What covers a place at which a face is found again, in one colour, one after the other until none is. An oval on a neck has the
 * outline of a head, so next comes the box, which has not, and then one that takes hair and neck away too.
 */
export function coversOf(style: HidingStyle): readonly ((area: HiddenArea) => HiddenArea)[] {
  return style === 'solid' ? [asBox, asWiderBox] : [(area) => area, asBox, asWiderBox];
}
