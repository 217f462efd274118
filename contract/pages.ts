/** What a scanned page is: where it lies in its photo, how it is to look, and how good the photo is. */
import type { PhotoPoint, Quad, Size } from './images.ts';

/** Quarter turns clockwise, applied after flattening. */
export type Turns = 0 | 1 | 2 | 3;

export const looks = ['original', 'colour', 'grey', 'black-and-white', 'whiteboard'] as const;
export type Look = (typeof looks)[number];

export interface PageEdits {
  readonly corners: Quad<PhotoPoint>;
  readonly turns: Turns;
  readonly look: Look;
  /** 0 leaves the paper as it is, 1 cleans it as far as the look can. */
  readonly strength: number;
  /** -1 darkest, 0 as it is, 1 brightest. */
  readonly brightness: number;
}

export const defaultLook = { look: 'colour', strength: 0.7, brightness: 0 } as const satisfies Partial<PageEdits>;

/** A page found in a photo. "No page" is `undefined`, never a quad of low confidence. */
export interface PageFinding {
  readonly corners: Quad<PhotoPoint>;
  /** 0 to 1: the estimated chance that the quad matches the page with an IoU of at least 0.9. */
  readonly confidence: number;
  /** Chance that each corner is right, in the order of `corners`; a screen draws an unsure one dashed. */
  readonly cornerConfidence: readonly [number, number, number, number];
  /** Name and version of the model that had a say; absent where lines and colours decided alone. */
  readonly detector?: string;
}

/** A straight edge in the photo that a dragged corner or side may snap to. */
export interface EdgeLine {
  readonly from: PhotoPoint;
  readonly to: PhotoPoint;
}

export const pageWarnings = ['blurred', 'glare', 'too-dark', 'too-small'] as const;
export type PageWarning = (typeof pageWarnings)[number];

/** Measured on the flattened page before it is cleaned. */
export interface PageQuality {
  /** Width of the sharpest edges, in page pixels (10-90 % rise): lower is sharper. */
  readonly edgeWidthPx: number;
  /** Share of the page, 0 to 1, that is blown out by glare. */
  readonly glareShare: number;
  /** Median brightness of the paper, 0 to 255. */
  readonly paperBrightness: number;
  /** Pixels per inch if the page is of the size guessed from its aspect ratio. */
  readonly dotsPerInch: number;
  readonly warnings: readonly PageWarning[];
}

/** Paper that an aspect ratio was recognised as; `custom` keeps the measured ratio. */
export const paperSizes = {
  a4: { widthMm: 210, heightMm: 297 },
  letter: { widthMm: 215.9, heightMm: 279.4 },
  a5: { widthMm: 148, heightMm: 210 },
  card: { widthMm: 85.6, heightMm: 53.98 },
} as const;
export type PaperSize = keyof typeof paperSizes;

/** A flattened, cleaned and encoded page. */
export interface RenderedPage {
  /** JPEG, or PNG where the look has few colours; carries no metadata. */
  readonly page: Blob;
  readonly size: Size;
  /** JPEG with a long side of at most 480 pixels, for lists. */
  readonly cover: Blob;
  readonly paper: PaperSize | 'custom';
  readonly quality: PageQuality;
  /** `version` of the room that made it: what an older one made can be redone. */
  readonly version: number;
}

/** What the camera screen learns from one frame. */
export interface FrameReading {
  /** In pixels of the frame that was sent. */
  readonly finding: PageFinding | undefined;
  /** Variance of the Laplacian on the frame scaled to 320 pixels, relative to its contrast: higher is sharper. */
  readonly sharpness: number;
  /** Mean brightness of the frame, 0 to 255. */
  readonly brightness: number;
  /** Share of the frame that the page covers, 0 to 1. */
  readonly coverage: number;
}
