import type { FaceBox, FacePose, FoundFace } from '#contract/faces.ts';
import { photoPoint, type RgbaImage, type Size } from '#contract/images.ts';
import { squashPicture } from '#worker/vision/squash-picture.ts';
import { faceDetectors, largePhotoPx, leastScore, thresholds, type LookPurpose } from './face-detectors.ts';
import type { Candidate, FaceNetwork, ReadPicture, Spot } from './face-network.ts';
import { joinCandidates, type Pass } from './join-candidates.ts';
import { turnPicture, turnSpotBack, type QuarterTurns } from './turn-picture.ts';

/** Sides of a network's input are multiples of this: it halves them five times. */
const stepPx = 32;

/** Two passes whose sizes differ by less see the same. */
const sameScale = 1.15;

/**
 * To hide a face, its box grows by these shares of itself on each side: ears, hair and a box that is a little off are to be
 * under it, too.
 */
const margin = { aside: 0.2, above: 0.25, below: 0.2 };

/**
 * Finds faces in a photo, largest first. Where nothing is found, the photo is looked at as if it lay on its sides and on its
 * head.
 *
 * @param photoSize of the photo, in whose pixels the answer is
 * @param read gives the photo in smaller sizes
 */
export async function findFaces(
  network: FaceNetwork,
  photoSize: Size,
  read: ReadPicture,
  purpose: LookPurpose,
): Promise<readonly FoundFace[]> {
  const { passesPx, evidence } = faceDetectors[network.family];
  const longSidePx = Math.max(photoSize.width, photoSize.height);
  const isThorough = purpose === 'hide';
  const sides = [
    ...passesPx.photo,
    ...(longSidePx > largePhotoPx ? passesPx.largePhoto : []),
    ...(isThorough ? passesPx.thorough : []),
  ];
  const passes = await lookAt(network, read(Math.max(...sides)), photoSize, sides);
  const upright = joinCandidates(passes, evidence, isThorough ? 'each' : 'all').filter(
    ({ score }) => score >= thresholds[purpose],
  );
  const found = upright.length > 0 ? upright : await findTurned(network, photoSize, read);
  return found
    .map((candidate) => describe(isThorough ? widen(candidate) : candidate, photoSize))
    .filter(({ box }) => box.width > 0 && box.height > 0)
    .toSorted((a, b) => areaOf(b.box) - areaOf(a.box));
}

/** Finds faces in a frame of the camera, quickly: those that are near enough to speak with. Largest first. */
export async function findFacesLive(
  network: FaceNetwork,
  frame: RgbaImage,
  frameSize: Size,
): Promise<readonly FoundFace[]> {
  const { passesPx, evidence } = faceDetectors[network.family];
  const passes = await lookAt(network, frame, frameSize, passesPx.live);
  return joinCandidates(passes, evidence)
    .filter(({ score }) => score >= thresholds.count)
    .map((candidate) => describe(candidate, frameSize))
    .toSorted((a, b) => areaOf(b.box) - areaOf(a.box));
}

/** The long side to which a frame has to be scaled for `findFacesLive`. */
export function liveSidePx(family: FaceNetwork['family']): number {
  return Math.max(...faceDetectors[family].passesPx.live);
}

async function findTurned(network: FaceNetwork, photoSize: Size, read: ReadPicture): Promise<readonly Candidate[]> {
  const { passesPx, evidence } = faceDetectors[network.family];
  const picture = read(Math.max(...passesPx.turned));
  let best: readonly Candidate[] = [];
  for (const turns of [1, 3, 2] as const) {
    const turned = turnPicture(picture, turns);
    const size = turns === 2 ? photoSize : { width: photoSize.height, height: photoSize.width };
    const passes = await lookAt(network, turned, size, passesPx.turned);
    const found = joinCandidates(passes, evidence).filter(({ score }) => score >= thresholds.turned);
    // The way up that shows most faces is the right one; a face on its head may still pass for one.
    if (found.length > best.length) best = found.map((candidate) => turnBack(candidate, size, turns));
  }
  return best;
}

/** @param picture of the photo or frame, whose own size is `photoSize` */
async function lookAt(
  network: FaceNetwork,
  picture: RgbaImage,
  photoSize: Size,
  longSidesPx: readonly number[],
): Promise<readonly Pass[]> {
  const detector = faceDetectors[network.family];
  const pictureSidePx = Math.max(picture.width, picture.height);
  const passes: Pass[] = [];
  for (const longSidePx of longSidesPx) {
    const shrunk = Math.min(1, longSidePx / pictureSidePx);
    const size = { width: atLeastOne(picture.width * shrunk), height: atLeastOne(picture.height * shrunk) };
    const scale = Math.max(size.width / photoSize.width, size.height / photoSize.height);
    if (passes.some((pass) => Math.max(pass.scale, scale) < sameScale * Math.min(pass.scale, scale))) continue;
    const frame = { width: roundUp(size.width), height: roundUp(size.height) };
    const input = squashPicture(picture, size, frame);
    // What lies outside the picture is black in both ranges.
    if (detector.isSigned) for (let at = 0; at < input.length; at++) input[at] = 2 * (input[at] ?? 0) - 1;
    const candidates = detector.decode(await network.run(input, frame), frame, leastScore);
    passes.push({ scale, candidates: candidates.map((candidate) => enlarge(candidate, 1 / scale)) });
  }
  return passes;
}

function atLeastOne(px: number): number {
  return Math.max(1, Math.round(px));
}

function roundUp(px: number): number {
  return Math.ceil(px / stepPx) * stepPx;
}

function enlarge({ box, score, eyes, nose }: Candidate, factor: number): Candidate {
  const spot = ({ x, y }: Spot): Spot => ({ x: factor * x, y: factor * y });
  return {
    box: { ...spot(box), width: factor * box.width, height: factor * box.height },
    score,
    eyes: [spot(eyes[0]), spot(eyes[1])],
    nose: spot(nose),
  };
}

/** @param size of the turned photo */
function turnBack({ box, score, eyes, nose }: Candidate, size: Size, turns: QuarterTurns): Candidate {
  const spot = (turned: Spot) => turnSpotBack(turned, size, turns);
  const corner = spot(box);
  const opposite = spot({ x: box.x + box.width, y: box.y + box.height });
  return {
    box: {
      x: Math.min(corner.x, opposite.x),
      y: Math.min(corner.y, opposite.y),
      width: Math.abs(corner.x - opposite.x),
      height: Math.abs(corner.y - opposite.y),
    },
    score,
    eyes: [spot(eyes[0]), spot(eyes[1])],
    nose: spot(nose),
  };
}

function widen(candidate: Candidate): Candidate {
  const { x, y, width, height } = candidate.box;
  const box = {
    x: x - margin.aside * width,
    y: y - margin.above * height,
    width: (1 + 2 * margin.aside) * width,
    height: (1 + margin.above + margin.below) * height,
  };
  return { ...candidate, box };
}

function describe({ box, score, eyes, nose }: Candidate, photoSize: Size): FoundFace {
  return { box: clip(box, photoSize), score, pose: readPose(eyes, nose) };
}

function clip({ x, y, width, height }: FaceBox, photoSize: Size): FaceBox {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  return {
    x: left,
    y: top,
    width: Math.min(photoSize.width, x + width) - left,
    height: Math.min(photoSize.height, y + height) - top,
  };
}

function readPose([first, second]: readonly [Spot, Spot], nose: Spot): FacePose {
  const along = { x: second.x - first.x, y: second.y - first.y };
  const distance = Math.max(1e-6, Math.hypot(along.x, along.y));
  const middle = { x: (first.x + second.x) / 2, y: (first.y + second.y) / 2 };
  return {
    eyes: [photoPoint(first.x, first.y), photoPoint(second.x, second.y)],
    tiltDegrees: (Math.atan2(along.y, along.x) * 180) / Math.PI,
    sideTurn: ((nose.x - middle.x) * along.x + (nose.y - middle.y) * along.y) / distance ** 2,
  };
}

function areaOf({ width, height }: FaceBox): number {
  return width * height;
}
