import files from 'virtual:pdf-data';

/** What pdf.js asks of its surroundings, answered in a worker, where there is no document. */

interface CanvasAndContext {
  canvas: OffscreenCanvas | null;
  context: OffscreenCanvasRenderingContext2D | null;
}

/** Canvases for what pdf.js draws aside: patterns, masks, groups. */
export class OffscreenCanvasFactory {
  create(width: number, height: number): CanvasAndContext {
    if (width <= 0 || height <= 0) throw new Error(`No canvas of ${width} x ${height}`);
    const canvas = new OffscreenCanvas(width, height);
    return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) };
  }

  reset({ canvas }: CanvasAndContext, width: number, height: number): void {
    if (!canvas) throw new Error('The canvas was destroyed');
    canvas.width = width;
    canvas.height = height;
  }

  destroy(target: CanvasAndContext): void {
    if (target.canvas) target.canvas.width = 0;
    target.canvas = null;
    target.context = null;
  }
}

/** SVG filters need a document. Without them a rare soft mask or transfer function is left out; text and pictures are not. */
export class PlainFilterFactory {
  addFilter = none;
  addHCMFilter = none;
  addAlphaFilter = none;
  addLuminosityFilter = none;
  addHighlightHCMFilter = none;
  destroy(): void {}
}

function none(): 'none' {
  return 'none';
}

/** Fonts that a PDF may name without bringing them, character maps of CJK fonts, and decoders of rare picture formats. */
export class PdfDataFactory {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const url = files[kind]?.[filename];
    if (url === undefined) throw new Error(`pdf.js wants ${kind} ${filename}, which it does not come with`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
