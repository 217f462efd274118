/** Where the frame of an ID photo goes over a photo, and how large the head is in it. Pure. */
import type { FoundFace } from '#contract/faces.ts';
import type { HeadRules, IdCrop, Range } from '#contract/id-photos.ts';
import { photoPoint, type PhotoPoint, type Size } from '#contract/images.ts';

/** A head along its own axis, in pixels of the photo. */
export interface Head {
  readonly eyes: PhotoPoint;
  /** From the crown to the chin. */
  readonly height: number;
  /** From the chin to the line of the eyes. */
  readonly chinToEyes: number;
  readonly tiltDegrees: number;
}

/*
 * Means of adults' heads (L. G. Farkas, Anthropometry of the Head and Face, 2nd ed. 1994): crown to chin 230 mm, hairline to
 * chin 187 mm, and the eyes about half way between crown and chin. Both estimates err to different sides; their mean is taken.
 */
const headToFace = 230 / 187;
const headToEyes = 1.97;

export function headOf({ box, pose }: FoundFace): Head {
  const [left, right] = pose.eyes;
  const eyes = photoPoint((left.x + right.x) / 2, (left.y + right.y) / 2);
  const chinToEyes = Math.max(1, box.y + box.height - eyes.y);
  return {
    eyes,
    height: (headToFace * box.height + headToEyes * chinToEyes) / 2,
    chinToEyes,
    tiltDegrees: pose.tiltDegrees,
  };
}

/** Least room above the crown, for the hair that stands up. */
const leastAboveMm = 3;

/** The frame that puts the head where the rules want it, as far as the photo reaches. */
export function placeFrame(head: Head, rules: HeadRules, frameMm: Size, photo: Size): IdCrop {
  const headMm = middleOf(rules.headMm);
  const pxPerMm = head.height / headMm;
  const crownToEyesMm = (head.height - head.chinToEyes) / pxPerMm;
  const highest = frameMm.height - leastAboveMm - crownToEyesMm;
  const eyesMm = clamp(Math.min(middleOf(rules.eyesMm), highest), rules.eyesMm);
  const down = (frameMm.height / 2 - (frameMm.height - eyesMm)) * pxPerMm;
  const angle = (head.tiltDegrees * Math.PI) / 180;
  const centre = photoPoint(head.eyes.x - Math.sin(angle) * down, head.eyes.y + Math.cos(angle) * down);
  return keepInside({ centre, width: frameMm.width * pxPerMm, tiltDegrees: head.tiltDegrees }, frameMm, photo);
}

/** The frame in the middle of a photo in which no face was found. */
export function middleFrame(frameMm: Size, photo: Size): IdCrop {
  const width = 0.8 * Math.min(photo.width, (photo.height * frameMm.width) / frameMm.height);
  return { centre: photoPoint(photo.width / 2, photo.height / 2), width, tiltDegrees: 0 };
}

/** Half the sides of the upright rectangle around the turned frame, for a frame one pixel wide. */
function halfBounds(tiltDegrees: number, frame: Size): Size {
  const angle = (Math.abs(tiltDegrees) * Math.PI) / 180;
  const height = frame.height / frame.width;
  return {
    width: (Math.cos(angle) + height * Math.sin(angle)) / 2,
    height: (Math.sin(angle) + height * Math.cos(angle)) / 2,
  };
}

/** Narrower than this, 300 dots an inch are made up. */
const leastWidthPx = 60;

/** The frame made smaller and moved until nothing of it lies beside the photo: there is nothing to fill it with. */
export function keepInside(crop: IdCrop, frame: Size, photo: Size): IdCrop {
  const bounds = halfBounds(crop.tiltDegrees, frame);
  const widest = Math.min(photo.width / (2 * bounds.width), photo.height / (2 * bounds.height));
  const width = Math.min(widest, Math.max(leastWidthPx, crop.width));
  return {
    ...crop,
    width,
    centre: photoPoint(
      clamp(crop.centre.x, { least: bounds.width * width, most: photo.width - bounds.width * width }),
      clamp(crop.centre.y, { least: bounds.height * width, most: photo.height - bounds.height * width }),
    ),
  };
}

export interface HeadMeasures {
  readonly headMm: number;
  /** From the lower edge to the line of the eyes. */
  readonly eyesMm: number;
}

export function measureHead(head: Head, crop: IdCrop, frameMm: Size): HeadMeasures {
  const mmPerPx = frameMm.width / crop.width;
  const angle = (crop.tiltDegrees * Math.PI) / 180;
  const dx = head.eyes.x - crop.centre.x;
  const dy = head.eyes.y - crop.centre.y;
  // Down along the frame's own axis.
  const down = (-Math.sin(angle) * dx + Math.cos(angle) * dy) * mmPerPx;
  return { headMm: head.height * mmPerPx, eyesMm: frameMm.height / 2 - down };
}

/** A tenth of a millimetre is less than anybody cuts. */
export function isWithin(value: number, { least, most }: Range): boolean {
  return value >= least - 0.1 && value <= most + 0.1;
}

function middleOf({ least, most }: Range): number {
  return (least + most) / 2;
}

function clamp(value: number, { least, most }: Range): number {
  return Math.min(most, Math.max(least, value));
}
