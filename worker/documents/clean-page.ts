import type { RgbaImage } from '#contract/images.ts';
import type { PageEdits } from '#contract/pages.ts';
import { readRow, type Plane } from '#worker/vision/plane.ts';
import { binarisePage } from './binarise.ts';
import { estimatePaper, type PaperLight } from './estimate-paper.ts';
import { evenLight, greyInPlace } from './even-light.ts';
import { measureGrain, type Grain } from './measure-grain.ts';

/*
 * The light is evened out in full from half of the strength on, so that the default (0.7) leaves no shadow behind;
 * the upper half only takes more off the paper.
 */
const strengthOfEvenLight = 0.5;

/* The paper's grain is gone at the default strength. */
const strengthOfWhitePaper = 0.7;

/*
 * At full strength white begins this many deviations of the grain below bare paper, which leaves one pixel of 160 of the
 * paper less than white; from there on contrasts fade in over a ramp. Print that shines through from the back differs by
 * 0.03 to 0.12 from the paper, a light pencil by 0.15 and more (seen on the development photos at 150 to 300 dpi).
 */
const grainDeviations = 2.5;
const fadingContrast = 0.18;

/* However coarse the grain, what is a fifth darker than the light is not washed out. */
const darkestWhite = 0.8;

/** How much darker ink becomes at full strength, as a factor of its contrast; pens on a board are pale to begin with. */
const deepening = { page: 1.12, board: 1.7 } as const;

/**
 * Gives a flattened page its look. `strength` 0 leaves it as it is (in grey for the looks without colour), `brightness`
 * lightens or darkens what is not pure black or white; both act continuously.
 *
 * @returns a new image of the same size; the page is left as it is.
 */
export function cleanPage(page: RgbaImage, edits: Pick<PageEdits, 'look' | 'strength' | 'brightness'>): RgbaImage {
  const strength = Math.min(1, Math.max(0, edits.strength));
  const expose = exposure(edits.brightness);
  const { look } = edits;
  if (look === 'original' || strength === 0) {
    const image = mapChannels(page, expose);
    if (look === 'grey' || look === 'black-and-white') greyInPlace(image);
    return image;
  }

  const light = estimatePaper(page);
  const grain = measureGrain(page, light);
  if (look === 'black-and-white')
    return binarisePage(page, light, grain, { strength, brightness: edits.brightness, expose });

  const deepen = look === 'whiteboard' ? deepening.board : deepening.page;
  const inkShare = (1 + strength * (deepen - 1)) * 2 ** (-inkBrightening * edits.brightness);
  const image = evenLight(page, lightBelowGrain(light, grain, strength), {
    evenness: Math.min(1, strength / strengthOfEvenLight),
    curve: (value) => expose(toneOf(value, strength, inkShare)),
  });
  if (look === 'grey') greyInPlace(image);
  return image;
}

/** Lowers the light to where the grain of bare paper ends, so that dividing by it leaves the paper white. */
function lightBelowGrain(light: PaperLight, grain: Grain, strength: number): PaperLight {
  const { width, height } = light.green;
  const share = new Float32Array(width * height);
  const paperRow = new Float32Array(width);
  const deviationRow = new Float32Array(width);
  const factor = grain.factor / light.factor;
  for (let y = 0; y < height; y++) {
    readRow(grain.paper, factor, y, paperRow);
    readRow(grain.deviation, factor, y, deviationRow);
    for (let x = 0; x < width; x++) {
      const white = (paperRow[x] ?? 1) - grainDeviations * (deviationRow[x] ?? 0);
      share[y * width + x] = 1 + Math.min(1, strength / strengthOfWhitePaper) * (Math.max(darkestWhite, white) - 1);
    }
  }
  const lower = ({ values }: Plane<Float32Array>): Plane<Float32Array> => {
    const lowered = new Float32Array(values.length);
    for (let at = 0; at < values.length; at++) lowered[at] = (values[at] ?? 0) * (share[at] ?? 1);
    return { width, height, values: lowered };
  };
  return { ...light, red: lower(light.red), green: lower(light.green), blue: lower(light.blue) };
}

/** Paper to white, ink a little darker, what hardly differs from the paper to the paper. White is 1. */
function toneOf(value: number, strength: number, inkShare: number): number {
  const contrast = 1 - value;
  if (contrast <= 0) return 1;
  const kept = smoothStep(0, strength * fadingContrast, contrast) * contrast;
  return Math.max(0, 1 - kept * inkShare);
}

/* Where ink is all black and paper all white, an exponent changes nothing: brightness also takes from the ink's contrast, down to 0.7 of it. */
const inkBrightening = 0.5;

/** Half a stop of mid-tone per half of the slider: the exponent goes from 2 (darkest) to 1/2 (brightest). */
function exposure(brightness: number): (share: number) => number {
  const exponent = 2 ** -Math.min(1, Math.max(-1, brightness));
  return (share) => 255 * Math.max(0, share) ** exponent;
}

function mapChannels({ width, height, data }: RgbaImage, expose: (share: number) => number): RgbaImage {
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => expose(value / 255));
  const out = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) {
    out[at] = table[data[at] ?? 0] ?? 0;
    out[at + 1] = table[data[at + 1] ?? 0] ?? 0;
    out[at + 2] = table[data[at + 2] ?? 0] ?? 0;
    out[at + 3] = 255;
  }
  return { width, height, data: out };
}

function smoothStep(from: number, to: number, value: number): number {
  if (to <= from) return value > from ? 1 : 0;
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}
