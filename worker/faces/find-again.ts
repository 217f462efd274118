import type { HiddenArea } from '#contract/faces.ts';
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
