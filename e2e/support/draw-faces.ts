/** Pictures of people before a wall, drawn: the detector takes them for faces, and nobody is in them. */
import type { BrowserContext, Page } from '@playwright/test';

export interface DrawnFace {
  /** Middle of the face, as shares of the picture's width and height. */
  readonly x: number;
  readonly y: number;
  /** From hairline to chin, as a share of the picture's height. */
  readonly height: number;
  /** Degrees clockwise. */
  readonly tilt?: number;
}

export interface FaceScene {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly DrawnFace[];
  /** Light of the room, 1 for a bright one. */
  readonly light?: number;
  readonly wall?: 'plain' | 'tiles';
}

/** Runs in the browser, so it may use nothing from outside itself. */
function drawScene(scene: FaceScene): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = scene.width;
  canvas.height = scene.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2d canvas');
  const oval = (x: number, y: number, rx: number, ry: number, fill: string | CanvasGradient) => {
    context.fillStyle = fill;
    context.beginPath();
    context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    context.fill();
  };
  const stroke = (width: number, colour: string, path: () => void) => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineCap = 'round';
    context.beginPath();
    path();
    context.stroke();
  };

  const wall = context.createLinearGradient(0, 0, scene.width, scene.height);
  wall.addColorStop(0, '#dcd8d0');
  wall.addColorStop(1, '#b9b4aa');
  context.fillStyle = wall;
  context.fillRect(0, 0, scene.width, scene.height);
  if (scene.wall === 'tiles') {
    context.fillStyle = '#5a7488';
    const tile = scene.height / 10;
    for (let row = 0; row < 10; row++) {
      for (let x = row % 2 === 0 ? 0 : tile; x < scene.width; x += 2 * tile)
        context.fillRect(x, row * tile, tile, tile);
    }
  }

  for (const { x, y, height, tilt = 0 } of scene.faces) {
    const unit = (height * scene.height) / 100;
    context.save();
    context.translate(x * scene.width, y * scene.height);
    context.scale(unit, unit);
    // Shoulders and neck; the head leans on them.
    oval(0, 128, 92, 62, '#31456b');
    context.fillStyle = '#b98465';
    context.fillRect(-20, 30, 40, 44);
    context.rotate((tilt * Math.PI) / 180);
    oval(0, -20, 45, 50, '#2b1d16');
    for (const side of [-1, 1]) oval(side * 39, 2, 6, 12, '#c58f6e');
    const skin = context.createRadialGradient(-8, -12, 6, 0, 0, 62);
    skin.addColorStop(0, '#f0c9ab');
    skin.addColorStop(0.6, '#dba988');
    skin.addColorStop(1, '#a8714f');
    oval(0, 0, 38, 50, skin);
    context.fillStyle = '#2b1d16';
    context.beginPath();
    context.moveTo(-38, -14);
    context.quadraticCurveTo(-34, -62, 0, -60);
    context.quadraticCurveTo(34, -62, 38, -14);
    context.quadraticCurveTo(30, -38, 6, -36);
    context.quadraticCurveTo(-22, -34, -38, -14);
    context.fill();
    for (const side of [-1, 1]) {
      oval(side * 16, -9, 10, 7, 'rgb(120 70 45 / 35%)');
      stroke(3.6, '#2b1d16', () => {
        context.moveTo(side * 8, -18);
        context.quadraticCurveTo(side * 17, -23, side * 26, -17);
      });
      oval(side * 16, -8, 7.5, 4.2, '#f6f2ee');
      oval(side * 16, -8, 3.6, 3.9, '#3b2415');
      oval(side * 16, -8, 1.8, 1.9, '#0a0705');
      oval(side * 16 + 1.2, -9.3, 1, 1, '#ffffff');
      stroke(1.8, '#20130c', () => {
        context.moveTo(side * 8.5, -8);
        context.quadraticCurveTo(side * 16, -14, side * 24, -8.5);
      });
      oval(side * 5, 13.5, 2.2, 1.4, '#7d4a33');
      oval(side * 22, 12, 8, 6, 'rgb(214 120 95 / 28%)');
    }
    stroke(2.2, 'rgb(150 95 65 / 70%)', () => {
      context.moveTo(4, -8);
      context.quadraticCurveTo(8, 8, 9, 11);
      context.quadraticCurveTo(6, 16, 0, 15);
    });
    stroke(3, 'rgb(255 232 212 / 75%)', () => {
      context.moveTo(-1, -8);
      context.lineTo(0, 9);
    });
    oval(0, 25.5, 12, 3.6, '#b0544c');
    oval(0, 29, 9.5, 3.4, '#c4695f');
    stroke(1.4, '#6d2c28', () => {
      context.moveTo(-12, 26);
      context.quadraticCurveTo(0, 29, 12, 26);
    });
    oval(0, 36.5, 7, 2, 'rgb(120 70 45 / 35%)');
    context.restore();
  }

  // A lens is never as sharp as a line, and a sensor never as even as paint.
  const light = scene.light ?? 1;
  context.filter = `blur(${scene.height / 480}px) brightness(${light})`;
  context.drawImage(canvas, 0, 0);
  context.filter = 'none';
  const pixels = context.getImageData(0, 0, scene.width, scene.height);
  let state = 7;
  for (let at = 0; at < pixels.data.length; at += 4) {
    state = (Math.imul(state, 48_271) + 1) | 0;
    const grain = ((state >>> 16) & 7) - 3.5;
    for (let channel = 0; channel < 3; channel++) pixels.data[at + channel] = (pixels.data[at + channel] ?? 0) + grain;
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}

/** A photo of drawn people, drawn in a canvas of `page`, which may be any page of the browser. */
export async function photographFaces(
  page: Page,
  scene: FaceScene,
  type: 'image/jpeg' | 'image/png' = 'image/jpeg',
): Promise<Buffer> {
  const source = `(${drawScene.toString()})(${JSON.stringify(scene)}).toDataURL(${JSON.stringify(type)}, 0.92)`;
  const address = await page.evaluate<string>(source);
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
}

/** A camera whose picture the test draws: `showScene` changes what it sees. */
export async function fakeFaceCamera(context: BrowserContext, scene: FaceScene): Promise<void> {
  await context.addInitScript(`
    const draw = ${drawScene.toString()};
    let canvas;
    const show = (scene) => {
      const drawn = draw(scene);
      canvas ??= Object.assign(document.createElement('canvas'), { width: scene.width, height: scene.height });
      canvas.getContext('2d').drawImage(drawn, 0, 0);
      canvas.shown = drawn;
    };
    addEventListener('show-scene', ({ detail }) => show(detail));
    const open = async () => {
      if (canvas === undefined) show(${JSON.stringify(scene)});
      // A still canvas gives no frames: it is drawn again as a camera films on.
      setInterval(() => canvas.getContext('2d').drawImage(canvas.shown, 0, 0), 33);
      return canvas.captureStream(30);
    };
    // Blank pages are no secure context and have no cameras.
    if (navigator.mediaDevices !== undefined) navigator.mediaDevices.getUserMedia = open;
  `);
}

export async function showScene(page: Page, scene: FaceScene): Promise<void> {
  await page.evaluate((detail) => dispatchEvent(new CustomEvent('show-scene', { detail })), scene);
}
