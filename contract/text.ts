/** Printed text as it was read from a page: words with boxes and confidence, in reading order. */
import type { Size } from './images.ts';
import type { Turns } from './pages.ts';

/**
 * Languages that can be read, by Tesseract's code, with the BCP 47 tag that `Intl.DisplayNames` names them by.
 * `delivered` ones come with the app. The others are files that whoever runs the app puts below `/languages/` of the
 * app's server or its CDN (`npm run languages`); they are proved by this list whoever sends them: traineddata
 * `4.0.0_best_int` of Tesseract, unpacked (tessdata_best, Apache-2.0).
 */
export const textLanguages = {
  eng: { tag: 'en', delivered: true, code: 'eng' },
  fil: { tag: 'fil', delivered: true, code: 'fil' },
  ceb: {
    tag: 'ceb',
    delivered: false,
    bytes: 716_262,
    sha256: '3b7232c2fa1521003052da0b3d4e7fc289d1452e65bbe69151cbff2ef9c07897',
  },
  spa: {
    tag: 'es',
    delivered: false,
    bytes: 3_379_457,
    sha256: '0062377729b81cc268b1822f09eb1c08c09f3f7f1c6b422540b51555a7eeea70',
  },
  fra: {
    tag: 'fr',
    delivered: false,
    bytes: 1_248_107,
    sha256: 'bf83833fa957ff0076f6aa93f69e3bdf7b014dea829ea0c0d6be6b48a3ceef6d',
  },
  deu: {
    tag: 'de',
    delivered: false,
    bytes: 2_070_514,
    sha256: 'a1b72cc25753eac167edfef5af4448a8dc34973503a2265c34c84520f896eb03',
  },
  ita: {
    tag: 'it',
    delivered: false,
    bytes: 3_126_172,
    sha256: '36ec897f5f1f489b257801881286167a79b99a16040c6fbc7e3e30f03821b10b',
  },
  por: {
    tag: 'pt',
    delivered: false,
    bytes: 2_422_444,
    sha256: '42fab1f017aedab69b92bdecc01bbb11166cd3b177575612ee860f8e2825ece0',
  },
  nld: {
    tag: 'nl',
    delivered: false,
    bytes: 6_065_224,
    sha256: '363c360db9838838ff7ed3d8b885b33acc0d61d37165708303cf8a81e50164f3',
  },
  pol: {
    tag: 'pl',
    delivered: false,
    bytes: 5_426_310,
    sha256: '02b89cad819f1374631b4a3c92bdac79c214150f97a3686df78de6c8c30782db',
  },
  cym: {
    tag: 'cy',
    delivered: false,
    bytes: 2_208_943,
    sha256: '2f4a68e58130b8b2ebbc44a57b049fc29247795cbc2d4f93d2b33e4125b78ef3',
  },
  vie: {
    tag: 'vi',
    delivered: false,
    bytes: 1_667_949,
    sha256: '112f6fd1d04ab4cb0208cad9cada8de214ae33a1e4db3750ffcda69262aef0a8',
  },
} as const satisfies Record<string, { tag: string } & ({ delivered: true; code: string } | OrderedLanguage)>;

interface OrderedLanguage {
  readonly delivered: false;
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
}

export type TextLanguage = keyof typeof textLanguages;

/** Upright rectangle in pixels of the rendered page; (0, 0) is the outer corner of the first pixel. */
export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TextWord {
  /** Without white space, NFC, never empty. */
  readonly text: string;
  readonly box: TextBox;
  /** 0 to 1, as the recogniser has it; a word below `doubtfulBelow` is shown as doubtful. */
  readonly confidence: number;
}

/** Of 1,333 words of hard photos and receipts, 75 % of those misread lie below, and 8 % of the others. */
export const doubtfulBelow = 0.8;

export interface TextLine {
  /** In reading order, at least one. */
  readonly words: readonly TextWord[];
  readonly box: TextBox;
  /** Where the letters stand, left to right, in pixels of the page: a slanted or curled line's boxes overlap its neighbours'. */
  readonly baseline: { readonly from: readonly [x: number, y: number]; readonly to: readonly [x: number, y: number] };
}

/** Grey print to be read, row by row from the top left. */
export interface PrintPicture extends Size {
  readonly values: Uint8Array<ArrayBuffer>;
}

/** In pixels of the picture that was read; `right` and `bottom` are outside. */
export interface PrintBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A word as the recogniser gives it, before it is placed on the page. */
export interface RecognisedWord {
  readonly text: string;
  readonly box: PrintBox;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface RecognisedLine {
  readonly words: readonly RecognisedWord[];
  readonly box: PrintBox;
  readonly baseline: { readonly from: readonly [number, number]; readonly to: readonly [number, number] };
  /** Height of the small letters in pixels. */
  readonly xHeight: number;
}

/** `row`: a row of a table, whose cells are its lines' words. */
export const textBlockKinds = ['paragraph', 'heading', 'list-item', 'row'] as const;
export type TextBlockKind = (typeof textBlockKinds)[number];

export interface TextBlock {
  readonly kind: TextBlockKind;
  /** Of headings only: 1 is the largest print of the page, 3 the smallest. */
  readonly level?: 1 | 2 | 3;
  /** From the top, at least one. */
  readonly lines: readonly TextLine[];
  readonly box: TextBox;
}

/**
 * `text`: read. `nothing`: no print on the page. `unsure`: print of which hardly a word was sure, as in a script or
 * language that was not asked for, or too blurred to read.
 */
export const textStates = ['text', 'nothing', 'unsure'] as const;
export type TextState = (typeof textStates)[number];

export interface TextReading {
  readonly state: TextState;
  /** In reading order: columns one after the other. Empty where the state is `nothing`. */
  readonly blocks: readonly TextBlock[];
  /** What was asked for. */
  readonly languages: readonly TextLanguage[];
  /**
   * `edits.turns` with which the print stands upright: as asked, or another where it was found to lie on its side or its
   * head. Boxes are pixels of the page rendered with these turns.
   */
  readonly turns: Turns;
  /** Of the page rendered with these turns. */
  readonly size: Size;
  /** Mean of the words' confidence by their length, 0 to 1; 0 without words. */
  readonly confidence: number;
  /** Of the room that read it: what an older one read can be read again. */
  readonly version: number;
  /** The recogniser, such as `tesseract 5.1.0 simd`. */
  readonly madeBy: string;
}

/** The text alone: a line of text for each line of print, and an empty line between blocks other than rows and items. */
export function plainTextOf({ blocks }: Pick<TextReading, 'blocks'>): string {
  let text = '';
  let before: TextBlockKind | undefined;
  for (const { kind, lines } of blocks) {
    if (before !== undefined) text += before === kind && (kind === 'row' || kind === 'list-item') ? '\n' : '\n\n';
    text += lines.map(({ words }) => words.map((word) => word.text).join(' ')).join('\n');
    before = kind;
  }
  return text;
}
