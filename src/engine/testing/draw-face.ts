/** A drawn face, light from above, that a network for photographs takes for one. */

export interface DrawnFace {
  /** Forehead to chin, ear to ear. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** @param degrees clockwise, around the middle of the box */
export function drawFace(context: OffscreenCanvasRenderingContext2D, face: DrawnFace, degrees = 0): void {
  const { width, height } = face;
  context.save();
  context.translate(face.x + width / 2, face.y + height / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.scale(width / 100, height / 130);
  // From here on, the box is 100 x 130 around (0, 0).
  const ellipse = (x: number, y: number, radiusX: number, radiusY: number, colour: string | CanvasGradient) => {
    context.fillStyle = colour;
    context.beginPath();
    context.ellipse(x, y, radiusX, radiusY, 0, 0, 2 * Math.PI);
    context.fill();
  };
  const skin = context.createRadialGradient(-6, -12, 8, 0, 6, 78);
  skin.addColorStop(0, '#f0c8a4');
  skin.addColorStop(0.6, '#d9a67e');
  skin.addColorStop(1, '#8d5f44');
  ellipse(0, -18, 60, 66, '#2b1d16');
  ellipse(0, 66, 26, 34, '#a87a5b');
  ellipse(0, 118, 92, 46, '#34506e');
  ellipse(-50, 4, 7, 14, '#b98560');
  ellipse(50, 4, 7, 14, '#b98560');
  ellipse(0, 2, 49, 63, skin);
  // The hairline.
  context.fillStyle = '#2b1d16';
  context.beginPath();
  context.moveTo(-51, -14);
  context.quadraticCurveTo(-42, -52, 0, -50);
  context.quadraticCurveTo(42, -52, 51, -14);
  context.quadraticCurveTo(56, -72, 0, -74);
  context.quadraticCurveTo(-56, -72, -51, -14);
  context.fill();
  context.filter = `blur(${width / 60}px)`;
  for (const side of [-1, 1]) {
    ellipse(side * 20, -8, 14, 9, 'rgb(110 70 48 / 45%)');
    ellipse(side * 28, 22, 12, 9, 'rgb(214 128 104 / 40%)');
    ellipse(side * 6, 20, 4, 3, 'rgb(96 54 38 / 70%)');
  }
  ellipse(0, 10, 5, 15, 'rgb(255 226 196 / 55%)');
  ellipse(0, 24, 10, 4, 'rgb(130 84 60 / 45%)');
  ellipse(0, 52, 14, 5, 'rgb(120 78 56 / 40%)');
  context.filter = `blur(${width / 200}px)`;
  for (const side of [-1, 1]) {
    context.strokeStyle = '#2e2019';
    context.lineWidth = 4.5;
    context.beginPath();
    context.moveTo(side * 9, -19);
    context.quadraticCurveTo(side * 21, -26, side * 33, -17);
    context.stroke();
    ellipse(side * 20, -7, 9.5, 5, '#f4efe9');
    ellipse(side * 20, -7, 4.8, 4.8, '#4a2f20');
    ellipse(side * 20, -7, 2.4, 2.4, '#120b08');
    ellipse(side * 20 - 1.4, -8.6, 1.1, 1.1, '#ffffff');
    context.lineWidth = 2.2;
    context.beginPath();
    context.moveTo(side * 10, -7);
    context.quadraticCurveTo(side * 20, -15, side * 30, -7);
    context.stroke();
  }
  ellipse(0, 38, 16, 5.5, '#a8504a');
  context.strokeStyle = '#6b2c2a';
  context.lineWidth = 1.6;
  context.beginPath();
  context.moveTo(-16, 37);
  context.quadraticCurveTo(0, 42, 16, 37);
  context.stroke();
  context.restore();
}
