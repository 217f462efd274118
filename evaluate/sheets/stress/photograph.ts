import { homographyBetween, type FourPoints, type Homography, type XY } from '#worker/vision/geometry.ts';
import { openCanvas, type Canvas } from './print-sheet.ts';
import type { Random } from './random.ts';

/** How a sheet comes in; what was drawn for it. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  /** Takes pixels of the photo to millimetres of the sheet, were it flat. */
  readonly toSheet: Homography;
  /** Millimetres that the paper's curl shifts its print by. */
  readonly curl: (x: number, y: number) => XY;
  readonly light: (x: number, y: number) => number;
  readonly blurPx: number;
  readonly noise: number;
  readonly jpegQuality: number;
  /** Grey of what lies under the paper, 0 to 255. */
  readonly ground: number;
  readonly tags: readonly string[];
}

/** Millions of pixels of the photos, the usual ones more often. */
const megapixels = [0.5, 1, 1, 2, 2, 2, 3, 3, 5, 8, 12] as const;

/** A phone held over a sheet, or one time in four a copier. */
export function aimCamera(size: { width: number; height: number }, random: Random): Shot {
  return random.chance(0.25) ? copy(size, random) : shoot(size, random);
}

function copy(size: { width: number; height: number }, random: Random): Shot {
  const scale = random.pick([100, 150, 200, 200, 300]) / 25.4;
  const width = Math.round(size.width * scale);
  const height = Math.round(size.height * scale);
  const angle = (random.normal() * Math.PI) / 180 + (random.chance(0.1) ? Math.PI : 0);
  const stretch = [random.between(0.975, 1.02), random.between(0.975, 1.02)] as const;
  const corner = (x: number, y: number): XY => {
    const across = (x - 0.5) * width * stretch[0];
    const down = (y - 0.5) * height * stretch[1];
    return {
      x: width / 2 + across * Math.cos(angle) - down * Math.sin(angle) + 3 * scale * 0.3,
      y: height / 2 + across * Math.sin(angle) + down * Math.cos(angle),
    };
  };
  return {
    width,
    height,
    toSheet: sheetUnder(size, [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]),
    curl: () => ({ x: 0, y: 0 }),
    light: () => 1,
    blurPx: random.between(0.3, 0.8),
    noise: random.between(1, 5),
    jpegQuality: random.between(0.4, 0.85),
    ground: 255,
    tags: ['copier'],
  };
}

function shoot(size: { width: number; height: number }, random: Random): Shot {
  const pixels = random.pick(megapixels) * 1e6;
  const height = Math.round(Math.sqrt(pixels * (4 / 3)));
  const width = Math.round(pixels / height);
  const tilt = (random.between(0, 45) * random.between(0.3, 1) * Math.PI) / 180;
  const towards = random.between(0, 2 * Math.PI);
  const roll = random.pick([0, 0, 0, 0.5, 1, 1.5]) * Math.PI + random.normal() * 0.12;
  const fill = random.between(0.72, 0.97);
  const distance = 2.2 * size.height;
  const project = (x: number, y: number): XY => {
    // Turn in the plane, then tip about an axis in it, then look from above.
    const mmX = (x - 0.5) * size.width;
    const mmY = (y - 0.5) * size.height;
    const rolledX = mmX * Math.cos(roll) - mmY * Math.sin(roll);
    const rolledY = mmX * Math.sin(roll) + mmY * Math.cos(roll);
    const along = rolledX * Math.cos(towards) + rolledY * Math.sin(towards);
    const across = -rolledX * Math.sin(towards) + rolledY * Math.cos(towards);
    const depth = distance / (distance + along * Math.sin(tilt));
    const tipped = along * Math.cos(tilt);
    return {
      x: depth * (tipped * Math.cos(towards) - across * Math.sin(towards)),
      y: depth * (tipped * Math.sin(towards) + across * Math.cos(towards)),
    };
  };
  const corners = [project(0, 0), project(1, 0), project(1, 1), project(0, 1)] as const;
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const spanX = Math.max(...xs) - Math.min(...xs);
  const spanY = Math.max(...ys) - Math.min(...ys);
  const zoom = fill * Math.min(width / spanX, height / spanY);
  const place = ({ x, y }: XY): XY => ({
    x: width / 2 + (x - (Math.max(...xs) + Math.min(...xs)) / 2) * zoom,
    y: height / 2 + (y - (Math.max(...ys) + Math.min(...ys)) / 2) * zoom,
  });
  const [a, b, c, d] = corners;
  const bend = random.chance(0.5) ? random.between(0.5, 5) : 0;
  const waves = random.between(0.5, 1.2);
  const start = random.between(0, 6);
  const shadow = random.chance(0.5) ? random.between(0.15, 0.45) : 0;
  const edge = { angle: random.between(0, 6), offset: random.between(-0.3, 0.3), soft: random.between(0.01, 0.15) };
  const bright = random.between(0.55, 0.97);
  return {
    width,
    height,
    toSheet: sheetUnder(size, [place(a), place(b), place(c), place(d)]),
    curl: (x, y) => ({
      x: bend * 0.5 * Math.sin((y / size.height) * Math.PI * waves + start),
      y: bend * Math.sin((x / size.width) * Math.PI * waves + start + y / size.height),
    }),
    light: (x, y) => {
      const side = (x / width - 0.5) * Math.cos(edge.angle) + (y / height - 0.5) * Math.sin(edge.angle) - edge.offset;
      return bright * (1 - 0.15 * (x / width)) * (1 - shadow / (1 + Math.exp(-side / edge.soft)));
    },
    blurPx: random.between(0.3, 1.1) * Math.max(1, Math.sqrt(pixels / 3e6)),
    noise: random.between(1, 7),
    jpegQuality: random.pick([0.4, 0.6, 0.8, 0.92]),
    ground: random.between(20, 120),
    tags: [
      'phone',
      ...(tilt > 0.52 ? ['tilted'] : []),
      ...(bend > 2 ? ['curled'] : []),
      ...(shadow > 0.25 ? ['shadow'] : []),
      ...(pixels <= 0.5e6 ? ['half-megapixel'] : []),
    ],
  };
}

function sheetUnder(size: { width: number; height: number }, corners: FourPoints): Homography {
  const sheet: FourPoints = [
    { x: 0, y: 0 },
    { x: size.width, y: 0 },
    { x: size.width, y: size.height },
    { x: 0, y: size.height },
  ];
  const found = homographyBetween(corners, sheet);
  if (found === undefined) throw new Error('The camera looks along the sheet');
  return found;
}

/** Takes the photo of a drawn sheet. @param scale pixels of the drawing a millimetre. */
export function photograph(sheet: Canvas, scale: number, shot: Shot, random: Random): Canvas {
  const { width, height, toSheet } = shot;
  const page = sheet.getImageData(0, 0, sheet.canvas.width, sheet.canvas.height);
  const grey = new Uint8Array(page.width * page.height);
  for (let at = 0; at < grey.length; at++) grey[at] = page.data[at * 4] ?? 255;
  const values = new Float32Array(width * height);
  const [a, b, c, d, e, f, g, h, i] = toSheet;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const u = x + 0.5;
      const v = y + 0.5;
      const depth = g * u + h * v + i;
      const flatX = (a * u + b * v + c) / depth;
      const flatY = (d * u + e * v + f) / depth;
      const shift = shot.curl(flatX, flatY);
      const fromX = (flatX + shift.x) * scale - 0.5;
      const fromY = (flatY + shift.y) * scale - 0.5;
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      if (left < 0 || top < 0 || left >= page.width - 1 || top >= page.height - 1) {
        values[at] = shot.ground * shot.light(x, y);
        continue;
      }
      const shareX = fromX - left;
      const first = top * page.width + left;
      const above = (grey[first] ?? 0) * (1 - shareX) + (grey[first + 1] ?? 0) * shareX;
      const below = (grey[first + page.width] ?? 0) * (1 - shareX) + (grey[first + page.width + 1] ?? 0) * shareX;
      values[at] = (above + (below - above) * (fromY - top)) * shot.light(x, y);
    }
  }
  const flat = openCanvas(width, height);
  const image = flat.createImageData(width, height);
  for (let at = 0; at < values.length; at++) {
    image.data[at * 4] = image.data[at * 4 + 1] = image.data[at * 4 + 2] = values[at] ?? 0;
    image.data[at * 4 + 3] = 255;
  }
  flat.putImageData(image, 0, 0);
  const blurred = openCanvas(width, height);
  blurred.filter = `blur(${shot.blurPx}px)`;
  blurred.drawImage(flat.canvas, 0, 0);
  const grained = blurred.getImageData(0, 0, width, height);
  for (let at = 0; at < grained.data.length; at += 4) {
    // The sum of three is near enough to a bell.
    const grain = (random.next() + random.next() + random.next() - 1.5) * 2 * shot.noise;
    for (let channel = 0; channel < 3; channel++)
      grained.data[at + channel] = (grained.data[at + channel] ?? 0) + grain;
  }
  blurred.putImageData(grained, 0, 0);
  return blurred;
}
