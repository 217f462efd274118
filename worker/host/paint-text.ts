import type { PaintedText } from '#worker/answer-sheets/annotate/write-annotated-pdf.ts';
import { openCanvas } from './decode-picture.ts';

/** Black on white, in whatever font of the device has the script; the baseline lies at `heightPx`, the size of the font. */
export async function paintText(text: string, heightPx: number, isBold = false): Promise<PaintedText> {
  const font = `${isBold ? 'bold ' : ''}${heightPx}px system-ui, sans-serif`;
  const ruler = openCanvas({ width: 1, height: 1 });
  ruler.font = font;
  const width = Math.max(1, Math.ceil(ruler.measureText(text).width));
  // Letters below and accents above the line need a third more than the size of the font.
  const height = Math.ceil(heightPx * 1.35);
  const context = openCanvas({ width, height });
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'black';
  context.font = font;
  context.textBaseline = 'alphabetic';
  context.fillText(text, 0, heightPx);
  const png = await context.canvas.convertToBlob({ type: 'image/png' });
  context.canvas.width = 0;
  return { png: new Uint8Array(await png.arrayBuffer()), width, height };
}
