/** ID photos: what size a head has to have in one, and what the worker is asked for. Lengths are millimetres. */
import type { PhotoPoint, Size } from './images.ts';
import type { Market } from './regions.ts';

const mmPerInch = 25.4;

/** What an ID photo is printed with, and what its file says of itself. */
export const idPhotoDotsPerInch = 300;

/** A size as the registry of markets lists it. */
export interface IdPhotoSize {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly unit: 'mm' | 'in';
}

export interface Range {
  readonly least: number;
  readonly most: number;
}

export const idBackgrounds = ['white', 'light-grey'] as const;
export type IdBackground = (typeof idBackgrounds)[number];

export interface HeadRules {
  /** From the crown (without the hair that stands up) to the chin. */
  readonly headMm: Range;
  /** From the lower edge to the line through both eyes. */
  readonly eyesMm: Range;
  readonly background: IdBackground;
  /** Who says so; `undefined` where nobody publishes a rule and the shape of the nearest published one is taken. */
  readonly publishedBy: string | undefined;
}

/*
 * Where the ranges come from (read in November 2026):
 * - 2 x 2 in: U.S. Department of State, photo composition template: head 1 to 1 3/8 in, eyes 1 1/8 to 1 3/8 in from the bottom, white
 *   or off-white; so say its embassies in millimetres, 25 to 35 and 28 to 35 (pl.usembassy.gov/visas/visa-photograph-requirements;
 *   22 CFR 51.26).
 * - UK, 35 x 45 mm: HM Passport Office, "Photos for passports": crown to chin 29 to 34 mm; plain cream or light grey
 *   (gov.uk/photos-for-passports; in the same words gov.tc/passports/photos). Nothing about eyes.
 * - AU, 35 x 45 mm: Australian Passport Office, "Guidelines for the photographic industry and camera operators": chin to crown
 *   32 to 36 mm; plain, of light colours that white is one of (passports.gov.au).
 * - EU and PH, 35 x 45 mm: Regulation (EC) 2252/2004 and the Department of Foreign Affairs go by ICAO Doc 9303, photograph guidelines 1.6
 *   and 1.10: chin to crown 70 to 80 % of the height, light and plain; light grey or white in member states, white in the
 *   Philippines (dfa.gov.ph), whose offices take passport photos themselves.
 * - Eyes in 35 x 45 mm: ISO/IEC 19794-5, which Doc 9303 goes by: 50 to 70 % of the height from the bottom.
 * - PH, 2 x 2 in and 1 x 1 in: asked for by many offices; none publishes a head's size. The shape of the 2 x 2 in above.
 */
const twoInchRules: HeadRules = {
  headMm: { least: mmPerInch, most: 1.375 * mmPerInch },
  eyesMm: { least: 1.125 * mmPerInch, most: 1.375 * mmPerInch },
  background: 'white',
  publishedBy: 'U.S. Department of State',
};
const eyesOfPassport: Range = { least: 0.5 * 45, most: 0.7 * 45 };
const passportRules: Readonly<Record<Market, HeadRules>> = {
  US: {
    headMm: { least: 31.5, most: 36 },
    eyesMm: eyesOfPassport,
    background: 'white',
    publishedBy: 'ICAO Doc 9303',
  },
  UK: {
    headMm: { least: 29, most: 34 },
    eyesMm: eyesOfPassport,
    background: 'light-grey',
    publishedBy: 'HM Passport Office',
  },
  EU: {
    headMm: { least: 31.5, most: 36 },
    eyesMm: eyesOfPassport,
    background: 'light-grey',
    publishedBy: 'ICAO Doc 9303',
  },
  AU: {
    headMm: { least: 32, most: 36 },
    eyesMm: eyesOfPassport,
    background: 'white',
    publishedBy: 'Australian Passport Office',
  },
  PH: {
    headMm: { least: 31.5, most: 36 },
    eyesMm: eyesOfPassport,
    background: 'white',
    publishedBy: 'ICAO Doc 9303',
  },
};

/** The size in millimetres. */
export function sizeInMm({ width, height, unit }: IdPhotoSize): Size {
  const mm = unit === 'in' ? mmPerInch : 1;
  return { width: width * mm, height: height * mm };
}

function inPx(mm: number): number {
  return Math.round((mm / mmPerInch) * idPhotoDotsPerInch);
}

/** Pixels of an ID photo, whole. */
export function sizeInPx({ width, height }: Size): Size {
  return { width: inPx(width), height: inPx(height) };
}

function scaled({ least, most }: Range, by: number): Range {
  return { least: least * by, most: most * by };
}

/** What holds for a size in a market. A size that no rule is known for takes the rules of the nearest shape, scaled. */
export function headRulesOf(market: Market, size: IdPhotoSize): HeadRules {
  const { width, height } = sizeInMm(size);
  const [rules, ruledHeight] =
    width / height > 0.9 ? ([twoInchRules, 2 * mmPerInch] as const) : ([passportRules[market], 45] as const);
  const by = height / ruledHeight;
  const isRuled = Math.abs(by - 1) < 0.01 && (rules !== twoInchRules || market === 'US');
  return {
    headMm: scaled(rules.headMm, by),
    eyesMm: scaled(rules.eyesMm, by),
    background: rules.background,
    publishedBy: isRuled ? rules.publishedBy : undefined,
  };
}

/** Which part of a photo becomes the ID photo: a rectangle of the size's shape, turned about its middle. Pixels of the photo. */
export interface IdCrop {
  readonly centre: PhotoPoint;
  readonly width: number;
  /** By how much the head leans clockwise; the ID photo stands upright again. */
  readonly tiltDegrees: number;
}

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

export const idPapers = ['a4', 'letter', '10x15'] as const;
export type IdPaper = (typeof idPapers)[number];
