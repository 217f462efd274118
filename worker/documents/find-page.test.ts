import { beforeAll, describe, expect, it } from 'vitest';
import type { RgbaImage } from '#contract/images.ts';
import {
  cornerAt,
  distanceBetween,
  homographyBetween,
  projectPoint,
  quadIoU,
  type FourPoints,
} from '#worker/vision/geometry.ts';
import { loadOpenCvInNode } from '#worker/vision/opencv-in-node.ts';
import type { OpenCv } from '#worker/vision/opencv.ts';
import { findEdgeLines } from './find-edge-lines.ts';
import { findPage } from './find-page.ts';

let cv: OpenCv;

beforeAll(async () => {
  ({ cv } = await loadOpenCvInNode());
});

type Colour = readonly [number, number, number];

interface Scene {
  readonly width: number;
  readonly height: number;
  readonly page?: FourPoints;
  readonly paper?: Colour;
  readonly ground: Colour;
  /** Standard deviation of the ground's texture and of the sensor, in grey levels. */
  readonly texture?: number;
  readonly noise?: number;
  /** A finger over a side: centre line, in pixels. */
  readonly finger?: readonly [number, number, number, number];
  readonly text?: boolean;
}

/** The same numbers on every run: a linear congruential generator (Numerical Recipes). */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Renders a flat page on a textured ground, 4 x 4 samples a pixel so that its sides lie where they are said to. */
function render(scene: Scene): RgbaImage {
  const { width, height, page, ground, paper = [236, 234, 228], texture = 10, noise = 2 } = scene;
  const random = makeRandom(7);
  const gauss = (): number => random() + random() + random() + random() - 2;
  const unit: FourPoints = [
    { x: 0, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
    { x: 0, y: 1 },
  ];
  const toPage = page && homographyBetween(page, unit);
  const grain = Float32Array.from({ length: width * height }, () => gauss() * texture * 1.7);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let covered = 0;
      let inked = 0;
      for (let sample = 0; sample < 16; sample++) {
        if (toPage === undefined) break;
        const at = projectPoint(toPage, { x: x + ((sample % 4) + 0.5) / 4, y: y + (Math.floor(sample / 4) + 0.5) / 4 });
        if (at.x < 0 || at.y < 0 || at.x > 1 || at.y > 1) continue;
        covered++;
        if (scene.text === true && isInk(at.x, at.y)) inked++;
      }
      let light = 1 - (0.15 * x) / width;
      if (scene.finger !== undefined) {
        const [x0, y0, x1, y1] = scene.finger;
        const along = Math.max(
          0,
          Math.min(1, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)),
        );
        if (Math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0)) < 16) light = -1;
      }
      for (let channel = 0; channel < 3; channel++) {
        const below = (ground[channel] ?? 0) + (grain[y * width + x] ?? 0);
        const sheet = (paper[channel] ?? 0) * (1 - (0.8 * inked) / Math.max(1, covered));
        const seen = light < 0 ? ([200, 150, 120][channel] ?? 0) : light * (below + (covered / 16) * (sheet - below));
        data[4 * (y * width + x) + channel] = seen + gauss() * noise * 1.7;
      }
    }
  }
  return { width, height, data };
}

/** Rows of words of uneven length inside the margins. */
function isInk(x: number, y: number): boolean {
  if (x < 0.1 || x > 0.9 - 0.2 * Math.abs(Math.sin(Math.floor(y * 30) * 5)) || y < 0.1 || y > 0.85) return false;
  return (y * 30) % 1 < 0.45 && Math.sin(x * 160 + Math.floor(y * 30)) > -0.5;
}

function turnedPage(centreX: number, centreY: number, width: number, height: number, degrees: number): FourPoints {
  const turn = (degrees * Math.PI) / 180;
  const at = (x: number, y: number): { x: number; y: number } => ({
    x: centreX + x * Math.cos(turn) - y * Math.sin(turn),
    y: centreY + x * Math.sin(turn) + y * Math.cos(turn),
  });
  return [
    at(-width / 2, -height / 2),
    at(width / 2, -height / 2),
    at(width / 2, height / 2),
    at(-width / 2, height / 2),
  ];
}

const inPerspective: FourPoints = [
  { x: 130.4, y: 90.7 },
  { x: 372.9, y: 112.3 },
  { x: 431.2, y: 540.6 },
  { x: 61.8, y: 505.1 },
];

function largestError(found: FourPoints | undefined, truth: FourPoints): number {
  if (found === undefined) return Infinity;
  return Math.max(...found.map((corner, index) => distanceBetween(corner, cornerAt(truth, index))));
}

describe('findPage', () => {
  it('finds a page in perspective on a textured ground to a fraction of a pixel', () => {
    const photo = render({ width: 480, height: 640, page: inPerspective, ground: [120, 86, 60], text: true });
    const finding = findPage(cv, photo, 'photo');
    expect(largestError(finding?.corners, inPerspective)).toBeLessThan(0.5);
    expect(finding?.confidence).toBeGreaterThan(0.9);
    expect(Math.min(...(finding?.cornerConfidence ?? [0]))).toBeGreaterThan(0.8);
  });

  it('finds white paper on a white desk', () => {
    const photo = render({
      width: 480,
      height: 640,
      page: inPerspective,
      paper: [233, 233, 231],
      ground: [221, 222, 222],
      texture: 1.5,
      noise: 1,
      text: true,
    });
    const finding = findPage(cv, photo, 'photo');
    expect(largestError(finding?.corners, inPerspective)).toBeLessThan(2);
  });

  it.each([-40, -25, -12, 0, 12, 25, 40])(
    'finds a page turned by %i degrees, its corners from the top left',
    (degrees) => {
      const page = turnedPage(320, 240, 190, 268, degrees);
      const finding = findPage(
        cv,
        render({ width: 640, height: 480, page, ground: [70, 74, 88], text: true }),
        'photo',
      );
      expect(largestError(finding?.corners, page)).toBeLessThan(0.7);
    },
  );

  it('clips a page that the frame cuts at the frame', () => {
    const page: FourPoints = [
      { x: 90, y: 120 },
      { x: 400, y: 110 },
      { x: 420, y: 720 },
      { x: 60, y: 700 },
    ];
    const finding = findPage(cv, render({ width: 480, height: 640, page, ground: [96, 70, 52] }), 'photo');
    const cut: FourPoints = [page[0], page[1], { x: 417.4, y: 640 }, { x: 63.1, y: 640 }];
    expect(largestError(finding?.corners, cut)).toBeLessThan(1);
  });

  it('finds a page with a finger over a side', () => {
    const photo = render({
      width: 480,
      height: 640,
      page: inPerspective,
      ground: [110, 90, 70],
      finger: [470, 330, 360, 320],
    });
    expect(largestError(findPage(cv, photo, 'photo')?.corners, inPerspective)).toBeLessThan(1);
  });

  it('finds the sheet, not the table printed on it', () => {
    const sheet = render({ width: 480, height: 640, page: inPerspective, ground: [88, 82, 80] });
    const table = turnedPage(250, 300, 180, 260, 4);
    for (let index = 0; index < 4; index++) {
      const from = cornerAt(table, index);
      const to = cornerAt(table, index + 1);
      for (let step = 0; step < 600; step++) {
        const x = Math.round(from.x + (step / 600) * (to.x - from.x));
        const y = Math.round(from.y + (step / 600) * (to.y - from.y));
        for (let thick = 0; thick < 3; thick++)
          sheet.data.set([20, 20, 20], 4 * ((y + (thick >> 1)) * 480 + x + (thick & 1)));
      }
    }
    expect(quadIoU(findPage(cv, sheet, 'photo')?.corners ?? table, inPerspective)).toBeGreaterThan(0.99);
  });

  it('finds a page in a small frame of the live camera', () => {
    const page = turnedPage(224, 126, 120, 170, 8);
    const finding = findPage(cv, render({ width: 448, height: 252, page, ground: [70, 74, 88] }), 'live');
    expect(quadIoU(finding?.corners ?? inPerspective, page)).toBeGreaterThan(0.97);
  });

  it('answers "no page" for an even ground, for noise, for a horizon and for a single pixel', () => {
    expect(
      findPage(cv, render({ width: 480, height: 640, ground: [128, 128, 128], texture: 0, noise: 0 }), 'photo'),
    ).toBeUndefined();
    expect(
      findPage(cv, render({ width: 480, height: 640, ground: [128, 110, 90], texture: 25 }), 'photo'),
    ).toBeUndefined();
    const horizon = render({ width: 640, height: 480, ground: [128, 128, 128] });
    for (let at = 0; at < 4 * 640 * 200; at += 4) horizon.data.set([190, 200, 215], at);
    expect(findPage(cv, horizon, 'photo')).toBeUndefined();
    expect(findPage(cv, { width: 1, height: 1, data: new Uint8ClampedArray(4) }, 'photo')).toBeUndefined();
  });

  it('answers with convex quads inside the photo only', () => {
    for (const degrees of [5, 33, 61]) {
      const page = turnedPage(300, 250, 330, 420, degrees);
      const finding = findPage(cv, render({ width: 640, height: 480, page, ground: [60, 66, 70] }), 'photo');
      for (const { x, y } of finding?.corners ?? []) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(640);
        expect(y).toBeLessThanOrEqual(480);
      }
    }
  });
});

describe('findEdgeLines', () => {
  it('has a line along each side of the page, within half a pixel', () => {
    const lines = findEdgeLines(cv, render({ width: 480, height: 640, page: inPerspective, ground: [120, 86, 60] }));
    for (let index = 0; index < 4; index++) {
      const from = cornerAt(inPerspective, index);
      const to = cornerAt(inPerspective, index + 1);
      const length = distanceBetween(from, to);
      const off = ({ x, y }: { x: number; y: number }): number =>
        Math.abs((x - from.x) * (to.y - from.y) - (y - from.y) * (to.x - from.x)) / length;
      const along = lines.filter((line) => off(line.from) < 0.5 && off(line.to) < 0.5);
      const covered = along.reduce((sum, line) => sum + distanceBetween(line.from, line.to), 0);
      expect(covered / length).toBeGreaterThan(0.8);
    }
  });

  it('has none on an even ground', () => {
    expect(
      findEdgeLines(cv, render({ width: 320, height: 240, ground: [128, 128, 128], texture: 0, noise: 0 })),
    ).toEqual([]);
  });
});
