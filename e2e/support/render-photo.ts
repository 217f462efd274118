import type { Page } from '@playwright/test';

type Point = readonly [x: number, y: number];

export interface PhotoOptions {
  /** Size of the photo in pixels; 1600x1200 unless told. */
  readonly width?: number;
  readonly height?: number;
  /** The page's corners, from its top left clockwise, as shares of the photo's width and height. */
  readonly corners?: readonly [Point, Point, Point, Point];
  /** Moves the page by fractions of a pixel, for the tremble of a camera. */
  readonly shiftPx?: Point;
  readonly desk?: 'wood' | 'white' | 'dark';
  /** False photographs the desk alone. */
  readonly withPage?: boolean;
  /** Printed on the page, one line each. */
  readonly lines?: readonly string[];
  /** The page itself as a PNG in base64, instead of lines: an A4 page. */
  readonly printed?: string;
  /** Lets the shadow of a hand fall across the page. */
  readonly shadow?: boolean;
  /** Blurs the photo as a wrong focus does, in pixels. */
  readonly blurPx?: number;
  readonly type?: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly quality?: number;
  /** Chooses the grain of desk and sensor; the same seed makes the same photo. */
  readonly seed?: number;
}

export interface Photo {
  readonly bytes: Buffer;
  /** The page's corners in pixels of the photo, from its top left clockwise. */
  readonly corners: readonly [Point, Point, Point, Point];
}

const defaults = {
  width: 1600,
  height: 1200,
  corners: [
    [0.27, 0.08],
    [0.7, 0.06],
    [0.77, 0.93],
    [0.2, 0.9],
  ],
  shiftPx: [0, 0],
  desk: 'wood',
  withPage: true,
  lines: [
    'Science, Grade 7',
    '',
    'Name: Maria Santos',
    '',
    '1. Water boils at 100 degrees Celsius at sea level.',
    '2. Plants turn light into sugar.',
    '3. The moon goes around the earth in 27 days.',
    '4. Sound travels faster in water than in air.',
    '5. Iron rusts where there is water and air.',
    '6. A lever makes a small force into a large one.',
  ],
  shadow: false,
  blurPx: 0,
  type: 'image/jpeg',
  quality: 0.9,
  seed: 1,
} as const satisfies Required<Omit<PhotoOptions, 'printed'>>;

/**
 * Photographs a printed A4 page on a desk, in perspective, with uneven light and sensor noise: drawn in a canvas of
 * `page`, which may be any page of the browser, such as an empty one.
 */
export async function renderPhoto(page: Page, options: PhotoOptions = {}): Promise<Photo> {
  const scene = { ...defaults, ...options };
  const place = ([x, y]: Point): Point => [x * scene.width + scene.shiftPx[0], y * scene.height + scene.shiftPx[1]];
  const [topLeft, topRight, bottomRight, bottomLeft] = scene.corners;
  const corners = [place(topLeft), place(topRight), place(bottomRight), place(bottomLeft)] as const;
  const base64 = await page.evaluate(drawPhoto, { ...scene, corners, lines: [...scene.lines] });
  return { bytes: Buffer.from(base64, 'base64'), corners };
}

interface Scene extends Required<Omit<PhotoOptions, 'corners' | 'printed'>> {
  readonly printed?: string;
  readonly corners: readonly [Point, Point, Point, Point];
}

/** Runs in the browser, so it may use nothing from outside itself. */
async function drawPhoto(scene: Scene): Promise<string> {
  const { width, height, corners } = scene;
  let state = scene.seed * 2_654_435_761 + 1;
  const random = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const open = (canvas: OffscreenCanvas) => {
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no 2d canvas');
    return context;
  };

  // The printed page, A4 at 150 dots per inch.
  const pageWidth = 1240;
  const pageHeight = 1754;
  const print = open(new OffscreenCanvas(pageWidth, pageHeight));
  print.fillStyle = '#f8f6f1';
  print.fillRect(0, 0, pageWidth, pageHeight);
  print.fillStyle = '#26262b';
  print.font = '38px sans-serif';
  scene.lines.forEach((line, index) => print.fillText(line, 110, 170 + index * 72));
  print.strokeStyle = '#5b6170';
  print.lineWidth = 3;
  print.strokeRect(110, 1150, 420, 300);
  print.beginPath();
  print.arc(820, 1300, 150, 0, 2 * Math.PI);
  print.stroke();
  if (scene.printed !== undefined) {
    const bytes = Uint8Array.from(atob(scene.printed), (sign) => sign.codePointAt(0) ?? 0);
    print.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0, pageWidth, pageHeight);
  }
  const printed = print.getImageData(0, 0, pageWidth, pageHeight).data;

  // Homography from photo to page: solve for the eight unknowns by Gauss with pivoting.
  const target = [
    [0, 0],
    [pageWidth, 0],
    [pageWidth, pageHeight],
    [0, pageHeight],
  ];
  const rows: number[][] = [];
  corners.forEach(([x, y], index) => {
    const [u = 0, v = 0] = target[index] ?? [];
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  });
  for (let column = 0; column < 8; column += 1) {
    let pivot = column;
    for (let row = column; row < 8; row += 1) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const pivotRow = rows[pivot] ?? [];
    rows[pivot] = rows[column] ?? [];
    rows[column] = pivotRow;
    for (let row = 0; row < 8; row += 1) {
      if (row === column) continue;
      const factor = (rows[row]?.[column] ?? 0) / (pivotRow[column] ?? 1);
      rows[row] = (rows[row] ?? []).map((value, index) => value - factor * (pivotRow[index] ?? 0));
    }
  }
  const solved = rows.map((row, index) => (row[8] ?? 0) / (row[index] ?? 1));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solved;

  const tones = { wood: [142, 104, 70], white: [226, 223, 216], dark: [52, 54, 60] }[scene.desk];
  const photo = open(new OffscreenCanvas(width, height));
  const picture = photo.createImageData(width, height);
  const pixels = picture.data;
  const grain = Array.from({ length: height }, () => (random() - 0.5) * (scene.desk === 'wood' ? 22 : 4));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 4 * (y * width + x);
      const divisor = g * (x + 0.5) + h * (y + 0.5) + 1;
      const u = (a * (x + 0.5) + b * (y + 0.5) + c) / divisor - 0.5;
      const v = (d * (x + 0.5) + e * (y + 0.5) + f) / divisor - 0.5;
      const onPage = scene.withPage && divisor > 0 && u >= 0 && v >= 0 && u < pageWidth - 1 && v < pageHeight - 1;
      // Light falls from the left; a hand's shadow crosses from the lower right with a soft edge.
      let light = 1.06 - (0.22 * x) / width - (0.06 * y) / height;
      if (scene.shadow) light *= 1 - 0.38 / (1 + Math.exp(-(x / width + y / height - 1.15) * 28));
      const noise = (random() - 0.5) * 7;
      for (let channel = 0; channel < 3; channel += 1) {
        let value =
          (tones[channel] ?? 0) + (grain[y] ?? 0) + Math.sin(x / 90 + y / 7) * (scene.desk === 'wood' ? 5 : 1);
        if (onPage) {
          const left = Math.floor(u);
          const top = Math.floor(v);
          const from = 4 * (top * pageWidth + left) + channel;
          const upper = (printed[from] ?? 0) * (1 - (u - left)) + (printed[from + 4] ?? 0) * (u - left);
          const below = from + 4 * pageWidth;
          const lower = (printed[below] ?? 0) * (1 - (u - left)) + (printed[below + 4] ?? 0) * (u - left);
          value = upper * (1 - (v - top)) + lower * (v - top);
        }
        pixels[at + channel] = value * light * 0.93 + noise;
      }
      pixels[at + 3] = 255;
    }
  }
  photo.putImageData(picture, 0, 0);
  const result = open(new OffscreenCanvas(width, height));
  if (scene.blurPx > 0) result.filter = `blur(${scene.blurPx}px)`;
  result.drawImage(photo.canvas, 0, 0);
  const blob = await result.canvas.convertToBlob({ type: scene.type, quality: scene.quality });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCodePoint(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary);
}
