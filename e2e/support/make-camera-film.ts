import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../../scripts/chromium.ts';
import { cameraFile, cameraFrame } from './camera.ts';
import { renderPhoto } from './render-photo.ts';

/** A second of film: enough for Chromium to play in a loop, with the tremble of a hand that holds still. */
const frames = 20;
const tremblePx = 0.6;

/** Films a page on a desk for Chromium's fake camera: JPEG frames one after the other, which it takes as MJPEG. */
export default async function makeCameraFilm(): Promise<void> {
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage();
    const film: Buffer[] = [];
    for (let frame = 0; frame < frames; frame += 1) {
      const angle = (2 * Math.PI * frame) / frames;
      const { bytes } = await renderPhoto(page, {
        ...cameraFrame,
        corners: [
          [0.3, 0.06],
          [0.69, 0.08],
          [0.74, 0.94],
          [0.25, 0.91],
        ],
        shiftPx: [tremblePx * Math.cos(angle), tremblePx * Math.sin(angle)],
        seed: frame,
      });
      film.push(bytes);
    }
    mkdirSync(dirname(cameraFile), { recursive: true });
    writeFileSync(cameraFile, Buffer.concat(film));
  } finally {
    await browser.close();
  }
}
