import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import * as utif from 'utif2';

/** Four colours in quarters: red, green over blue, white. Shows at once whether a picture is turned or mirrored. */
export const quarters = { width: 64, height: 48 } as const;
const colours = [
  [220, 30, 30],
  [30, 180, 30],
  [30, 30, 220],
  [250, 250, 250],
] as const;

function quartersRgba(): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = quarters;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const [red, green, blue] = colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? colours[0];
      rgba.set([red, green, blue, 255], at);
    }
  }
  return rgba;
}

export async function encodeQuarters(type: 'image/jpeg' | 'image/png' | 'image/webp'): Promise<Blob> {
  const canvas = new OffscreenCanvas(quarters.width, quarters.height);
  canvas.getContext('2d')?.putImageData(new ImageData(quartersRgba(), quarters.width, quarters.height), 0, 0);
  return canvas.convertToBlob({ type, quality: 0.9 });
}

/** Plain 24-bit rows from the bottom. */
export function bmpOfQuarters(): Blob {
  const { width, height } = quarters;
  const rgba = quartersRgba();
  const view = new DataView(new ArrayBuffer(54 + width * height * 3));
  view.setUint16(0, 0x424d);
  view.setUint32(2, view.byteLength, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0, at = 54; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const from = ((height - 1 - y) * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) view.setUint8(at + channel, rgba[from + 2 - channel] ?? 0);
    }
  }
  return new Blob([view], { type: 'image/bmp' });
}

/** Several pages of the same picture; the orientation tag as EXIF knows it. */
export function tiffOfQuarters(pages = 1, orientation = 1): Blob {
  const { width, height } = quarters;
  const rgba = quartersRgba();
  const single = new Uint8Array(utif.encodeImage(new Uint8Array(rgba), width, height));
  const [first] = utif.decode(single.buffer);
  if (!first) throw new Error('no page');
  // utif writes the directories; the pixels are placed behind them, one copy for all.
  const pixelsAt = 1024 * pages;
  const ifds = Array.from({ length: pages }, () => ({ ...first, t274: [orientation], t273: [pixelsAt] }));
  const directories = new Uint8Array(utif.encode(ifds));
  if (directories.length > pixelsAt) throw new Error('the directories do not fit');
  const file = new Uint8Array(pixelsAt + rgba.length);
  file.set(directories);
  file.set(rgba, pixelsAt);
  return new Blob([file], { type: 'image/tiff' });
}

/** Pages of 200 x 100 points, the left half of each red. */
export async function makePdf(pages: number, password?: string): Promise<Blob> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page++) {
    const sheet = pdf.addPage([200, 100]);
    sheet.drawRectangle({ x: 0, y: 0, width: 100, height: 100, color: rgb(1, 0, 0) });
    sheet.drawText(`Page ${page}`, { x: 120, y: 40, size: 20, font });
  }
  if (password !== undefined) pdf.encrypt({ userPassword: password, ownerPassword: `${password}!` });
  return new Blob([new Uint8Array(await pdf.save({ useObjectStreams: password === undefined }))], {
    type: 'application/pdf',
  });
}

/** The quarters by `heif-enc -q 60 -o quarters.heic quarters.png` (libheif 1.15.1): no encoder of HEIC runs in a browser. */
export const heicOfQuarters = fromBase64(
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAA0QACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAANltZGF0AAAAzSgBrwngITip//It3/8THZe5lyeVp79Y//0Qb70Nb/4im3R+jwmjDvl7/Lo/+VVetkZKaj/+cll41onNQ9gZYDnfjdCmiTsxDOSmSMgpshisjmABDbq0i2IWk2ESRwqGFOuq6OsTS5maDDl34LTqDSkj2dDtyIfJMYwOu36BwB5D9/2XrTv0G5s3in7UXZSW1hijrGWGaoJNnKUttQzM4CJiTBwkLk3T37epOJ4nCpIjlaeq9f0uDN30HK2gsJ/Voqu8xWW2RXNGj3wK0f0=',
  'image/heic',
);

/** The quarters by `heif-enc -A -q 60 -o quarters.avif quarters.png`: Chromium's canvas writes no AVIF. */
export const avifOfQuarters = fromBase64(
  'AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAMQAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAABAAAAAMAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAADltZGF0EgAKCRgVf72CBAQNCDIiRZABhhhhALhndRFftPDfOil8bYaDbmPhBtuQyQrqqOTxiA==',
  'image/avif',
);

/** Inserts EXIF that says how the camera was held, and a maker to find again. */
export async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
  const maker = [...new TextEncoder().encode('PapelTestCam\0\0')];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 2];
  const make = [0x01, 0x0f, 0, 2, 0, 0, 0, maker.length, 0, 0, 0, 38];
  const turned = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, ...make, ...turned, 0, 0, 0, 0, ...maker];
  const segment = new Uint8Array([0xff, 0xe1, 0, exif.length + 2, ...exif]);
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: 'image/jpeg' });
}

function fromBase64(text: string, type: string): Blob {
  return new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))], { type });
}
