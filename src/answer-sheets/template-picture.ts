/** From somebody's blank sheet to a flat picture that blocks are drawn on. */
import type { Quad, Size } from '#contract/images.ts';
import { wholePhoto } from '#contract/images.ts';
import { inspectFile } from '#src/capture/inspect-file.ts';
import { engine } from '#src/engine/engine.ts';

/** Bubbles of an A4 sheet are 30 pixels wide then. */
const longSidePx = 1800;

export interface TemplatePicture {
  readonly picture: Blob;
  readonly size: Size;
}

/**
 * The sheet of a photo, a scan or a PDF's first page, flattened. Without a page to be seen, the picture is the sheet.
 *
 * @throws CodedFailure whatever inspecting, converting and flattening fail with
 */
export async function flattenTemplate(file: Blob, signal: AbortSignal): Promise<TemplatePicture> {
  const { kind } = await inspectFile(file);
  const needsConversion = kind === 'pdf' || kind === 'tiff' || kind === 'heic';
  const photo = needsConversion
    ? (await engine.run('photos.convert', { file, kind, index: 0 }, { signal })).photo
    : file;
  const { photoSize, finding } = await engine.run('documents.outline', { photo }, { signal });
  const corners = finding?.corners ?? wholePhoto(photoSize);
  const frame = frameOf(corners);
  const { picture, size } = await engine.run(
    'answer-sheets.flatten',
    { photo, corners, frame, marginUnits: 0, pixelsPerUnit: 1 },
    { signal },
  );
  return { picture, size };
}

/** As wide and high as the longer of its opposite sides say. */
function frameOf([a, b, c, d]: Quad): Size {
  const width = Math.max(Math.hypot(b.x - a.x, b.y - a.y), Math.hypot(c.x - d.x, c.y - d.y));
  const height = Math.max(Math.hypot(d.x - a.x, d.y - a.y), Math.hypot(c.x - b.x, c.y - b.y));
  const scale = longSidePx / Math.max(width, height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
