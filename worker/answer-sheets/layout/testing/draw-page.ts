import type { RgbaImage } from '#contract/images.ts';
import type { LaidOutPage, PrintedItem } from '#contract/sheets.ts';

/** Samples across a pixel, in each direction. */
const fine = 3;

/**
 * A page as it is printed, without its texts, drawn shape by shape from its items.
 *
 * @param filled bubbles marked in black, as `label value`.
 */
export function drawPage(page: LaidOutPage, pixelsPerMm: number, filled: readonly string[] = []): RgbaImage {
  const { size, blocks } = page.design;
  const canvas = new Canvas(Math.round(size.width * pixelsPerMm), Math.round(size.height * pixelsPerMm), pixelsPerMm);
  for (const item of page.printed) canvas.draw(item);
  const marks = blocks.flatMap(({ fields }) =>
    fields.flatMap(({ label, bubbles }) => bubbles.filter(({ value }) => filled.includes(`${label} ${value}`))),
  );
  for (const { left, top, width, height } of marks)
    canvas.draw({ kind: 'ellipse', left, top, width, height, fill: { grey: 0.1 } });
  return canvas.image();
}

class Canvas {
  readonly #width: number;
  readonly #height: number;
  readonly #scale: number;
  readonly #light: Float32Array;

  constructor(width: number, height: number, scale: number) {
    this.#width = width;
    this.#height = height;
    this.#scale = scale;
    this.#light = new Float32Array(width * height).fill(1);
  }

  draw(item: PrintedItem): void {
    if (item.kind === 'modules') {
      item.rows.forEach((row, y) =>
        row.forEach((isBlack, x) => {
          const width = item.width / row.length;
          const height = item.height / item.rows.length;
          if (isBlack) this.#fill(item.left + x * width, item.top + y * height, width, height, 0, () => true);
        }),
      );
    } else if (item.kind === 'ellipse') this.#drawEllipse(item);
    else if (item.kind === 'rectangle') this.#drawRectangle(item);
  }

  image(): RgbaImage {
    const data = new Uint8ClampedArray(this.#width * this.#height * 4).fill(255);
    this.#light.forEach((light, at) => data.fill(Math.round(light * 255), at * 4, at * 4 + 3));
    return { width: this.#width, height: this.#height, data };
  }

  #drawEllipse({ left, top, width, height, stroke, fill }: Extract<PrintedItem, { kind: 'ellipse' }>): void {
    const x = left + width / 2;
    const y = top + height / 2;
    const radius = width / 2;
    if (fill !== undefined)
      this.#fill(left, top, width, height, fill.grey, (u, v) => Math.hypot(u - x, v - y) < radius);
    if (stroke === undefined) return;
    const half = stroke.widthMm / 2;
    this.#fill(left - half, top - half, width + 2 * half, height + 2 * half, stroke.grey, (u, v) => {
      return Math.abs(Math.hypot(u - x, v - y) - radius) < half;
    });
  }

  #drawRectangle({ left, top, width, height, stroke }: Extract<PrintedItem, { kind: 'rectangle' }>): void {
    if (stroke === undefined) return;
    const half = stroke.widthMm / 2;
    this.#fill(left - half, top - half, width + 2 * half, height + 2 * half, stroke.grey, (u, v) => {
      const across = Math.min(Math.abs(u - left), Math.abs(u - left - width));
      const down = Math.min(Math.abs(v - top), Math.abs(v - top - height));
      return Math.min(across, down) < half;
    });
  }

  /** Paints where `isInside` of what lies in a rectangle, in millimetres. */
  #fill(
    left: number,
    top: number,
    width: number,
    height: number,
    grey: number,
    isInside: (x: number, y: number) => boolean,
  ): void {
    const last = { x: Math.ceil((left + width) * this.#scale), y: Math.ceil((top + height) * this.#scale) };
    for (let row = Math.floor(top * this.#scale); row < last.y; row++)
      for (let column = Math.floor(left * this.#scale); column < last.x; column++) {
        let hits = 0;
        for (let sample = 0; sample < fine * fine; sample++) {
          const x = (column + ((sample % fine) + 0.5) / fine) / this.#scale;
          const y = (row + (Math.floor(sample / fine) + 0.5) / fine) / this.#scale;
          if (x >= left && y >= top && x < left + width && y < top + height && isInside(x, y)) hits++;
        }
        const at = row * this.#width + column;
        const share = hits / (fine * fine);
        this.#light[at] = (this.#light[at] ?? 1) * (1 - share) + grey * share;
      }
  }
}
